#include "tools/replay/troubles.hpp"

#include <algorithm>
#include <optional>

#include "core/group/names.hpp"
#include "tools/exit_code.hpp"
#include "tools/replay/by_time.hpp"
#include "tools/trace/trace_reader.hpp"

namespace tools {
namespace {

using core::Instant;
using core::Link;
using core::Member;

sim::Target named(const std::vector<Member>& members) {
  sim::Target target;
  for (const Member member : members) target.push_back({.member = member});
  return target;
}

class Gatherer {
 public:
  Gatherer(const sim::Scenario& scenario, Troubles& troubles) : scenario_{scenario}, out_{troubles} {}

  void take(const Json& record) {
    const std::string kind = record.at("kind");
    if (kind == "crash") ++out_.crashes[member(record.at("node"))];
    if (kind == "pause") paused_[member(record.at("node"))] = at(record);
    if (kind == "resume" || kind == "crash") resume(member(record.at("node")), at(record));
    if (kind == "fault") strike(record);
    if (kind == "fault" || kind == "heal") close(record);
  }

  void end() {
    for (const auto& [member, since] : paused_) {
      add(since, std::nullopt, sim::Pause{named({member})});
      out_.paused_at_end.insert(member);
    }
    for (const auto& [link, since] : closed_) ending_[{since, link.from}].push_back(link.to);
    cut(std::nullopt);
    sort_by_time(out_.faults, [](const sim::Fault& fault) { return std::get<sim::At>(fault.trigger).at; });
  }

 private:
  [[nodiscard]] Member member(const Json& name) const {
    const auto found = core::member_named(scenario_.group, name.get<std::string>());
    if (!found) throw BadInput("the trace is of another run: nobody is called " + name.dump());
    return *found;
  }
  static Instant at(const Json& record) { return {record.at("at").get<std::int64_t>()}; }

  void add(Instant since, std::optional<Instant> until, sim::Action action) {
    sim::Fault fault{.trigger = sim::At{since - Instant{}}, .action = std::move(action), .lasts = std::nullopt};
    if (until) fault.lasts = *until - since;
    out_.faults.push_back(std::move(fault));
  }

  void resume(Member member, Instant now) {
    const auto paused = paused_.find(member);
    if (paused == paused_.end()) return;
    add(paused->second, now, sim::Pause{named({member})});
    paused_.erase(paused);
  }

  // Clocks and disks: what the scenario says, of those whom it struck.
  void strike(const Json& record) {
    const std::size_t place = record.at("fault");
    if (place >= scenario_.faults.size()) throw BadInput("the trace is of another run: it has more faults");
    const sim::Fault& fault = scenario_.faults[place];
    std::vector<Member> nodes;
    for (const Json& name : record.at("nodes")) nodes.push_back(member(name));
    sim::Fault one{.trigger = sim::At{at(record) - Instant{}}, .action = fault.action, .lasts = fault.lasts};
    if (auto* clock = std::get_if<sim::ClockFault>(&one.action))
      clock->who = named(nodes);
    else if (auto* disk = std::get_if<sim::DiskFault>(&one.action))
      disk->who = named(nodes);
    else
      return;
    out_.faults.push_back(std::move(one));
  }

  void close(const Json& record) {
    std::vector<Link> now;
    for (const Json& link : record.at("closed")) now.push_back({member(link.at(0)), member(link.at(1))});
    std::sort(now.begin(), now.end());
    for (auto known = closed_.begin(); known != closed_.end();) {
      const bool still = std::binary_search(now.begin(), now.end(), known->first);
      if (!still) ending_[{known->second, known->first.from}].push_back(known->first.to);
      known = still ? std::next(known) : closed_.erase(known);
    }
    cut(at(record));
    for (const Link& link : now) closed_.try_emplace(link, at(record));
    out_.closed.emplace_back(at(record), std::move(now));
  }

  // What ends now, or never.
  void cut(std::optional<Instant> until) {
    for (const auto& [begin, to] : ending_) add(begin.first, until, sim::Cut{named({begin.second}), named(to)});
    ending_.clear();
  }

  const sim::Scenario& scenario_;
  Troubles& out_;
  std::map<Member, Instant> paused_;
  std::map<Link, Instant> closed_;                                    // since when
  std::map<std::pair<Instant, Member>, std::vector<Member>> ending_;  // since when, from whom: to whom
};

}  // namespace

bool Troubles::open(Link link, Instant at) const {
  const auto after = std::upper_bound(closed.begin(), closed.end(), at,
                                      [](Instant sought, const auto& change) { return sought < change.first; });
  return after == closed.begin() ||
         !std::binary_search(std::prev(after)->second.begin(), std::prev(after)->second.end(), link);
}

Troubles troubles_in(const std::string& trace, const sim::Scenario& scenario) {
  Troubles troubles;
  Gatherer gatherer(scenario, troubles);
  TraceReader reader(trace);
  try {
    while (reader.next())
      if (const std::optional<Json> record = reader.record()) gatherer.take(*record);
  } catch (const Json::exception& wrong) {
    throw BadInput(trace + ":" + std::to_string(reader.line()) + ": " + wrong.what());
  } catch (const BadInput& wrong) {
    throw BadInput(trace + ":" + std::to_string(reader.line()) + ": " + wrong.what());
  }
  gatherer.end();
  return troubles;
}

}  // namespace tools
