// What members say to each other. Each body lists its fields once, in fields(): sizes, hashes, printers and
// wire forms are made from that list.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "core/base/ids.hpp"
#include "core/base/member_set.hpp"
#include "core/event/event.hpp"
#include "core/group/memories.hpp"
#include "core/group/settings.hpp"
#include "core/message/type.hpp"

namespace core {

// Sent to all every heartbeat_interval, and at once when a node loses its leader.
struct Heartbeat {
  Member leader = kNobody;    // whom the sender trusts as leader
  Epoch epoch = 0;            // the epoch it follows
  std::uint64_t beat = 0;     // highest count of that epoch's leader it knows: proof of life, passed on by everyone
  std::uint64_t reached = 0;  // highest of these that came to it over links that work both ways
  Epoch promised = 0;         // highest epoch it knows to be promised by anybody
  Epoch gone = 0;             // highest epoch whose leader has stepped down
  MemberSet hears;            // whom the sender hears
  bool sees_quorum = false;
  bool abstains = false;  // it leaves, or has no memory: it will not lead, nor keep others from it
  Point last;             // the end of its log
  Seq commit = 0;
  std::uint64_t config = 0;  // of its settings: who has others does not belong here
  static void fields(auto& m, auto&& visit) {
    visit("leader", m.leader), visit("epoch", m.epoch), visit("beat", m.beat), visit("reached", m.reached),
        visit("promised", m.promised);
    visit("gone", m.gone), visit("hears", m.hears), visit("sees_quorum", m.sees_quorum);
    visit("abstains", m.abstains), visit("last", m.last), visit("commit", m.commit), visit("config", m.config);
  }
  friend bool operator==(const Heartbeat&, const Heartbeat&) = default;
};

// "I know no leader; you bully me: will you run?"
struct Election {
  static void fields(auto&, auto&&) {}
  friend bool operator==(const Election&, const Election&) = default;
};

// "I will run."
struct Answer {
  static void fields(auto&, auto&&) {}
  friend bool operator==(const Answer&, const Answer&) = default;
};

// "I want to lead this epoch."
struct Claim {
  Epoch epoch = 0;
  static void fields(auto& m, auto&& visit) { visit("epoch", m.epoch); }
  friend bool operator==(const Claim&, const Claim&) = default;
};

// "You have my vote for this epoch, and I obey no lower one; my log ends at `last`."
struct Promise {
  Epoch epoch = 0;
  Point last;
  Memories memories{};  // promises made before a loss of memory known to any promiser are void
  static void fields(auto& m, auto&& visit) {
    visit("epoch", m.epoch), visit("last", m.last), visit("memories", m.memories);
  }
  friend bool operator==(const Promise&, const Promise&) = default;
};

enum class Refusal : std::uint8_t { promised, trusts_leader, outranks };  // why a claim got no promise

struct Refuse {
  Epoch epoch = 0;  // of the claim
  Refusal why{};
  Epoch promised = 0;  // highest epoch the refuser knows to be promised
  static void fields(auto& m, auto&& visit) {
    visit("epoch", m.epoch), visit("why", m.why), visit("promised", m.promised);
  }
  friend bool operator==(const Refuse&, const Refuse&) = default;
};

// A claimant asks the best promiser for what follows `have`.
struct Fetch {
  Epoch epoch = 0;  // of the claim
  Point have;
  static void fields(auto& m, auto&& visit) { visit("epoch", m.epoch), visit("have", m.have); }
  friend bool operator==(const Fetch&, const Fetch&) = default;
};

// Log pieces for a claimant: entries that follow `previous` in the sender's log.
struct Entries {
  Epoch epoch = 0;  // of the claim
  Point previous;
  std::vector<Entry> entries;
  static void fields(auto& m, auto&& visit) {
    visit("epoch", m.epoch), visit("previous", m.previous), visit("entries", m.entries);
  }
  friend bool operator==(const Entries&, const Entries&) = default;
};

// "I lead this epoch."
struct Coordinator {
  Epoch epoch = 0;
  std::uint64_t beat = 0;
  static void fields(auto& m, auto&& visit) { visit("epoch", m.epoch), visit("beat", m.beat); }
  friend bool operator==(const Coordinator&, const Coordinator&) = default;
};

// Events of one origin on their way to the leader, with ascending numbers.
struct Submit {
  std::uint8_t hops = 0;  // relays passed so far
  std::vector<EventRef> events;
  static void fields(auto& m, auto&& visit) { visit("hops", m.hops), visit("events", m.events); }
  friend bool operator==(const Submit& a, const Submit& b);
};

// Log pieces for a follower, by the leader of the epoch or by a holder that answers a NACK.
struct Order {
  Epoch epoch = 0;
  Member leader = kNobody;  // of that epoch
  Point previous;
  std::vector<Entry> entries;
  Seq commit = 0;
  static void fields(auto& m, auto&& visit) {
    visit("epoch", m.epoch), visit("leader", m.leader), visit("previous", m.previous);
    visit("entries", m.entries), visit("commit", m.commit);
  }
  friend bool operator==(const Order&, const Order&) = default;
};

// "My log equals the leader's up to `matched`."
struct Ack {
  Epoch epoch = 0;
  Member voter = kNobody;  // whose log; the sender may be a relay
  std::uint8_t hops = 0;
  Seq matched = 0;
  static void fields(auto& m, auto&& visit) {
    visit("epoch", m.epoch), visit("voter", m.voter), visit("hops", m.hops), visit("matched", m.matched);
  }
  friend bool operator==(const Ack&, const Ack&) = default;
};

// "I lack what follows `have`, up to `until` (0: to the end), and of you have heard what you sent up to `heard`."
struct Nack {
  Epoch epoch = 0;
  Point have;
  Seq until = 0;
  Instant heard{};  // by the clock of who is asked
  static void fields(auto& m, auto&& visit) {
    visit("epoch", m.epoch), visit("have", m.have), visit("until", m.until), visit("heard", m.heard);
  }
  friend bool operator==(const Nack&, const Nack&) = default;
};

// The leader lacks these numbers of the origin it speaks to, though later ones have come.
struct Resubmit {
  Epoch epoch = 0;
  std::uint64_t origin = 0;  // as in EventId
  std::uint64_t first = 0, last = 0;
  static void fields(auto& m, auto&& visit) {
    visit("epoch", m.epoch), visit("origin", m.origin), visit("first", m.first), visit("last", m.last);
  }
  friend bool operator==(const Resubmit&, const Resubmit&) = default;
};

// A piece of the state at a place, for who lacks what the sender's log no longer has: a follower, in the epoch that
// both follow, or a claimant, in the epoch that it claims.
struct StateSync {
  Epoch epoch = 0;
  Point at;
  std::uint64_t total = 0;     // bytes of the whole
  std::uint64_t checksum = 0;  // of the whole
  std::uint64_t offset = 0;    // of this piece
  std::string piece;
  std::uint64_t piece_checksum = 0;
  static void fields(auto& m, auto&& visit) {
    visit("epoch", m.epoch), visit("at", m.at), visit("total", m.total), visit("checksum", m.checksum);
    visit("offset", m.offset), visit("piece", m.piece), visit("piece_checksum", m.piece_checksum);
  }
  friend bool operator==(const StateSync&, const StateSync&) = default;
};

// "Of the state at `at` I have the first `offset` bytes." Any holder of that state can go on.
struct StateWanted {
  Epoch epoch = 0;
  Point at;
  std::uint64_t offset = 0;
  static void fields(auto& m, auto&& visit) { visit("epoch", m.epoch), visit("at", m.at), visit("offset", m.offset); }
  friend bool operator==(const StateWanted&, const StateWanted&) = default;
};

// To the leader, by a learner that has caught up: "give me a vote".
struct Join {
  Epoch epoch = 0;
  static void fields(auto& m, auto&& visit) { visit("epoch", m.epoch); }
  friend bool operator==(const Join&, const Join&) = default;
};

// To the leader, by who leads nobody and has nothing undecided: "take my vote away"; and back: "you have none".
struct Leave {
  Epoch epoch = 0;
  static void fields(auto& m, auto&& visit) { visit("epoch", m.epoch); }
  friend bool operator==(const Leave&, const Leave&) = default;
};

// To all: "I have lost my memory; what may I have promised?"
struct Recover {
  std::uint64_t nonce = 0;
  std::uint64_t incarnation = 0;  // with which the sender's memory begins
  static void fields(auto& m, auto&& visit) { visit("nonce", m.nonce), visit("incarnation", m.incarnation); }
  friend bool operator==(const Recover&, const Recover&) = default;
};

struct Recovery {
  std::uint64_t nonce = 0;  // of the question
  Epoch promised = 0;       // highest epoch that the sender has promised
  Epoch epoch = 0;          // that it leads; 0: none
  std::uint64_t beat = 0;   // of that epoch
  Point last;               // the end of its log
  MemberSet voters;         // by its log
  Memories memories;
  static void fields(auto& m, auto&& visit) {
    visit("nonce", m.nonce), visit("promised", m.promised), visit("epoch", m.epoch), visit("beat", m.beat);
    visit("last", m.last), visit("voters", m.voters), visit("memories", m.memories);
  }
  friend bool operator==(const Recovery&, const Recovery&) = default;
};

// To who has been heard with other settings: these are mine.
struct SettingsTold {
  Settings settings;
  static void fields(auto& m, auto&& visit) { visit("settings", m.settings); }
  friend bool operator==(const SettingsTold&, const SettingsTold&) = default;
};

// In the order of MessageType.
using Body =
    std::variant<Heartbeat, Election, Answer, Claim, Promise, Refuse, Fetch, Entries, Coordinator, Submit, Order, Ack,
                 Nack, Resubmit, StateSync, StateWanted, Join, Leave, Recover, Recovery, SettingsTold>;

struct Message {
  Member from = kNobody;
  Body body;
  Instant sent{};            // by the sender's clock, in the header: what a later heartbeat has overtaken is no news
  std::uint64_t number = 0;  // in the header: which of the sender's it is; the simulator has other names

  [[nodiscard]] MessageType type() const { return static_cast<MessageType>(body.index()); }
  friend bool operator==(const Message&, const Message&) = default;
};

// Bytes on the wire in the compact form, header included; what bandwidth is charged for.
std::size_t size_of(const Message& message);

}  // namespace core
