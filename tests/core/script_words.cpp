#include "tests/core/script_words.hpp"

#include "core/group/voters.hpp"
#include "core/order/decided.hpp"
#include "tests/core/cluster.hpp"

namespace tests {
namespace {

std::string number(std::uint64_t value) {
  return std::to_string(value);
}

template <class Range>
std::string list(const Range& range) {
  std::string out;
  for (const auto& value : range) out += (out.empty() ? "" : ", ") + words(value);
  return out.empty() ? "nothing" : out;
}

std::string names(const std::string& voters) {
  const core::MemberSet members = core::voters_in(voters, 64);
  std::string out;
  for (core::Member member = 0; member < 64; ++member)
    if (members.has(member)) out += " " + name_of(member);
  return out;
}

std::vector<core::EventId> ids(const std::vector<core::EventRef>& events) {
  std::vector<core::EventId> out;
  for (const core::EventRef& event : events) out.push_back(event->id);
  return out;
}

std::string words_of(const core::Heartbeat& m) {
  std::string out = m.leader == core::kNobody ? "trusts nobody" : "trusts " + name_of(m.leader);
  if (m.epoch != 0) out += ", epoch " + number(m.epoch);
  if (m.gone != 0) out += ", gone " + number(m.gone);
  return out + ", log ends at " + words(m.last) + ", commit " + number(m.commit);
}
std::string words_of(const core::Election&) {
  return "";
}
std::string words_of(const core::Answer&) {
  return "";
}
std::string words_of(const core::Claim& m) {
  return "epoch " + number(m.epoch);
}
std::string words_of(const core::Promise& m) {
  return "epoch " + number(m.epoch) + ", log ends at " + words(m.last);
}
std::string words_of(const core::Refuse& m) {
  const char* why = m.why == core::Refusal::promised        ? "promised "
                    : m.why == core::Refusal::trusts_leader ? "trusts a higher leader; promised "
                                                            : "is higher itself; promised ";
  return "epoch " + number(m.epoch) + ": " + why + number(m.promised);
}
std::string words_of(const core::Fetch& m) {
  return "epoch " + number(m.epoch) + ", after " + words(m.have);
}
std::string words_of(const core::Entries& m) {
  return "epoch " + number(m.epoch) + ", after " + words(m.previous) + ": " + list(m.entries);
}
std::string words_of(const core::Coordinator& m) {
  return "epoch " + number(m.epoch);
}
std::string words_of(const core::Submit& m) {
  return list(ids(m.events)) + (m.hops > 0 ? " (relayed)" : "");
}
std::string words_of(const core::Order& m) {
  return "epoch " + number(m.epoch) + ", after " + words(m.previous) + ": " + list(m.entries) + "; commit " +
         number(m.commit);
}
std::string words_of(const core::Ack& m) {
  return "epoch " + number(m.epoch) + ", " + name_of(m.voter) + " matches to " + number(m.matched) +
         (m.hops > 0 ? " (relayed)" : "");
}
std::string words_of(const core::Resubmit& m) {
  return "epoch " + std::to_string(m.epoch) + ", numbers " + std::to_string(m.first) + " to " + std::to_string(m.last);
}
std::string words_of(const core::Nack& m) {
  return "epoch " + number(m.epoch) + ", after " + words(m.have);
}

std::string words_of(const core::StateSync& m) {
  return "epoch " + number(m.epoch) + ", state at " + words(m.at) + ", bytes from " + number(m.offset) + " of " +
         number(m.total);
}
std::string words_of(const core::StateWanted& m) {
  return "epoch " + number(m.epoch) + ", state at " + words(m.at) + " from byte " + number(m.offset);
}
std::string words_of(const core::Join& m) {
  return "epoch " + number(m.epoch);
}
std::string words_of(const core::Leave& m) {
  return "epoch " + number(m.epoch);
}
std::string words_of(const core::Recover& m) {
  return "memory begins with incarnation " + number(m.incarnation);
}
std::string words_of(const core::Recovery& m) {
  return "promised " + number(m.promised) + (m.epoch == 0 ? "" : ", leads it") + ", log ends at " + words(m.last);
}
std::string words_of(const core::SettingsTold&) {
  return "";
}

std::string words_of(const core::PromiseMade& record) {
  return "promise of epoch " + number(record.epoch) + " to " + name_of(record.to);
}
std::string words_of(const core::LogWritten& record) {
  return "log " + list(record.entries);
}
std::string words_of(const core::SnapshotTaken& record) {
  return "snapshot at " + words(record.snapshot->state.at) + ", log begins after " + words(record.base);
}
std::string words_of(const core::MemoryLost& record) {
  return name_of(record.member) + " has forgotten all before incarnation " + number(record.incarnation);
}
std::string words_of(const core::Recovered&) {
  return "memory is back";
}
std::string words_of(const core::Accepted& record) {
  return "own " + words(record.event->id);
}
std::string words_of(const core::Settled& record) {
  return "own decided to " + number(record.number);
}
std::string words_of(const core::RestraintSet& record) {
  return "restraint of " + number(static_cast<std::uint64_t>(record.restraint.ns) / 1'000'000) + "ms";
}

std::string leader_words(const core::Record& fact) {
  if (fact.peer == core::kNobody) return "trusts no leader";
  return "trusts " + name_of(fact.peer) + " to lead epoch " + number(fact.epoch);
}

}  // namespace

std::string words(core::Point point) {
  return point == core::Point{} ? "start" : number(point.seq) + "@" + number(point.epoch);
}

std::string words(core::EventId id) {
  if (id.internal()) return "-";
  const std::string life = id.incarnation() == 0 ? "" : "~" + number(id.incarnation());
  return name_of(id.member()) + life + ":" + number(id.number);
}

std::string words(const core::Entry& entry) {
  const std::string what = entry.event->type == core::kRejected        ? "not " + words(entry.event->rejects)
                           : entry.event->type == core::kVotersChanged ? "voters" + names(entry.event->payload)
                           : entry.event->id.internal()                ? "begin"
                                                                       : words(entry.event->id);
  return words(entry.point()) + " " + what;
}

std::string words(const core::Message& message) {
  std::string out{name_of(message.type())};
  const std::string more = std::visit([](const auto& body) { return words_of(body); }, message.body);
  return more.empty() ? out : out + " " + more;
}

std::string words(const core::Persist& record) {
  return "writes " + std::visit([](const auto& change) { return words_of(change); }, record);
}

std::string words(const core::Record& fact) {
  switch (fact.kind) {
    case core::Kind::suspect:
      return "suspects " + name_of(fact.peer);
    case core::Kind::trust:
      return "hears " + name_of(fact.peer) + " again";
    case core::Kind::role:
      return "is " + std::string{name_of(fact.role)} + ", epoch " + number(fact.epoch);
    case core::Kind::leader:
      return leader_words(fact);
    case core::Kind::submit:
      return "accepts " + words(fact.id) +
             (fact.event->depends_on.empty() ? "" : " after " + list(fact.event->depends_on));
    case core::Kind::order:
      return "orders " + words(core::Point{fact.epoch, fact.seq}) + " " + words(fact.id);
    case core::Kind::commit:
      return "commits to " + number(fact.seq);
    case core::Kind::deliver:
      return "delivers " + words(core::Entry{fact.seq, fact.epoch, std::make_shared<core::Event>(*fact.event)});
    case core::Kind::ack:
      return "tells its client: " + words(fact.id) + " is at " + number(fact.seq);
    case core::Kind::reject:
      return "tells its client: " + words(fact.id) + " is rejected, " + fact.more->text;
    case core::Kind::violation:
      return "VIOLATION of " + fact.more->text + ": " + fact.more->detail;
    case core::Kind::snapshot:
      return "has the state at " + words(core::Point{fact.epoch, fact.seq});
    case core::Kind::leave:
      return "is asked to leave";
    case core::Kind::refused:
      return "refuses " + name_of(fact.peer) + ": " + fact.more->text;
    case core::Kind::crash:
      return fact.left ? "has left" : "stops";
    default:
      return std::string{name_of(fact.kind)};
  }
}

}  // namespace tests
