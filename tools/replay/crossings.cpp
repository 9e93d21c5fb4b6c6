#include "tools/replay/crossings.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <tuple>

namespace tools {
namespace {

using core::Duration;
using core::Instant;
using core::Link;
using core::Member;

// A message between two members: its stamp and its number. Lives of one sender may count alike, but not at once.
using Name = std::tuple<Link, Instant, std::uint64_t>;
using Arrival = std::pair<Name, Instant>;

std::vector<Arrival> arrivals_in(const RecordedGroup& group) {
  std::vector<Arrival> arrivals;
  for (Member to = 0; to < group.lives().size(); ++to)
    for (const RecordedLife& life : group.lives()[to])
      for (const Past::Received& message : life.past->received)
        arrivals.push_back({{{message.from, to}, message.stamp, message.number}, group.since_start(message.at)});
  std::sort(arrivals.begin(), arrivals.end());
  return arrivals;
}

class Writer {
 public:
  Writer(const RecordedGroup& group, Instant end) : group_{group}, end_{end}, arrivals_{arrivals_in(group)} {}

  Crossings take() {
    for (Member from = 0; from < group_.lives().size(); ++from)
      for (const RecordedLife& life : group_.lives()[from])
        for (const Past::Sent& message : life.past->sent) send(from, message);
    for (const auto& [at, dead] : deaths()) tell_death(dead, at);
    count_unexplained();
    const auto middle = transits_.begin() + static_cast<std::ptrdiff_t>(transits_.size() / 2);
    std::nth_element(transits_.begin(), middle, transits_.end());
    out_.usual = transits_.empty() ? Duration::ms(1) : std::max(*middle, Duration::us(1));
    return std::move(out_);
  }

 private:
  using What = sim::MessageFate::What;

  void send(Member from, const Past::Sent& message) {
    const Instant sent = group_.since_start(message.at);
    if (sent > end_) return;
    const Link link{from, message.to};
    sim::MessageFate fate{
        .link = link, .type = message.type, .nth = ++sent_[link][static_cast<std::size_t>(message.type)], .at = {}};
    const Name name{link, message.stamp, message.number};
    auto arrival = std::lower_bound(arrivals_.begin(), arrivals_.end(), Arrival{name, Instant{INT64_MIN}});
    const auto comes = [&] { return arrival != arrivals_.end() && arrival->first == name && arrival->second <= end_; };
    if (!comes()) return say(fate, What::drop, Instant{});
    say(fate, What::arrive, arrival->second);
    transits_.push_back(arrival->second - sent);
    ++arrival;
    if (comes()) say(fate, What::copy, arrival->second);
  }

  // Of processes that were killed or ended, in the order of time.
  [[nodiscard]] std::vector<std::pair<Instant, Member>> deaths() const {
    std::vector<std::pair<Instant, Member>> deaths;
    for (Member member = 0; member < group_.lives().size(); ++member)
      for (const RecordedLife& life : group_.lives()[member])
        if (life.fate == Fate::killed || life.fate == Fate::left) deaths.emplace_back(group_.ended(life), member);
    std::sort(deaths.begin(), deaths.end());
    return deaths;
  }

  void tell_death(Member dead, Instant at) {
    for (Member peer = 0; peer < group_.lives().size(); ++peer) {
      if (peer == dead || at > end_ || !group_.open({dead, peer}, at)) continue;
      const RecordedLife* life = living(peer, at);
      if (life == nullptr) continue;
      const sim::MessageFate fate{.link = {dead, peer}, .link_down = true, .nth = ++told_[{dead, peer}], .at = {}};
      say(fate, What::arrive, std::min(heard(*life, dead, at), end_));
    }
  }

  [[nodiscard]] const RecordedLife* living(Member member, Instant at) const {
    for (const RecordedLife& life : group_.lives()[member])
      if (group_.begun(life) <= at && (at <= group_.ended(life) || life.fate == Fate::lives)) return &life;
    return nullptr;
  }

  // When it learnt that the connection was gone.
  [[nodiscard]] Instant heard(const RecordedLife& life, Member dead, Instant at) const {
    for (const Past::Broken& broken : life.past->broken)
      if (broken.peer == dead && group_.since_start(broken.at) >= at) return group_.since_start(broken.at);
    return Instant::never();
  }

  void count_unexplained() {
    for (const auto& lives : group_.lives())
      for (const RecordedLife& life : lives)
        for (const Past::Broken& broken : life.past->broken) {
          const RecordedLife* peer = living(broken.peer, group_.since_start(broken.at));
          if (peer != nullptr && group_.since_start(broken.at) < group_.ended(*peer)) ++out_.unexplained;
        }
  }

  void say(sim::MessageFate fate, What what, Instant at) {
    fate.what = what;
    fate.at = at - Instant{};
    out_.fates.push_back(fate);
  }

  const RecordedGroup& group_;
  Instant end_;
  std::vector<Arrival> arrivals_;  // ascending
  std::map<Link, std::array<std::uint64_t, core::kMessageTypes>> sent_;
  std::map<Link, std::uint64_t> told_;
  std::vector<Duration> transits_;
  Crossings out_;
};

}  // namespace

Crossings crossings_of(const RecordedGroup& group, Instant end) {
  return Writer(group, end).take();
}

}  // namespace tools
