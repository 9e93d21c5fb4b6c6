#include "sim/network/network.hpp"

#include <algorithm>
#include <span>
#include <utility>

#include "core/base/check.hpp"

namespace sim {
namespace {

using core::Instant;
using core::Rng;

constexpr std::uint32_t kAll = 1'000'000;  // parts per million

// What a message's one random word decides, each by a number of its own made from it.
enum class Choice : std::uint64_t { lost, duplicated, overtakes, latency, latency_of_copy };

Rng draw(std::uint64_t word, Choice choice) {
  return Rng{word + static_cast<std::uint64_t>(choice)};
}

Members members_of(const Target& target, std::size_t size) {
  Members members;
  for (const Atom& atom : target) {
    core::check(atom.who == Atom::Who::member || atom.who == Atom::Who::all, "network.links: names or `all`");
    if (atom.who == Atom::Who::member) members.push_back(atom.member);
    for (std::size_t i = 0; atom.who == Atom::Who::all && i < size; ++i) members.push_back(static_cast<Member>(i));
  }
  return members;
}

// The part of `links` that starts at `from`.
std::span<const core::Link> links_of(const Links& links, Member from) {
  const auto first = std::lower_bound(links.begin(), links.end(), core::Link{from, 0});
  return {first, std::find_if(first, links.end(), [from](const core::Link& link) { return link.from != from; })};
}

}  // namespace

Network::Network(const Scenario& scenario, std::uint64_t seed)
    : seed_{seed}, size_{scenario.group.size()}, fates_{scenario.messages}, rows_(size_), closed_(size_) {
  models_.number_of(scenario.network);  // 0: of a link without overrides
  for (const LinkOverride& o : scenario.links)
    overlays_.push_back(
        {kPermanent, links_between(members_of(o.from, size_), members_of(o.to, size_), o.both), o.patch});
}

Fate Network::send(Instant now, Member from, Member to, std::size_t bytes, core::MessageType type) {
  State& state = link(from, to);
  const PlannedFate* plan = fates_.empty() ? nullptr : fates_.next({from, to}, type);
  const std::uint64_t word = state.rng.next();
  if (!open(from, to)) return {.kind = Fate::Kind::closed, .at = {}};
  const LinkModels::Ready& ready = models_[state.model];
  state.busy_until = std::max(now, state.busy_until) + ready.transmission(bytes);
  if (plan != nullptr) return arrival(*plan, state, ready.latency->at(draw(word, Choice::latency).next()));
  if (draw(word, Choice::lost).chance_ppm(ready.model.loss_ppm)) return {.kind = Fate::Kind::lost, .at = {}};

  const bool overtakes = draw(word, Choice::overtakes).chance_ppm(ready.model.reorder_ppm);
  Instant earliest = overtakes ? Instant{} : state.last_arrival;
  Fate fate;
  earliest = fate.at = std::max(earliest, state.busy_until + ready.latency->at(draw(word, Choice::latency).next()));
  if (draw(word, Choice::duplicated).chance_ppm(ready.model.duplicate_ppm)) {
    const Duration latency = ready.latency->at(draw(word, Choice::latency_of_copy).next());
    earliest = fate.copy = std::max(earliest, state.busy_until + latency);
  }
  if (!overtakes) state.last_arrival = earliest;
  return fate;
}

// What the scenario does not say is as usual, without the chances of the link.
Fate Network::arrival(const PlannedFate& plan, State& state, Duration latency) {
  if (plan.drop) return {.kind = Fate::Kind::lost, .at = {}};
  if (plan.at != Instant::never()) return {.at = plan.at, .copy = plan.copy};
  state.last_arrival = std::max(state.last_arrival, state.busy_until + latency);
  return {.at = state.last_arrival, .copy = plan.copy};
}

Instant Network::latency_from(Instant now, Member from, Member to) {
  State& state = link(from, to);
  const PlannedFate* plan = fates_.empty() ? nullptr : fates_.next({from, to}, std::nullopt);
  if (plan != nullptr && plan->at != Instant::never()) return plan->at;
  Rng rng = Rng::stream(seed_, core::Purpose::link, {from, to, static_cast<std::uint64_t>(now.ns)});
  const bool apart = models_[state.model].model.reorder_ppm == kAll;
  const Instant arrival = now + models_[apart ? 0 : state.model].latency->at(rng.next());
  return apart ? arrival : state.last_arrival = std::max(state.last_arrival, arrival);
}

Network::Handle Network::close(Links links) {
  std::erase_if(links, [](const core::Link& link) { return link.from == link.to; });
  mark_closed(links);
  closures_.push_back({++last_handle_, std::move(links)});
  return last_handle_;
}

Network::Handle Network::patch(Links links, const LinkPatch& patch) {
  std::sort(links.begin(), links.end());
  overlays_.push_back({++last_handle_, std::move(links), patch});
  choose_models(overlays_.back().links);
  return last_handle_;
}

void Network::lift(Handle handle) {
  const auto is_it = [handle](const auto& fault) { return fault.handle == handle && handle != kPermanent; };
  if (const auto closure = std::find_if(closures_.begin(), closures_.end(), is_it); closure != closures_.end()) {
    for (const core::Link& link : closure->links) closed_[link.from][link.to] = false;
    closures_.erase(closure);
    for (const Closure& other : closures_) mark_closed(other.links);
  }
  if (const auto overlay = std::find_if(overlays_.begin(), overlays_.end(), is_it); overlay != overlays_.end()) {
    const Links links = std::move(overlay->links);
    overlays_.erase(overlay);
    choose_models(links);
  }
}

void Network::lift_all() {
  closures_.clear();
  for (std::vector<bool>& unreachable : closed_) unreachable.clear();
  std::erase_if(overlays_, [](const Overlay& overlay) { return overlay.handle != kPermanent; });
  for (std::size_t from = 0; from < size_; ++from) choose_models(static_cast<Member>(from));
}

void Network::lift_among(const Members& members) {
  const auto is_one = [&](Member member) { return std::binary_search(members.begin(), members.end(), member); };
  const auto thin = [&](Links& links) {
    std::erase_if(links, [&](const core::Link& link) { return is_one(link.from) && is_one(link.to); });
  };
  for (Closure& closure : closures_) thin(closure.links);
  for (std::vector<bool>& unreachable : closed_) unreachable.clear();
  for (const Closure& closure : closures_) mark_closed(closure.links);
  for (Overlay& overlay : overlays_)
    if (overlay.handle != kPermanent) thin(overlay.links);
  for (const Member from : members) choose_models(from);
}

Network::Handle Network::apply(const LinkChange& change, const std::vector<Fault>& faults) {
  switch (change.kind) {
    case LinkChange::Kind::close:
      return close(change.links);
    case LinkChange::Kind::patch:
      return patch(change.links, std::get<LinkFault>(faults[change.number].action).patch);
    case LinkChange::Kind::lift:
      lift(change.number);
      break;
    case LinkChange::Kind::lift_all:
      lift_all();
      break;
    case LinkChange::Kind::lift_among:
      lift_among(change.members);
      break;
  }
  return last_handle_;
}

Links Network::closed() const {
  Links all;
  for (const Closure& closure : closures_) all.insert(all.end(), closure.links.begin(), closure.links.end());
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

void Network::mark_closed(const Links& links) {
  for (const core::Link& link : links) {
    closed_[link.from].resize(size_);
    closed_[link.from][link.to] = true;
  }
}

void Network::make_row(Member from) {
  rows_[from].resize(size_);
  for (std::size_t to = 0; to < size_; ++to) rows_[from][to].rng = Rng::stream(seed_, core::Purpose::link, {from, to});
  choose_models(from);
}

// Lays all overlays over the default model, for the links of one sender. A row that is not there is made right later.
void Network::choose_models(Member from) {
  if (rows_[from].empty()) return;
  for (State& state : rows_[from]) state.model = 0;
  for (const Overlay& overlay : overlays_)
    for (const core::Link& link : links_of(overlay.links, from)) {
      LinkModel model = models_[rows_[from][link.to].model].model;
      overlay.patch.apply_to(model);
      rows_[from][link.to].model = models_.number_of(model);
    }
}

// For every sender that occurs in `links`, which ascend.
void Network::choose_models(const Links& links) {
  for (auto link = links.begin(); link != links.end();) {
    const Member from = link->from;
    choose_models(from);
    link += static_cast<std::ptrdiff_t>(links_of(links, from).size());
  }
}

}  // namespace sim
