// What a node has submitted for the applications and the group has not decided yet: nothing is proposed twice at a
// time.
#pragma once

#include <algorithm>
#include <map>
#include <string>

#include "core/node/submission.hpp"

namespace core {

struct Proposal {
  std::string about;  // of whom or what; one at a time for each
  std::string takes;  // a unit that it allots; empty: none
  Submission event;
};

class Proposals {
 public:
  [[nodiscard]] bool has(const std::string& about) const { return under_way_.contains(about); }
  // How many of them take this unit.
  [[nodiscard]] std::int64_t that_take(const std::string& unit) const {
    return std::count_if(under_way_.begin(), under_way_.end(), [&](const auto& p) { return p.second.takes == unit; });
  }

  void add(const Proposal& proposal, std::uint64_t number) { under_way_[proposal.about] = {number, proposal.takes}; }
  // Own events up to this number are decided.
  void settle(std::uint64_t number) {
    std::erase_if(under_way_, [&](const auto& entry) { return entry.second.number <= number; });
  }

  static void fields(auto& m, auto&& visit) { visit("under_way", m.under_way_); }

 private:
  struct UnderWay {
    std::uint64_t number = 0;  // of the own event
    std::string takes;
    static void fields(auto& m, auto&& visit) { visit("number", m.number), visit("takes", m.takes); }
  };
  std::map<std::string, UnderWay> under_way_;
};

}  // namespace core
