// What happens in a node, for people who look on: rare facts one by one, as in traces; of the many that come with every
// event, how many there were and the last.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>

#include "core/group/config.hpp"
#include "core/trace/record.hpp"
#include "net/wire/json_value.hpp"

namespace tools {

class Feed {
 public:
  static constexpr std::size_t kKept = 200;       // for who comes later; at most half of it everyday matters
  static constexpr std::size_t kMostAtOnce = 20;  // of the city between two calls of take(); the rest is counted
  static constexpr core::Duration kOften = core::Duration::s(1);  // between two words about events

  // `boot` tells this run of the program from others.
  explicit Feed(std::uint64_t boot) : boot_{std::to_string(boot)} {}

  // `record.at`: since the program was started.
  void on(const core::Config& config, const core::Record& record);
  // What is new, as server-sent events of type `record`; their ids tell where a listener goes on.
  std::string take(const core::Config& config, core::Instant now);
  // What is kept of all that came after that id; all of it if that is no id of this run.
  [[nodiscard]] std::string after(std::string_view id) const;

 private:
  struct Kept {
    std::uint64_t number;
    bool everyday;  // of events and the city
    std::string text;
  };

  void keep(const net::Json& record, bool everyday);
  void forget();
  void tell_deliveries(const core::Config& config, core::Instant now);

  std::string boot_;
  std::uint64_t number_ = 0, told_ = 0;
  std::deque<Kept> kept_;
  std::size_t fresh_ = 0, left_out_ = 0;
  core::Record delivered_;        // the last one
  std::string type_;              // of its event
  std::uint64_t deliveries_ = 0;  // since they were told
  core::Instant told_of_events_{};
};

}  // namespace tools
