// How a group comes to be, once: a pure state machine that hears sightings and may change what the node remembers.
//   - Who has signed nothing, hears as many nodes as are expected, itself included, none of which has signed, and has
//     the lowest id of them: signs the list of the lowest so many: the charter.
//   - Who has signed nothing and hears of a charter that names it: signs that.
//   - When all founders of its charter are known to have signed it, the group is founded.
// A node signs one charter in its life, so of two charters that share a founder one at most is ever founded.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "net/discovery/sighting.hpp"

namespace net {

// What it must not forget: to be safe on the disk before anything is told of it.
struct Membership {
  std::optional<Charter> charter;  // what it has signed, or of the group that it joins
  bool founded = false;
  bool forgotten = false;  // it had signed, and does not remember: it is one of the founders and has lost its memory
};

class Founding {
 public:
  struct Terms {
    std::string group;
    std::size_t expect = 0;  // founders; 0: it only joins what others found
    std::size_t places = 16;
    core::Duration fresh = core::Duration::s(6);    // who was not heard for so long is away
    core::Duration calm = core::Duration::ms(300);  // nobody new has come for so long before a charter is proposed
  };

  Founding(Terms terms, Resident self, Membership memory);

  // Both return true when the membership has changed. A sighting of another group changes nothing. wake() is to be
  // called now and then; `now`: any clock that does not go back.
  bool hear(core::Instant now, const Sighting& sighting);
  bool wake(core::Instant now);

  [[nodiscard]] const Membership& membership() const { return memory_; }
  // What keeps the group from being founded, or the node from it, in words; empty: nothing that waiting would not mend.
  [[nodiscard]] const std::string& trouble() const { return trouble_; }
  // "heard 2 of 3: n1 and n3".
  [[nodiscard]] std::string progress(core::Instant now) const;

 private:
  struct Heard {
    Identity who;
    std::size_t expect = 0;
    std::optional<Charter> charter;
    core::Instant at;
  };

  void note(core::Instant now, const Sighting& sighting);
  bool hear_founded(const Charter& charter);
  bool sign(const Charter& charter);
  bool settle();
  bool propose(core::Instant now);
  void watch_expectations(core::Instant now);
  [[nodiscard]] std::vector<Identity> present(core::Instant now) const;

  Terms terms_;
  Resident self_;
  Membership memory_;
  std::map<core::Id128, Heard> heard_;  // of the others
  core::Instant grown_{};               // when somebody was first heard, last
  std::string trouble_;
};

}  // namespace net
