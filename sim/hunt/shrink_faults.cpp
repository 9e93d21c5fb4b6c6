// Each fault as simple as it can be, and several as one.
#include <algorithm>

#include "sim/hunt/shrink_edit.hpp"
#include "sim/hunt/shrink_passes.hpp"

namespace sim {
namespace {

constexpr std::int64_t kMostStrikes = 100;
constexpr std::size_t kMostJoined = 40;

Target only(const Atom& atom) {
  return {atom};
}

Target without_atom(Target target, std::size_t which) {
  target.erase(target.begin() + static_cast<std::ptrdiff_t>(which));
  return target;
}

// Whom an action names; an overload for each kind.
struct TargetsOf {
  using Targets = std::vector<Target*>;
  Targets operator()(Partition& action) const {
    Targets out;
    for (Target& group : action.groups) out.push_back(&group);
    return out;
  }
  Targets operator()(ShapedPartition&) const { return {}; }
  Targets operator()(HealAll&) const { return {}; }
  Targets operator()(Cut& action) const { return {&action.from, &action.to}; }
  Targets operator()(LinkFault& action) const { return {&action.from, &action.to}; }
  Targets operator()(auto& action) const { return {&action.who}; }
};

// Simpler actions in place of each kind, the simplest first; an overload for each.
struct Simpler {
  std::size_t nodes;
  using Actions = std::vector<Action>;

  Actions operator()(const Partition& action) const {
    Actions out;
    for (const Target& group : action.groups) out.emplace_back(Isolate{group});
    for (std::size_t i = 0; i < action.groups.size() && action.groups.size() > 1; ++i) {
      Partition fewer = action;
      fewer.groups.erase(fewer.groups.begin() + static_cast<std::ptrdiff_t>(i));
      out.emplace_back(fewer);
    }
    return out;
  }
  Actions operator()(const ShapedPartition&) const {
    Actions out;
    for (std::size_t i = 0; i < nodes; ++i)
      out.emplace_back(Isolate{only({Atom::Who::member, static_cast<Member>(i)})});
    return out;
  }
  Actions operator()(const Cut& action) const {
    if (!action.both) return {};
    return {Cut{action.from, action.to}, Cut{action.to, action.from}};
  }
  Actions operator()(const LinkFault& action) const {
    Actions out{Cut{action.from, action.to, action.both}};
    const auto with = [&](auto change) {
      LinkFault simpler = action;
      change(simpler);
      const LinkPatch& patch = simpler.patch;
      if (patch.latency || patch.loss_ppm || patch.duplicate_ppm || patch.reorder_ppm || patch.bits_per_second)
        out.emplace_back(simpler);
    };
    with([](LinkFault& simpler) { simpler.both = false; });
    with([](LinkFault& simpler) { std::swap(simpler.from, simpler.to), simpler.both = false; });
    with([](LinkFault& simpler) { simpler.patch.latency.reset(); });
    with([](LinkFault& simpler) { simpler.patch.loss_ppm.reset(); });
    with([](LinkFault& simpler) { simpler.patch.duplicate_ppm.reset(); });
    with([](LinkFault& simpler) { simpler.patch.reorder_ppm.reset(); });
    with([](LinkFault& simpler) { simpler.patch.bits_per_second.reset(); });
    for (const std::int64_t ms : {100, 200, 500, 1'000})
      if (action.patch.latency)
        with([&](LinkFault& simpler) { simpler.patch.latency = {Latency::Shape::fixed, Duration::ms(ms), {}}; });
    return out;
  }
  Actions operator()(const ClockFault& action) const {
    if (!action.drift_ppm || action.step == Duration{}) return {};
    return {ClockFault{action.who, action.drift_ppm, {}}, ClockFault{action.who, {}, action.step}};
  }
  Actions operator()(const DiskFault& action) const { return {DiskFault{.what = action.what, .who = action.who}}; }
  Actions operator()(const auto&) const { return {}; }
};

// The fault with one of its targets smaller or known beforehand.
std::vector<Fault> with_simpler_targets(const Fault& fault, std::size_t nodes) {
  std::vector<Fault> out;
  Fault copy = fault;
  const std::vector<Target*> targets = std::visit(TargetsOf{}, copy.action);
  for (Target* target : targets) {
    const Target whole = *target;
    const auto with = [&](Target simpler) {
      *target = std::move(simpler);
      out.push_back(copy);
    };
    for (std::size_t i = 0; i < whole.size() && whole.size() > 1; ++i) with(only(whole[i]));
    for (std::size_t i = 0; i < whole.size() && whole.size() > 2; ++i) with(without_atom(whole, i));
    const bool chance =
        std::any_of(whole.begin(), whole.end(), [](const Atom& a) { return a.who == Atom::Who::random; });
    for (std::size_t i = 0; i < nodes && chance; ++i) with(only({Atom::Who::member, static_cast<Member>(i)}));
    *target = whole;
  }
  return out;
}

std::vector<Fault> simpler_ones(const Fault& fault, std::size_t nodes) {
  std::vector<Fault> out;
  for (const Action& action : std::visit(Simpler{nodes}, fault.action))
    out.push_back({fault.trigger, action, fault.lasts, fault.line});
  if (fault.lasts) out.push_back({fault.trigger, fault.action, std::nullopt, fault.line});
  if (const auto* when = std::get_if<When>(&fault.trigger)) {
    out.push_back({When{when->kind, when->nth, {}}, fault.action, fault.lasts, fault.line});
    for (const std::uint64_t nth : {std::uint64_t{1}, when->nth / 10, when->nth / 2, when->nth - 1})
      if (nth > 0) out.push_back({When{when->kind, nth, when->plus}, fault.action, fault.lasts, fault.line});
  }
  for (const Fault& simpler : with_simpler_targets(fault, nodes)) out.push_back(simpler);
  return out;
}

// A repeated fault as faults that strike once each.
std::optional<Scenario> unrolled(const Scenario& scenario, std::size_t which) {
  const auto* every = std::get_if<Every>(&scenario.faults[which].trigger);
  if (every == nullptr || (every->until - every->from).ns / every->every.ns > kMostStrikes) return std::nullopt;
  Scenario out = scenario;
  out.faults.erase(out.faults.begin() + static_cast<std::ptrdiff_t>(which));
  for (Duration at = every->from; at <= every->until; at = at + every->every) {
    out.faults.push_back(scenario.faults[which]);
    out.faults.back().trigger = At{at};
  }
  return out;
}

Target united(Target a, const Target& b) {
  for (const Atom& atom : b) {
    const auto same = [&](const Atom& other) { return other.who == atom.who && other.member == atom.member; };
    if (std::none_of(a.begin(), a.end(), same)) a.push_back(atom);
  }
  return a;
}

// Two actions of one kind as one that strikes whom either strikes.
struct United {
  std::optional<Action> operator()(const Crash& a, const Crash& b) const { return Crash{united(a.who, b.who)}; }
  std::optional<Action> operator()(const Restart& a, const Restart& b) const { return Restart{united(a.who, b.who)}; }
  std::optional<Action> operator()(const Pause& a, const Pause& b) const { return Pause{united(a.who, b.who)}; }
  std::optional<Action> operator()(const Isolate& a, const Isolate& b) const { return Isolate{united(a.who, b.who)}; }
  std::optional<Action> operator()(const Cut& a, const Cut& b) const {
    return Cut{united(a.from, b.from), united(a.to, b.to), a.both || b.both};
  }
  std::optional<Action> operator()(const auto&, const auto&) const { return std::nullopt; }
};

bool begins(const Action& action) {
  const auto* disk = std::get_if<DiskFault>(&action);
  return !std::holds_alternative<Restart>(action) && !std::holds_alternative<HealAll>(action) &&
         !std::holds_alternative<Calm>(action) && (disk == nullptr || disk->what != DiskFault::What::corrupt);
}

// One fault that does what both do: the first, until the second undoes it, or both at the moment of the first.
std::vector<Fault> joined(const Fault& first, const Fault& second) {
  const auto* from = std::get_if<At>(&first.trigger);
  const auto* to = std::get_if<At>(&second.trigger);
  if (from == nullptr || to == nullptr) return {};
  std::vector<Fault> out;
  if (!begins(second.action) && begins(first.action) && from->at < to->at)
    out.push_back({first.trigger, first.action, to->at - from->at, first.line});
  if (const std::optional<Action> both = std::visit(United{}, first.action, second.action)) {
    out.push_back({first.trigger, *both, first.lasts, first.line});
    out.push_back({first.trigger, *both, second.lasts, first.line});
    if (second.lasts) out.push_back({first.trigger, *both, to->at - from->at + *second.lasts, first.line});
  }
  std::erase_if(out, [](const Fault& fault) { return fault.lasts && *fault.lasts <= Duration{}; });
  return out;
}

}  // namespace

void simplify_faults(ShrinkSearch& search) {
  search.begin("simpler faults");
  for (std::size_t i = 0; i < search.best().faults.size(); ++i) {
    if (const auto single = unrolled(search.best(), i)) search.take_one_of({*single});
    for (bool taken = true; taken && i < search.best().faults.size();) {
      std::vector<Scenario> candidates;
      for (const Fault& simpler : simpler_ones(search.best().faults[i], search.best().group.size())) {
        candidates.push_back(search.best());
        candidates.back().faults[i] = simpler;
      }
      taken = search.take_one_of(candidates);
    }
  }
}

void join_faults(ShrinkSearch& search) {
  search.begin("faults in one");
  for (bool taken = true; taken && search.best().faults.size() <= kMostJoined;) {
    std::vector<Scenario> candidates;
    const std::vector<Fault>& faults = search.best().faults;
    for (std::size_t a = 0; a < faults.size(); ++a)
      for (std::size_t b = 0; b < faults.size(); ++b)
        for (const Fault& both : a == b ? std::vector<Fault>{} : joined(faults[a], faults[b])) {
          candidates.push_back(without(search.best(), {{PartKind::fault, b}}));
          candidates.back().faults[a < b ? a : a - 1] = both;
        }
    taken = search.take_one_of(candidates);
  }
}

}  // namespace sim
