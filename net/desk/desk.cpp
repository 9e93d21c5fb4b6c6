#include "net/desk/desk.hpp"

#include <utility>

#include "net/discovery/json_fields.hpp"
#include "net/discovery/roster.hpp"

namespace net {
namespace {

constexpr std::size_t kLongestPayload = 1 << 20, kMostCauses = 1'000;

bool said_by_members(const std::string& type) {
  for (std::size_t i = 0; i < core::kMessageTypes; ++i)
    if (core::name_of(static_cast<core::MessageType>(i)) == type) return true;
  return false;
}

Json error(const std::string& reason) {
  return {{"type", "ERROR"}, {"reason", reason}};
}

}  // namespace

bool Desk::hear(std::string_view line, const std::shared_ptr<Caller>& caller) {
  const Json call = Json::parse(line, nullptr, false);
  if (!call.is_object() || !call.contains("type") || !call["type"].is_string()) return false;
  const auto type = call["type"].get<std::string>();
  if (said_by_members(type)) return false;
  Json said;
  try {
    if (call.contains("group") && call["group"] != office_.group())
      throw BadValue("is for another group; this node is of group " + office_.group());
    if (type == "SIGHTING") return caller->answer(office_.meet(call)), true;
    said = answer(type, call, caller);
  } catch (const BadValue& bad) {
    said = error(std::string("the line ") + bad.what());
  }
  if (said.is_null()) return true;  // later
  if (call.contains("request") && !said.contains("request")) said["request"] = call["request"];
  caller->answer(said.dump(-1, ' ', false, Json::error_handler_t::replace));
  return true;
}

Json Desk::answer(const std::string& type, const Json& call, const std::shared_ptr<Caller>& caller) {
  if (type == "STATUS") return office_.status();
  if (type != "SUBMIT_EVENT" && type != "ADMIT")
    return error("type " + type + " is unknown; known: STATUS, SUBMIT_EVENT, ADMIT, SIGHTING");
  if (const std::string why = office_.closed(); !why.empty()) {
    Json said = error(why);
    said["closed"] = true;
    return said;
  }
  if (type == "SUBMIT_EVENT") return submit(call, caller);
  const std::string why = office_.admit(resident_in(field_at(call, "node")));
  return why.empty() ? Json{{"type", "ADMITTING"}} : error(why);
}

core::Submission Desk::read(const Json& event, const std::shared_ptr<Caller>& caller) {
  const JsonReader reader(office_.config());
  core::Submission read{{}, "message", ""};
  reader.get(event, "payload", read.payload);
  if (read.payload.size() > kLongestPayload)
    throw BadValue("has a `payload` of more than " + std::to_string(kLongestPayload) + " bytes");
  if (event.contains("type")) read.type = text_at(event, "type");
  if (read.type == kMemberAdmitted) throw BadValue("has the `type` " + read.type + ", which is the group's own");
  if (event.contains("depends_on"))
    for (const Json& one : list_at(event, "depends_on", kMostCauses)) reader.get(one, read.depends_on.emplace_back());
  const bool chain = event.contains("chain") && truth_at(event, "chain");
  if (const auto last = last_.find(caller); chain && last != last_.end()) read.depends_on.push_back(last->second);
  return read;
}

Json Desk::submit(const Json& call, const std::shared_ptr<Caller>& caller) {
  const core::Submission event = read(field_at(call, "event"), caller);
  const core::EventId id = office_.submit(event);
  if (id.number == 0)
    return {{"type", "REJECT"}, {"event", nullptr}, {"reason", office_.retiring() ? "stopping" : "overloaded"}};
  if (!last_.contains(caller)) std::erase_if(last_, [](const auto& one) { return one.first.expired(); });
  last_.insert_or_assign(caller, id);
  waiting_.emplace(id, Waiting{caller, call.value("request", Json())});
  return {};
}

void Desk::on(const core::Record& fact) {
  if (fact.kind == core::Kind::ack) answer_waiting(fact.id, "ACK", {{"seq", fact.seq}});
  if (fact.kind == core::Kind::reject) answer_waiting(fact.id, "REJECT", {{"reason", fact.more->text}});
  if (fact.kind != core::Kind::snapshot) return;
  for (const auto& [id, waiting] : waiting_)
    if (office_.decided(id)) covered_.push_back(id);
}

void Desk::answer_covered() {
  for (const core::EventId id : std::exchange(covered_, {})) answer_waiting(id, "ACK", {{"seq", nullptr}});
}

// Nothing if nobody waits for it, or nobody any more.
void Desk::answer_waiting(core::EventId id, const char* type, const Json& outcome) {
  const auto found = waiting_.find(id);
  if (found == waiting_.end()) return;
  const Waiting waiting = std::move(found->second);
  waiting_.erase(found);
  const auto caller = waiting.caller.lock();
  if (caller == nullptr) return;
  Json said{{"type", type}, {"request", waiting.request}, {"event", core::name_of(office_.config(), id)}};
  said.update(outcome);
  caller->answer(said.dump(-1, ' ', false, Json::error_handler_t::replace));
}

}  // namespace net
