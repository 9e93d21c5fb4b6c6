// What a run has done, as a set of features: each is a short sequence of different facts about one node in one role.
// More features mean that more different things have happened; nothing else is concluded from them.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/trace/record.hpp"

namespace tools {

// A set of hashes, 2^18 places: a few of many features fall on the same place.
class Features {
 public:
  void insert(std::uint64_t hash) { words_[(hash >> 6) % kWords] |= std::uint64_t{1} << (hash & 63); }
  void add(const Features& others);
  [[nodiscard]] std::size_t count() const;

  // As text for a file.
  [[nodiscard]] std::string hex() const;
  static Features from_hex(const std::string& text);  // throws std::invalid_argument

  friend bool operator==(const Features&, const Features&) = default;

 private:
  static constexpr std::size_t kWords = 4096;
  std::vector<std::uint64_t> words_ = std::vector<std::uint64_t>(kWords);
};

// Collects the features of one run.
class Coverage : public core::RecordSink {
 public:
  explicit Coverage(std::size_t nodes) : nodes_(nodes) {}
  void on(const core::Record& record) override;
  [[nodiscard]] Features take() { return std::move(features_); }

 private:
  struct Node {  // the newest fact last
    std::uint64_t role = 0, first = 0, second = 0;
  };
  std::vector<Node> nodes_;
  Features features_;
};

}  // namespace tools
