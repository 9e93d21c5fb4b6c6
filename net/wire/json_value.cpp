#include "net/wire/json_value.hpp"

namespace net {

Json JsonWriter::of(core::Member member) const {
  return member == core::kNobody ? Json() : Json(core::name_of(config_, member));
}

Json JsonWriter::of(core::EventId id) const {
  return id == core::EventId{} ? Json() : Json(core::name_of(config_, id));
}

Json JsonWriter::of(const std::string& bytes) const {
  if (!raw_) return bytes;
  Json list = Json::array();
  for (const char byte : bytes) list.push_back(static_cast<unsigned char>(byte));
  return list;
}

Json JsonWriter::of(const core::MemberSet& set) const {
  Json list = Json::array();
  for (std::size_t i = 0; i < config_.size(); ++i)
    if (set.has(static_cast<core::Member>(i))) list.push_back(config_.members[i].name);
  return list;
}

Json JsonWriter::of(const core::Memories& memories) const {
  Json object = Json::object();
  for (const auto& [member, incarnation] : memories) object[core::name_of(config_, member)] = incarnation;
  return object;
}

Json JsonWriter::of(const core::Settings& settings) const {
  Json object = Json::object();
  for (const auto& [key, value] : settings) object[key] = value;
  return object;
}

std::uint64_t JsonReader::number(const Json& json, std::uint64_t most) {
  if (!json.is_number_unsigned()) throw BadValue("is no whole number from 0");
  const auto number = json.get<std::uint64_t>();
  if (number > most) throw BadValue("is more than " + std::to_string(most));
  return number;
}

void JsonReader::get(const Json& json, core::Member& member) const {
  member = core::kNobody;
  if (json.is_null()) return;
  const auto named = json.is_string() ? core::member_named(config_, json.get_ref<const std::string&>()) : std::nullopt;
  if (!named) throw BadValue("names no member");
  member = *named;
}

void JsonReader::get(const Json& json, core::Instant& time) const {
  time.ns = static_cast<std::int64_t>(number(json, INT64_MAX));
}

void JsonReader::get(const Json& json, core::Point& point) const {
  if (!json.is_array() || json.size() != 2) throw BadValue("is no [epoch, seq]");
  point = {number(json[0], UINT64_MAX), number(json[1], UINT64_MAX)};
}

void JsonReader::get(const Json& json, core::EventId& id) const {
  id = {};
  if (json.is_null()) return;
  const auto named = json.is_string() ? core::event_named(config_, json.get_ref<const std::string&>()) : std::nullopt;
  if (!named) throw BadValue("names no event of a member");
  id = *named;
}

void JsonReader::get(const Json& json, std::string& bytes) const {
  bytes.clear();
  if (json.is_string()) {
    bytes = json.get_ref<const std::string&>();
    return;
  }
  if (!json.is_array()) throw BadValue("is neither text nor a list of bytes");
  for (const Json& byte : json) bytes += static_cast<char>(number(byte, 255));
}

void JsonReader::get(const Json& json, core::MemberSet& set) const {
  if (!json.is_array()) throw BadValue("is no list of members");
  set = core::MemberSet{config_.size()};
  for (const Json& one : json) {
    core::Member member = core::kNobody;
    get(one, member);
    if (member == core::kNobody) throw BadValue("names no member");
    set.insert(member);
  }
}

void JsonReader::get(const Json& json, core::Memories& memories) const {
  if (!json.is_object()) throw BadValue("is no object");
  for (const auto& [name, incarnation] : json.items()) {
    const auto member = core::member_named(config_, name);
    if (!member) throw BadValue("names no member: " + name);
    memories[*member] = number(incarnation, UINT64_MAX);
  }
}

void JsonReader::get(const Json& json, core::Settings& settings) const {
  if (!json.is_object()) throw BadValue("is no object");
  for (const auto& [key, value] : json.items()) {
    if (!value.is_string()) throw BadValue("`" + key + "` is no text");
    settings.emplace_back(key, value.get<std::string>());
  }
}

void JsonReader::get(const Json& json, core::EventRef& event) const {
  auto made = std::make_shared<core::Event>();
  get(json, *made);
  event = std::move(made);
}

}  // namespace net
