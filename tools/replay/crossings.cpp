#include "tools/replay/crossings.hpp"

#include <algorithm>
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

class Gatherer {
 public:
  Gatherer(const RecordedGroup& group, Instant end) : group_{group}, end_{end}, arrivals_{arrivals_in(group)} {}

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
  void send(Member from, const Past::Sent& message) {
    Crossing crossing{.sent = group_.since_start(message.at)};
    if (crossing.sent > end_) return;
    const Link link{from, message.to};
    const Name name{link, message.stamp, message.number};
    auto arrival = std::lower_bound(arrivals_.begin(), arrivals_.end(), Arrival{name, Instant{INT64_MIN}});
    const auto comes = [&] { return arrival != arrivals_.end() && arrival->first == name && arrival->second <= end_; };
    if (comes()) {
      transits_.push_back(arrival->second - crossing.sent);
      crossing.arrives = (arrival++)->second;
      if (comes()) crossing.copy = arrival->second;
    } else {
      crossing.to_dead = living(message.to, crossing.sent) == nullptr;
    }
    out_.lanes[{link, static_cast<std::size_t>(message.type)}].push_back(crossing);
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
      const Crossing news{.sent = at, .arrives = std::min(heard(*life, dead, at), end_)};
      out_.lanes[{{dead, peer}, core::kMessageTypes}].push_back(news);
    }
  }

  [[nodiscard]] const RecordedLife* living(Member member, Instant at) const {
    for (const RecordedLife& life : group_.lives()[member])
      if (group_.begun(life) <= at && (at <= group_.ended(life) || life.fate == Fate::lives)) return &life;
    return nullptr;
  }

  // When a life learnt that the connection was gone. If never: when the dead one was there again, or itself was dead.
  [[nodiscard]] Instant heard(const RecordedLife& life, Member dead, Instant at) const {
    Instant until = life.fate == Fate::lives ? end_ : group_.ended(life) + Duration{1};
    for (const RecordedLife& next : group_.lives()[dead])
      if (group_.begun(next) > at) until = std::min(until, group_.begun(next));
    for (const Past::Broken& broken : life.past->broken)
      if (const Instant when = group_.since_start(broken.at); broken.peer == dead && when >= at)
        return std::min(when, until);
    return until;
  }

  void count_unexplained() {
    for (const auto& lives : group_.lives())
      for (const RecordedLife& life : lives)
        for (const Past::Broken& broken : life.past->broken) {
          const RecordedLife* peer = living(broken.peer, group_.since_start(broken.at));
          if (peer != nullptr && group_.since_start(broken.at) < group_.ended(*peer)) ++out_.unexplained;
        }
  }

  const RecordedGroup& group_;
  Instant end_;
  std::vector<Arrival> arrivals_;  // ascending
  std::vector<Duration> transits_;
  Crossings out_;
};

// Puts fates into words that a scenario has.
class Fates {
 public:
  // What is sent to the dead is lost anyway.
  void say(const std::pair<Link, std::size_t>& lane, std::uint64_t nth, const Crossing& crossing) {
    if (crossing.to_dead) return;
    const bool news = lane.second == core::kMessageTypes;
    sim::MessageFate fate{.link = lane.first, .link_down = news, .nth = nth, .at = {}};
    if (!news) fate.type = static_cast<core::MessageType>(lane.second);
    add(fate, crossing.arrives == Instant::never() ? What::drop : What::arrive, crossing.arrives);
    if (crossing.copy != Instant::never()) add(fate, What::copy, crossing.copy);
  }
  std::vector<sim::MessageFate> take() { return std::move(fates_); }

 private:
  using What = sim::MessageFate::What;

  void add(sim::MessageFate fate, What what, Instant at) {
    fate.what = what;
    if (what != What::drop) fate.at = at - Instant{};
    fates_.push_back(fate);
  }

  std::vector<sim::MessageFate> fates_;
};

Duration apart(Instant a, Instant b) {
  return a < b ? b - a : a - b;
}

// Which of `live` is the like of each of `sent`; none is the like of two, and they keep their order. SIZE_MAX: none.
std::vector<std::size_t> likes_of(const std::vector<Instant>& sent, const std::vector<Crossing>& live) {
  std::vector<std::size_t> likes(sent.size(), SIZE_MAX);
  std::size_t next = 0;
  for (std::size_t i = 0; i < sent.size() && next < live.size(); ++i) {
    while (next + 1 < live.size() && apart(sent[i], live[next + 1].sent) < apart(sent[i], live[next].sent)) ++next;
    const bool later_is_nearer =
        i + 1 < sent.size() && apart(sent[i + 1], live[next].sent) < apart(sent[i], live[next].sent);
    if (!later_is_nearer) likes[i] = next++;
  }
  return likes;
}

}  // namespace

std::vector<sim::MessageFate> fates_in_turn(const Crossings& crossings) {
  Fates fates;
  for (const auto& [lane, live] : crossings.lanes)
    for (std::size_t i = 0; i < live.size(); ++i) fates.say(lane, i + 1, live[i]);
  return fates.take();
}

std::vector<sim::MessageFate> fates_by_time(const Crossings& crossings, const sim::Script& run) {
  std::map<std::pair<Link, std::size_t>, std::vector<Instant>> lanes;
  for (const sim::Script::Passage& passage : run.passages) {
    const std::size_t type = passage.type ? static_cast<std::size_t>(*passage.type) : core::kMessageTypes;
    lanes[{passage.link, type}].push_back(passage.sent);
  }
  Fates fates;
  for (const auto& [lane, sent] : lanes) {
    const auto live = crossings.lanes.find(lane);
    if (live == crossings.lanes.end()) continue;
    const std::vector<std::size_t> likes = likes_of(sent, live->second);
    for (std::size_t i = 0; i < sent.size(); ++i)
      if (likes[i] != SIZE_MAX && live->second[likes[i]].arrives >= sent[i])
        fates.say(lane, i + 1, live->second[likes[i]]);
  }
  return fates.take();
}

Crossings crossings_of(const RecordedGroup& group, Instant end) {
  return Gatherer(group, end).take();
}

}  // namespace tools
