#include "sim/explore/model.hpp"

#include <algorithm>

#include "core/base/check.hpp"

namespace sim {
namespace {

using core::Member;
using Kind = Step::Kind;

// Longer than any bound of any timing: whatever was not to happen before some time may happen now.
constexpr core::Duration kLong = core::Duration::s(3'600);

std::uint64_t print_of(const core::Message& message) {
  Fold fold;
  fold.add(message);
  return fold.digest().high | 1;  // never 0
}

// Trouble comes from outside. Of several at once the order does not matter but for the order in which messages are
// sent, so one is enough: by what it is, then by whom it hits.
constexpr std::uint8_t kLocal = 0;
std::uint8_t rank_of(const Step& step) {
  const auto order = [&](int kind) {
    return static_cast<std::uint8_t>(1 + (kind * 4 + step.node) * 4 + (step.peer == core::kNobody ? 0 : step.peer));
  };
  switch (step.kind) {
    case Kind::suspect:
      return order(0);
    case Kind::submit:
      return order(1);
    case Kind::crash:
      return order(2);
    case Kind::restart:
      return order(3);
    default:
      return kLocal;
  }
}

std::uint8_t after(const State& before, const Step& step, const State& next) {
  if (next.left.anytime) return 0;
  if (const std::uint8_t rank = rank_of(step); rank != kLocal)
    return before.next_trouble == State::kNone ? State::kNone : rank;
  return next.at_rest() ? 0 : State::kNone;
}

// The timer is set, and there is something to do when it runs out.
bool waits(const core::Node& node, core::Timer timer) {
  if (node.due(timer) == core::Instant::never()) return false;
  if (timer == core::Timer::progress) return node.commit() < node.log().size();
  if (timer == core::Timer::submit) return !node.outbox().empty();
  return true;
}

// Whoever asks again asks when all that was on its way has come or is lost.
core::Message timeless(core::Message& message) {
  if (auto* nack = std::get_if<core::Nack>(&message.body)) nack->heard = core::Instant::never();
  return std::move(message);
}

bool is_heartbeat(const Parcel& parcel) {
  return parcel.message != nullptr && parcel.message->type() == core::MessageType::heartbeat;
}

}  // namespace

Model::Model(const core::Config& config, const Bounds& bounds, std::uint64_t seed)
    : config_{config}, bounds_{bounds}, seed_{seed} {
  core::check(config.size() <= kMost, "a group that can be explored is small");
}

// Every wait is longer than any message takes, so a timer runs out when nothing is on its way; or at once. And a wait
// of more than a heartbeat interval is over only when all have heard each other's news.
bool Model::may_fire(const Process& process, core::Timer timer, bool quiet, bool told) {
  if (!waits(*process.node, timer)) return false;
  const auto is = [&](std::uint32_t bits) { return (bits >> static_cast<unsigned>(timer) & 1) != 0; };
  return is(process.at_once) || (quiet && (told || !is(process.slow)));
}

void Model::enabled(const State& state, std::vector<Step>& out) const {
  const bool in_order = state.left.late != Bounds::kAny;
  const bool quiet = state.quiet(), told = quiet && state.told();
  const std::uint64_t oldest = in_order ? state.oldest() : UINT64_MAX;
  if (state.next_trouble != State::kNone) add_trouble(state, out);
  const std::size_t before = out.size();
  if (in_order) add_timers(state, false, false, out);  // what is due at once comes first
  if (out.size() > before) return;
  for (Member node = 0; node < config_.size(); ++node)
    for (Member peer = 0; peer < config_.size() && state.up(node); ++peer) {
      const auto& parcels = state.line(peer, node).parcels;
      if (!parcels.empty() && (!in_order || parcels.front().number == oldest)) add_arrivals(state, node, peer, out);
    }
  if (!in_order || quiet) add_timers(state, quiet, told, out);
}

void Model::add_trouble(const State& state, std::vector<Step>& out) const {
  const auto add = [&](const Step& step) {
    if (state.left.anytime || rank_of(step) >= state.next_trouble) out.push_back(step);
  };
  for (Member node = 0; node < config_.size(); ++node) {
    if (!state.up(node)) {
      add({.kind = Kind::restart, .node = node});
      continue;
    }
    for (Member peer = 0; peer < config_.size(); ++peer)
      if (peer != node && state.left.allow(&Bounds::suspicions) && !state.node(node).suspects(peer))
        add({.kind = Kind::suspect, .node = node, .peer = peer});
    if (state.left.allow(&Bounds::submits)) add({.kind = Kind::submit, .node = node});
    if (state.left.allow(&Bounds::crashes)) add({.kind = Kind::crash, .node = node});
  }
}

void Model::add_timers(const State& state, bool quiet, bool told, std::vector<Step>& out) const {
  bool beaten = false;
  for (Member node = 0; node < config_.size(); ++node)
    for (const core::Timer timer : kFired) {
      if (!state.up(node) || !may_fire(*state.processes[node], timer, quiet, told)) continue;
      if (timer == core::Timer::heartbeat && !told && state.left.late != Bounds::kAny) {
        if (beaten || !state.has_news(node)) continue;  // one after another, in the order of members
        beaten = true;
      }
      out.push_back({.kind = Kind::fire, .node = node, .timer = timer});
    }
}

void Model::add_arrivals(const State& state, Member node, Member peer, std::vector<Step>& out) {
  const Bounds& left = state.left;
  const auto add = [&](Kind kind) { out.push_back({.kind = kind, .node = node, .peer = peer}); };
  add(Kind::deliver);
  if (left.allow(&Bounds::late) && left.late != Bounds::kAny) add(Kind::delay);
  if (state.line(peer, node).parcels.front().message == nullptr) return;
  if (left.allow(&Bounds::losses)) add(Kind::lose);
  if (left.allow(&Bounds::duplicates)) add(Kind::duplicate);
}

bool Model::possible(const State& state, const Step& step) const {
  Step whole = step;
  whole.cut = 0;
  const unsigned own = step.kind == Kind::deliver || step.kind == Kind::fire ? 0 : 1;  // trouble, without the crash
  if (step.cut > 0 && (state.left.crashes == 0 || state.left.together <= own)) return false;
  std::vector<Step> steps;
  enabled(state, steps);
  return std::find(steps.begin(), steps.end(), whole) != steps.end();
}

bool Model::within(const State& state) const {
  return std::all_of(state.processes.begin(), state.processes.end(), [&](const auto& process) {
    return (process->node ? process->node->epoch() : process->disk.promised) <= bounds_.epochs;
  });
}

State Model::take(const State& state, const Step& step, core::RecordSink* records) {
  records_ = records;
  cuts_.clear();
  State next = state;
  if (step.kind == Kind::lose || step.kind == Kind::delay) {
    mistreat(next, step);
    next.next_trouble = after(state, step, next);
    return next;
  }
  auto process = std::make_shared<Process>(*state.processes[step.node]);
  act(next, step, *process);
  note_waits(*state.processes[step.node], *process, step);
  print(*process, step.node);
  next.processes[step.node] = process;
  next.next_trouble = after(state, step, next);
  next.ghost.inspect(next.processes, config_.quorum_of(config_.size()));
  return next;
}

State Model::attempt(const State& state, const Step& step) {
  try {
    return take(state, step);
  } catch (const core::CheckFailed& failure) {
    State same = state;
    same.ghost.broken("check", failure.what());
    return same;
  }
}

void Model::act(State& next, const Step& step, Process& process) {
  effects_.clear();
  switch (step.kind) {
    case Kind::crash:
      next.left.use(&Bounds::crashes);
      return die(next, step.node, process);
    case Kind::restart:
      ++process.incarnation;
      return boot(next, step.node, process);
    case Kind::suspect:
      next.left.use(&Bounds::suspicions);
      next.line(step.peer, step.node).said = 0;
      process.node->link_down(process.now, step.peer, effects_);
      break;
    case Kind::fire:
      process.now = process.now + kLong;
      process.node->expire(process.now, step.timer, effects_);
      break;
    case Kind::submit:
      submit(next, process, step.node);
      break;
    default:
      receive(next, step, process);
  }
  carry_out(next, step, process);
}

void Model::mistreat(State& next, const Step& step) {
  Line& line = next.line(step.peer, step.node);
  if (step.kind == Kind::delay) {
    next.left.use(&Bounds::late);
    for (Parcel& parcel : line.parcels) parcel.number = ++next.sent;
    return;
  }
  if (is_heartbeat(line.parcels.front())) line.said = 0;
  line.parcels.erase(line.parcels.begin());
  next.left.use(&Bounds::losses);
}

void Model::receive(State& next, const Step& step, Process& process) {
  Line& line = next.line(step.peer, step.node);
  const Parcel parcel = line.parcels.front();
  if (step.kind == Kind::duplicate)
    next.left.use(&Bounds::duplicates);
  else
    line.parcels.erase(line.parcels.begin());
  if (parcel.message == nullptr) return process.node->link_down(process.now, step.peer, effects_);
  record_message(core::Kind::recv, step.node, step.peer, parcel);
  process.node->receive(process.now, *parcel.message, effects_);
}

// What is submitted elsewhere depends on what was submitted last: causes and their effects race to the leader.
void Model::submit(State& next, Process& process, Member member) {
  next.left.use(&Bounds::submits);
  core::Submission event{.depends_on = {}, .type = "message", .payload = {}};
  const std::vector<core::EventId>& before = next.ghost.submitted();
  if (!before.empty() && before.back().member() != member) event.depends_on.push_back(before.back());
  process.node->submit(process.now, event, effects_);
}

void Model::carry_out(State& next, const Step& step, Process& process) {
  std::vector<std::shared_ptr<const core::Message>> messages(effects_.messages().size());
  std::size_t done = 0, last = 0;
  const std::vector<core::Effect>& effects = effects_.list();
  for (std::size_t i = 0; i < effects.size(); ++i)
    if (effects[i].kind != core::Effect::Kind::fact) last = i;
  for (const core::Effect& effect : effects) {
    ++done;
    if (effect.kind == core::Effect::Kind::persist) process.disk.apply(effects_.persists()[effect.index]);
    if (effect.kind == core::Effect::Kind::send) {
      auto& message = messages[effect.index];
      if (message == nullptr)
        message = std::make_shared<const core::Message>(timeless(effects_.messages()[effect.index]));
      put(next, step.node, effect.to, message);
    }
    if (effect.kind == core::Effect::Kind::fact && !fact(next, effects_.facts()[effect.index], process))
      return die(next, step.node, process);
    if (done == step.cut) {
      next.left.use(&Bounds::crashes);
      return die(next, step.node, process);
    }
    if (effect.kind != core::Effect::Kind::fact && done <= last && done < 255)
      cuts_.push_back(static_cast<std::uint8_t>(done));
  }
}

// What is equal to the last heartbeat or to something on its way there already would tell nothing new.
void Model::put(State& next, Member from, Member to, const std::shared_ptr<const core::Message>& message) {
  const Parcel parcel{message, print_of(*message), ++next.sent};
  Line& line = next.line(from, to);
  const bool waits = std::any_of(line.parcels.begin(), line.parcels.end(),
                                 [&](const Parcel& other) { return other.print == parcel.print; });
  const bool known = is_heartbeat(parcel) && line.said == parcel.print;
  if (waits || known || !next.up(to)) return;
  record_message(core::Kind::send, from, to, parcel, 0);
  if (is_heartbeat(parcel)) line.said = parcel.print;
  line.parcels.push_back(parcel);
}

// False: the node stops.
bool Model::fact(State& next, const core::Record& fact, Process& process) {
  if (fact.kind == core::Kind::crash) return false;
  next.ghost.on(fact, *process.node);
  record(fact);
  return true;
}

// Its connections break: the others learn it after what it had sent, and what was on the way to it is lost.
void Model::die(State& next, Member member, Process& process) {
  process.node.reset();
  process.at_once = process.slow = 0;
  record({.kind = core::Kind::crash, .node = member});
  for (Member peer = 0; peer < config_.size(); ++peer) {
    if (peer == member) continue;
    next.line(peer, member) = {};
    Line& line = next.line(member, peer);
    line.said = 0;
    if (next.up(peer)) line.parcels.push_back({nullptr, 1, ++next.sent});
  }
}

void Model::boot(State& next, Member member, Process& process) {
  const bool first = process.incarnation == 1;
  process.now = process.now + kLong;
  process.node.emplace(config_, member, process.disk,
                       core::Rng::stream(seed_, core::Purpose::node, {member, process.incarnation}));
  next.ghost.restarted(member, process.disk.applied());
  record({.kind = first ? core::Kind::start : core::Kind::restart,
          .node = member,
          .seq = process.disk.applied(),
          .number = process.incarnation});
  for (const core::EventRef& event : process.disk.pending)  // accepted, though it died before it could say so
    if (next.ghost.accept(event->id)) record_submit(member, *event);
  effects_.clear();
  process.node->start(process.now, effects_);
  carry_out(next, {.kind = Kind::restart, .node = member}, process);
  print(process, member);
}

// Notes how long the timers wait that the step has set.
void Model::note_waits(const Process& before, Process& process, const Step& step) const {
  if (!process.node) return;
  for (const core::Timer timer : kFired) {
    const core::Instant due = process.node->due(timer);
    const bool fired = step.kind == Kind::fire && step.timer == timer;
    if (before.node && due == before.node->due(timer) && !fired) continue;
    const std::uint32_t bit = 1U << static_cast<unsigned>(timer);
    const bool slow = due > process.now + config_.timing.heartbeat_interval;
    process.at_once = due <= process.now ? process.at_once | bit : process.at_once & ~bit;
    process.slow = slow ? process.slow | bit : process.slow & ~bit;
  }
}

void Model::print(Process& process, Member member) const {
  Fold fold;
  fold.word(member);
  if (process.node) {
    fold.add(*process.node);
    for (const core::Timer timer : kFired) {
      const std::uint32_t bit = 1U << static_cast<unsigned>(timer);
      fold.word(waits(*process.node, timer) ? 1 + (process.at_once & bit) * 2 + (process.slow & bit) : 0);
    }
    process.says = print_of({.from = member, .body = process.node->heartbeat()});
  } else {
    const core::Durable& disk = process.disk;
    fold.word(~std::uint64_t{0});
    fold.add(disk.promised), fold.add(disk.promised_to), fold.add(disk.log), fold.add(disk.pending);
    fold.add(disk.last_number), fold.add(disk.memories);
  }
  process.print = fold.digest();
}

void Model::record(core::Record record) {
  if (records_ != nullptr) records_->on(record);
}

void Model::record_submit(Member member, const core::Event& event) {
  core::Record submit{.kind = core::Kind::submit, .node = member, .id = event.id};
  submit.event = &event;
  record(submit);
}

void Model::record_message(core::Kind kind, Member node, Member peer, const Parcel& parcel, core::Epoch epoch) {
  record({.kind = kind,
          .type = parcel.message->type(),
          .node = node,
          .peer = peer,
          .epoch = epoch,
          .number = parcel.number});
}

}  // namespace sim
