// Who has which place in a founded group, and where it is to be found. Newcomers get theirs by ordered events of type
// `member_admitted`, so every process that has seen the order up to the same place has the same roster. Who has not
// seen all of it, because a snapshot stood for a part, takes the roster of one who has.
#pragma once

#include <algorithm>
#include <optional>
#include <utility>

#include "core/event/event.hpp"
#include "net/discovery/resident.hpp"

namespace net {

constexpr std::string_view kMemberAdmitted = "member_admitted";  // an event's type; its payload is JSON of a resident

// Who is admitted by this event; nothing: nobody.
std::optional<Resident> admitted_by(const core::Event& event);

class Roster {
 public:
  Roster() = default;
  explicit Roster(Charter charter);

  // An event was delivered: `admitted` if it admits somebody, else null. True: somebody has a new place or address.
  bool deliver(core::Seq seq, const Resident* admitted);
  // A snapshot stands for everything up to `seq`; somebody in it may have been missed.
  void jump(core::Seq seq) { jumped_ = std::max(jumped_, seq); }
  // What another one of the group has, who knows that it is complete. True: something is new.
  bool adopt(const Roster& told);
  // What one that has a place says of itself. True: that was new.
  bool learn(const Resident& resident);

  [[nodiscard]] const Charter& charter() const { return charter_; }
  // By place; the host is empty while it is not known, and all beyond are free.
  [[nodiscard]] const std::vector<Resident>& residents() const { return residents_; }
  [[nodiscard]] core::Member place_of(core::Id128 id) const;  // kNobody: it has none
  [[nodiscard]] bool full() const { return residents_.size() >= charter_.places; }
  // It knows of all who were admitted up to here.
  [[nodiscard]] core::Seq as_of() const { return as_of_; }
  [[nodiscard]] bool complete() const { return as_of_ >= jumped_; }

  [[nodiscard]] Json json() const;
  static Roster from(const Json& json);  // throws BadValue

 private:
  bool admit(const Resident& resident);

  Charter charter_;
  std::vector<Resident> residents_;
  core::Seq as_of_ = 0, jumped_ = 0;
  std::vector<std::pair<core::Seq, Resident>> later_;  // admitted after what was missed
  core::Seq seen_ = 0;                                 // delivered, whatever was missed before
};

}  // namespace net
