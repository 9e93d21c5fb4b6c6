// A state on its way here, piece by piece. What has come stays, whoever goes on with it: equal places have equal bytes.
#pragma once

#include <optional>
#include <string>

#include "core/message/message.hpp"
#include "core/order/snapshot.hpp"

namespace core {

class Incoming {
 public:
  // Takes the piece if it is sound and next in turn; false if not. The first piece of another state begins anew.
  bool take(const StateSync& piece);
  void drop() { *this = {}; }

  [[nodiscard]] bool active() const { return at_.seq != 0; }
  [[nodiscard]] Point at() const { return at_; }
  [[nodiscard]] std::uint64_t offset() const { return bytes_.size(); }
  [[nodiscard]] bool complete() const { return active() && bytes_.size() == total_; }
  // The state, which is forgotten here; nothing if its bytes are damaged. REQUIRES: complete().
  std::optional<Snapshot> finish(std::size_t members);
  // Whoever is asked may not have this state any more: every other time the question is put as if nothing had come.
  bool ask_to_go_on() { return active() && (asked_ = !asked_); }

  static void fields(auto& m, auto&& visit) {
    visit("at", m.at_), visit("total", m.total_), visit("checksum", m.checksum_), visit("bytes", m.bytes_);
    visit("asked", m.asked_);
  }

 private:
  Point at_;
  std::uint64_t total_ = 0, checksum_ = 0;
  std::string bytes_;
  bool asked_ = false;
};

}  // namespace core
