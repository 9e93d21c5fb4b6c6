#include "sim/hunt/swarm_plots.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace sim {
namespace {

using core::Kind;
using Who = Atom::Who;

// What lasts no longer is over by the end.
constexpr Duration kShort = Duration::s(2);

// A moment of the run, and who is meant by it.
struct Cue {
  Trigger trigger;
  Target who;
};

// A fault that strikes somewhat later than its cue. (In braces, what is drawn for it is drawn from left to right.)
struct Blow {
  Cue cue;
  Duration later;
  Action action;
  std::optional<Duration> lasts;  // none: for ever
};

// What plots are written with. Those of one scenario tend to be about the same two nodes and to follow one another
// closely.
class Stage {
 public:
  Stage(Dice& rolled, Scenario& out, Duration begin, Duration end)
      : dice{rolled}, scenario{out}, begin_{begin}, end_{end}, heroes_{one_of(nodes()), one_of(nodes())} {}

  [[nodiscard]] std::size_t nodes() const { return scenario.group.size(); }
  [[nodiscard]] Target somebody() const {
    return {{.who = Who::member, .member = dice.one_in(2) ? dice.pick(heroes_) : one_of(nodes())}};
  }
  // At most as many as a group can spare; at least one.
  [[nodiscard]] Target a_few() const {
    Target out = somebody();
    for (std::size_t left = dice.below(std::max<std::size_t>(1, (nodes() - 1) / 2)); left > 0; --left)
      if (const Atom one = somebody().front(); std::ranges::find(out, one.member, &Atom::member) == out.end())
        out.push_back(one);
    return out;
  }
  [[nodiscard]] Target anybody() const {
    if (dice.one_in(2)) return dice.one_in(2) ? somebody() : a_few();
    return {{.who = dice.pick(std::array{Who::leader, Who::leader, Who::highest, Who::lowest, Who::all})}};
  }
  // Not the same single node as `end`.
  [[nodiscard]] Target other_than(const Target& end) const {
    Target out = anybody();
    const bool same = out.size() == 1 && end.size() == 1 && out[0].who == end[0].who && out[0].member == end[0].member;
    return same ? Target{{.who = Who::all}} : out;
  }

  [[nodiscard]] Cue at() {
    last_ = last_ != Duration{} && dice.one_in(2) ? std::min(end_, last_ + dice.ms(0, 4'000)) : dice.span(begin_, end_);
    return {At{last_}, anybody()};
  }
  template <std::size_t n>
  [[nodiscard]] Cue when(const std::array<Kind, n>& kinds) const {
    const std::uint64_t nth = 1 + dice.below(std::uint64_t{1} << dice.below(7));
    return {When{dice.pick(kinds), nth, {}}, dice.one_in(4) ? anybody() : Target{{.who = Who::it}}};
  }
  [[nodiscard]] Cue when_something_changes() const {
    return when(std::array{Kind::role, Kind::role, Kind::leader, Kind::order});
  }
  [[nodiscard]] Cue cue() { return dice.one_in(2) ? at() : when_something_changes(); }

  void strike(const Blow& blow) const {
    Trigger trigger = blow.cue.trigger;
    if (auto* when = std::get_if<When>(&trigger)) when->plus = blow.later;
    if (auto* at = std::get_if<At>(&trigger))
      at->at = std::min(at->at + blow.later, end_ - std::min(blow.lasts.value_or(Duration{}), kShort));
    scenario.faults.push_back({.trigger = trigger, .action = blow.action, .lasts = blow.lasts});
  }

  Dice& dice;
  Scenario& scenario;

 private:
  [[nodiscard]] Member one_of(std::size_t members) const { return static_cast<Member>(dice.below(members)); }

  Duration begin_, end_, last_;  // last_: the moment of the plot before
  std::array<Member, 2> heroes_;
};

// What is sent in a moment comes seconds later, and later messages overtake it: words of long ago.
void late_words(Stage& stage) {
  Dice& dice = stage.dice;
  const Cue cue = stage.cue();
  LinkPatch patch;
  patch.latency = Latency{Latency::Shape::fixed, dice.ms(2'000, dice.one_in(2) ? 5'000 : 20'000), {}};
  patch.reorder_ppm = 1'000'000;
  LinkFault fault{cue.who, stage.other_than(cue.who), patch, dice.one_in(4)};
  if (dice.one_in(2)) std::swap(fault.from, fault.to);
  stage.strike({cue, dice.ms(0, 30), fault, dice.ms(10, 900)});
}

// One direction is closed for a moment, or from a moment on.
void cut_at_a_change(Stage& stage) {
  Dice& dice = stage.dice;
  const Cue cue = dice.one_in(4) ? stage.at() : stage.when_something_changes();
  Cut cut{cue.who, stage.other_than(cue.who), dice.one_in(4)};
  if (dice.one_in(2)) std::swap(cut.from, cut.to);
  stage.strike({cue, dice.ms(0, 30), cut, dice.one_in(3) ? dice.ms(50, 1'900) : dice.ms(5, 50)});
}

// Somebody orders what hardly anybody hears of, and dies.
void last_words(Stage& stage) {
  Dice& dice = stage.dice;
  const Cue cue = stage.when(std::array{Kind::order});
  const Target it{{.who = Who::it}};
  const Target deaf = dice.one_in(2) ? Target{{.who = Who::all}} : stage.a_few();
  stage.strike({cue, {}, Cut{it, deaf}, dice.ms(5, 1'900)});
  stage.strike({cue, dice.ms(0, 200), Crash{it}, dice.one_in(4) ? std::nullopt : std::optional(dice.ms(10, 9'000))});
}

// The power fails while a disk takes its time.
void power_cut(Stage& stage) {
  if (stage.scenario.group.storage != core::Storage::durable) return;
  using What = DiskFault::What;
  Dice& dice = stage.dice;
  const Cue cue = dice.one_in(3)
                      ? stage.at()
                      : stage.when(std::array{Kind::role, Kind::leader, Kind::submit, Kind::recv, Kind::commit});
  const Target who = cue.who.front().who == Who::it ? cue.who : stage.somebody();
  const Latency slow{Latency::Shape::fixed, dice.ms(5, 400), {}};
  stage.strike({cue, {}, DiskFault{.what = What::slow, .who = who, .latency = slow}, dice.ms(500, 1'500)});
  stage.strike({cue, {}, DiskFault{.what = What::lose_unsynced, .who = who}, dice.ms(500, 1'500)});
  stage.strike({cue, dice.ms(0, 450), Crash{who}, dice.ms(10, 3'000)});
}

// The leader is not heard while the group changes.
void cut_at_a_move(Stage& stage) {
  Dice& dice = stage.dice;
  const std::vector<MembershipChange>& moves = stage.scenario.membership;
  if (moves.empty()) return;
  const Duration move = moves[dice.below(moves.size())].at;
  const Cue cue{At{std::max(Duration::ms(100), move + dice.ms(-1'000, 1'000))}, {{.who = Who::leader}}};
  stage.strike({cue, {}, Cut{cue.who, stage.other_than(cue.who), dice.one_in(2)}, dice.ms(50, 1'900)});
  if (!dice.one_in(3)) return;
  const Duration later = dice.ms(0, 2'000);
  stage.strike({cue, later, dice.one_in(2) ? Action{Crash{stage.a_few()}} : Action{Isolate{stage.anybody()}},
                dice.ms(50, 5'000)});
}

// Some start again before anybody misses them.
void short_deaths(Stage& stage) {
  Dice& dice = stage.dice;
  const Cue cue = stage.cue();
  stage.strike({cue, dice.ms(0, 30), Crash{dice.one_in(3) ? cue.who : stage.a_few()}, dice.ms(10, 50)});
}

// Who was away comes back, and in what it then does is interrupted.
void short_return(Stage& stage) {
  Dice& dice = stage.dice;
  const Cue cue = stage.at();
  const Target who = dice.one_in(3) ? Target{{.who = Who::highest}} : stage.somebody();
  const Duration away = dice.ms(500, 6'000), back = dice.ms(0, 1'500);
  stage.strike({cue, {}, Isolate{who}, away});
  const Action then = dice.pick(std::array<Action, 3>{Isolate{who}, Crash{who}, Cut{stage.other_than(who), who}});
  stage.strike({cue, away + back, then, dice.ms(20, 1'900)});
}

// One partition follows another without a pause, each with other sides.
void shifting_sides(Stage& stage) {
  Dice& dice = stage.dice;
  const Cue cue = stage.at();
  Duration later;
  for (std::int64_t left = dice.between(2, 5); left > 0; --left) {
    Partition sides{std::vector<Target>(2)};
    for (std::size_t i = 0; i < stage.nodes(); ++i)
      sides.groups[dice.below(2)].push_back({.who = Who::member, .member = static_cast<Member>(i)});
    std::erase_if(sides.groups, [](const Target& side) { return side.empty(); });
    const Duration lasts = dice.ms(100, dice.one_in(2) ? 1'000 : 4'000);
    stage.strike({cue, later, std::move(sides), lasts});
    later = later + lasts;
  }
}

constexpr std::array kPlots{late_words,    cut_at_a_change, last_words,   power_cut,
                            cut_at_a_move, short_deaths,    short_return, shifting_sides};

}  // namespace

void draw_plots(Dice& dice, Scenario& scenario, Duration begin, Duration end) {
  if (scenario.group.size() < 2) return;
  Stage stage(dice, scenario, begin, end);
  const Lots<kPlots.size()> plots(dice);
  for (std::int64_t left = dice.between(1, 5); left > 0; --left) kPlots[plots.draw(dice)](stage);
}

}  // namespace sim
