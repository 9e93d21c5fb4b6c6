// The parts of a node's state, each a plain value with the rules that need nothing else.
#pragma once

#include <array>
#include <map>

#include "core/detect/presence.hpp"
#include "core/node/timer.hpp"
#include "core/order/catch_up.hpp"
#include "core/order/causal_buffer.hpp"
#include "core/order/replication.hpp"

namespace core {

// What a peer's last heartbeat said, and until when it was heard.
struct PeerView {
  Member leader = kNobody;
  bool sees_quorum = false;
  bool abstains = false;
  Instant sent{};   // by its clock; from before all others: none has come since it was suspected last
  Instant heard{};  // by its clock: when it sent the newest of all that has come from it
  static void fields(auto& m, auto&& visit) {
    visit("leader", m.leader), visit("sees_quorum", m.sees_quorum), visit("abstains", m.abstains);
    visit("sent", m.sent), visit("heard", m.heard);
  }
};

// The NACK of a peer's that was answered last. Links keep order, so the answer is on its way, not lost, until something
// that was sent after it has arrived.
struct Replied {
  Point have;
  Seq until = 0;
  Instant at;
  static void fields(auto& m, auto&& visit) { visit("have", m.have), visit("until", m.until), visit("at", m.at); }
};

// The leader followed, oneself included. It is trusted while the highest beat known keeps growing, whoever
// passes it on: one bad link deposes nobody, and a leader that is merely alive is not thereby trusted.
struct Following {
  Member leader = kNobody;
  Epoch epoch = 0;
  std::uint64_t beat = 0;     // highest of that epoch known
  std::uint64_t reached = 0;  // highest that came over links that work both ways
  Member upstream = kNobody;  // who told that first: the next hop to the leader
  bool trusted = false;
  std::uint64_t regain = 0;  // when given up: the least beat that wins trust back, if others pass it on
  Instant grown;             // when the beat last grew
  Arrivals beats;            // gaps between growths
  Instant not_before;        // trust does not run out before this: the node was asleep itself

  static void fields(auto& m, auto&& visit) {
    visit("leader", m.leader), visit("epoch", m.epoch), visit("beat", m.beat), visit("reached", m.reached),
        visit("upstream", m.upstream), visit("trusted", m.trusted), visit("regain", m.regain);
    visit("grown", m.grown), visit("beats", m.beats), visit("not_before", m.not_before);
  }
};

// A round of the Bully election and what limits it (Garcia-Molina: "Elections in a distributed computing
// system", IEEE ToC 1982, fenced by a quorum).
struct Round {
  MemberSet asked;           // this round
  MemberSet answered;        // of these
  MemberSet broke_word;      // answered an earlier round and then led nobody
  Instant next_round;        // not before this
  bool lost_leader = false;  // this node itself has seen its leader fail: no need to ask what others think

  static void fields(auto& m, auto&& visit) {
    visit("asked", m.asked), visit("answered", m.answered), visit("broke_word", m.broke_word),
        visit("next_round", m.next_round);
    visit("lost_leader", m.lost_leader);
  }
};

// A promise given to a claimant.
struct Promised {
  Point last;                // where the promiser's log ends
  std::uint64_t memory = 0;  // the incarnation in which its memory begins: void if it has lost it since
  static void fields(auto& m, auto&& visit) { visit("last", m.last), visit("memory", m.memory); }
};

// A claim to lead the epoch promised to oneself.
struct Claiming {
  std::map<Member, Promised> promises;
  MemberSet refused;
  MemberSet trusting;       // refused only because they trust a leader: asked again, once, when they say otherwise
  Member source = kNobody;  // whose log is fetched; kNobody: still gathering promises
  Point best;               // the end of that log
  Point asked;              // where the last FETCH went on from
  Backoff repeat;           // of CLAIM and FETCH; long round trips keep it long

  static void fields(auto& m, auto&& visit) {
    visit("promises", m.promises), visit("refused", m.refused), visit("trusting", m.trusting);
    visit("source", m.source), visit("best", m.best), visit("asked", m.asked), visit("repeat", m.repeat);
  }
};

// A node without memory, on its way back: first a quorum of answers, then the log of the leader among them.
struct Recovering {
  std::uint64_t nonce = 0;
  std::map<Member, Recovery> answers;
  Epoch epoch = 0;  // of the leader from whom it takes its log; 0: still asking
  Seq wanted = 0;   // it has recovered when its log is the leader's up to here

  static void fields(auto& m, auto&& visit) {
    visit("nonce", m.nonce), visit("answers", m.answers), visit("epoch", m.epoch), visit("wanted", m.wanted);
  }
};

// What only a leader has.
struct Leading {
  CausalBuffer buffer;
  Replication replication;
  std::map<std::uint64_t, std::pair<std::uint64_t, Instant>>
      asked{};                    // origin -> first number asked for again, and when
  std::uint64_t own_entries = 0;  // entries made by the group itself in this epoch
  Instant since;
  Seq held = 0;   // what a quorum was known to hold
  Instant moved;  // when that last grew, or something uncommitted came to be

  static void fields(auto& m, auto&& visit) {
    visit("buffer", m.buffer), visit("replication", m.replication), visit("asked", m.asked),
        visit("own_entries", m.own_entries);
    visit("since", m.since), visit("held", m.held), visit("moved", m.moved);
  }
};

// When a returning higher node may take leadership from a live lower one.
struct Restraint {
  Duration wait;                            // how long it must have seen a quorum; durable
  Instant quorum_since = Instant::never();  // never: sees none now
  Instant not_before;                       // after a step-down for want of progress
  static void fields(auto& m, auto&& visit) {
    visit("wait", m.wait), visit("quorum_since", m.quorum_since), visit("not_before", m.not_before);
  }
};

}  // namespace core
