#include "net/discovery/roster.hpp"

#include <algorithm>

#include "net/discovery/json_fields.hpp"

namespace net {

std::optional<Resident> admitted_by(const core::Event& event) {
  if (event.id.internal() || event.type != kMemberAdmitted) return std::nullopt;
  try {
    return resident_in(Json::parse(event.payload, nullptr, false));
  } catch (const BadValue&) {
    return std::nullopt;
  }
}

Roster::Roster(Charter charter) : charter_{std::move(charter)} {
  for (const Identity& who : charter_.founders) residents_.push_back({who, {}});
}

core::Member Roster::place_of(core::Id128 id) const {
  for (std::size_t i = 0; i < residents_.size(); ++i)
    if (residents_[i].who.id == id) return static_cast<core::Member>(i);
  return core::kNobody;
}

bool Roster::admit(const Resident& resident) {
  if (place_of(resident.who.id) != core::kNobody) return learn(resident);
  if (full()) return false;
  residents_.push_back(resident);
  return true;
}

bool Roster::deliver(core::Seq seq, const Resident* admitted) {
  if (seq <= as_of_) return false;  // it comes again after a restart
  seen_ = std::max(seen_, seq);
  if (complete()) {
    as_of_ = seq;
    return admitted != nullptr && admit(*admitted);
  }
  if (admitted != nullptr) later_.emplace_back(seq, *admitted);
  return false;
}

bool Roster::learn(const Resident& resident) {
  const core::Member place = place_of(resident.who.id);
  if (place == core::kNobody || resident.at.host.empty() || resident.at.boot < residents_[place].at.boot) return false;
  if (residents_[place].at == resident.at) return false;
  residents_[place].at = resident.at;
  return true;
}

// Addresses are not part of the order: the newest that its owner has told is the best.
bool Roster::adopt(const Roster& told) {
  if (told.charter_ != charter_) return false;
  bool fresh = false;
  if (told.as_of_ > as_of_ && told.as_of_ >= jumped_) {
    for (std::size_t i = residents_.size(); i < told.residents_.size(); ++i) fresh |= admit(told.residents_[i]);
    as_of_ = told.as_of_;
    for (const auto& [seq, resident] : later_)
      if (seq > as_of_) fresh |= admit(resident);
    later_.clear();
    as_of_ = std::max(as_of_, seen_);
  }
  for (const Resident& resident : told.residents_) fresh |= learn(resident);
  return fresh;
}

Json Roster::json() const {
  Json residents = Json::array();
  for (const Resident& resident : residents_) residents.push_back(to_json(resident));
  return {{"charter", to_json(charter_)}, {"as_of", as_of_}, {"residents", residents}};
}

Roster Roster::from(const Json& json) {
  Roster roster;
  roster.charter_ = charter_in(field_at(json, "charter"));
  roster.as_of_ = number_at(json, "as_of");
  for (const Json& one : list_at(json, "residents", roster.charter_.places)) {
    roster.residents_.push_back(resident_in(one));
    if (roster.place_of(roster.residents_.back().who.id) != roster.residents_.size() - 1)
      throw BadValue("`residents` names one twice");
  }
  const auto& founders = roster.charter_.founders;
  const bool begun = roster.residents_.size() >= founders.size() &&
                     std::equal(founders.begin(), founders.end(), roster.residents_.begin(),
                                [](const Identity& who, const Resident& resident) { return resident.who == who; });
  if (!begun) throw BadValue("`residents` do not begin with the founders");
  return roster;
}

}  // namespace net
