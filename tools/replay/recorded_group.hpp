// The lives of a group on one axis of time: since the start of the run.
#pragma once

#include <cstddef>
#include <vector>

#include "tools/replay/past.hpp"
#include "tools/replay/troubles.hpp"

namespace tools {

// How a recorded life ended.
enum class Fate : std::uint8_t {
  lives,  // as long as the run
  killed,
  left,     // stopped by itself, as it was asked to
  unknown,  // the recording ends earlier than the life
};

struct RecordedLife {
  const Past* past = nullptr;
  Fate fate = Fate::lives;
};

class RecordedGroup {
 public:
  // `troubles`: of the run; without them, who falls silent long before the others has been killed.
  // REQUIRES: there is a life; all are of one group. Lives and troubles outlive this.
  RecordedGroup(const std::vector<Past>& lives, const Troubles* troubles);

  [[nodiscard]] const core::Config& config() const { return *config_; }
  // Of each member, one after another.
  [[nodiscard]] const std::vector<std::vector<RecordedLife>>& lives() const { return lives_; }
  // Since the start of the run.
  [[nodiscard]] core::Instant since_start(core::Instant at) const { return core::Instant{} + (at - origin_); }
  [[nodiscard]] core::Instant begun(const RecordedLife& life) const { return since_start(life.past->rerun.begun); }
  [[nodiscard]] core::Instant ended(const RecordedLife& life) const { return since_start(life.past->rerun.ended); }
  // Up to here all is recorded.
  [[nodiscard]] core::Instant end() const { return end_; }
  // The link is open, as far as is known.
  [[nodiscard]] bool open(core::Link link, core::Instant at) const {
    return troubles_ == nullptr || troubles_->open(link, at);
  }

 private:
  [[nodiscard]] Fate fate_of(core::Member member, std::size_t place) const;
  [[nodiscard]] bool falls_silent(core::Member member, const RecordedLife& life) const;

  const core::Config* config_;
  const Troubles* troubles_;
  core::Instant origin_, end_;
  std::vector<std::vector<RecordedLife>> lives_;
};

}  // namespace tools
