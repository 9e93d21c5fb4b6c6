// One member of the group: the whole protocol as a value that is given inputs and appends effects. The same
// state, `now` and input always append the same effects. It reads no clock, does no I/O and is copied like an int.
//
// Bully chooses, a quorum decides: the highest live (rank, id) leads, but only with promises of a quorum, and only
// after it has fetched the best log among them. Its rules are in node_*.cpp, one file per part of the protocol.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <utility>

#include "core/base/digest.hpp"
#include "core/base/rng.hpp"
#include "core/city/city.hpp"
#include "core/group/config.hpp"
#include "core/group/voters.hpp"
#include "core/node/effects.hpp"
#include "core/node/state.hpp"
#include "core/node/submission.hpp"
#include "core/order/incoming.hpp"
#include "core/order/outbox.hpp"

namespace core {

class Node {
 public:
  // REQUIRES: config outlives the node. `durable` is what survived: empty on the first start, Durable::forgotten()
  // when there should be more and there is not.
  Node(const Config& config, Member self, Durable durable, Rng rng);

  // Inputs. `now` is the node's own monotonic time and never goes back within an incarnation.
  void start(Instant now, Effects& out);  // once, first
  void receive(Instant now, const Message& message, Effects& out);
  void link_down(Instant now, Member peer, Effects& out);  // the connection to `peer` broke or was refused
  void wake(Instant now, Effects& out);                    // fires every timer that is due
  // For those who explore what may happen, whatever the time: as if this timer alone had come due.
  void expire(Instant now, Timer timer, Effects& out);
  // Accepts the event and returns its id, or appends a `reject` fact ("overloaded") and returns a null id (number 0).
  EventId submit(Instant now, const Submission& submission, Effects& out);
  // A lamp that hangs here has spoken: asked by a LampOrder, or of itself.
  void lamp(Instant now, const LampReport& report, Effects& out);

  // To leave the group: it hands over what it leads, sees its own events decided, has its vote taken away and stops
  // by itself (a `crash` fact that says `left`). Until then it works on, but for new submissions.
  void leave(Instant now, Effects& out);
  // To stop soon without leaving: it hands over what it leads, if anybody else can lead, and takes no new submissions.
  void retire(Instant now, Effects& out);

  // A message of `from` is the next to come. Changes nothing: only the memory that it will need is fetched.
  void expect(Member from) const { presence_.expect(from); }

  // When wake() has something to do; earlier calls are harmless.
  [[nodiscard]] Instant next_wake() const;
  [[nodiscard]] Instant due(Timer timer) const { return timers_[static_cast<std::size_t>(timer)]; }

  // The highest epoch that it has promised or joined.
  [[nodiscard]] Epoch epoch() const { return promised_; }
  [[nodiscard]] Role role() const { return role_; }
  // Whom it trusts as leader, itself included, or kNobody.
  [[nodiscard]] Member leader() const { return following_.trusted ? following_.leader : kNobody; }
  [[nodiscard]] const Log& log() const { return log_; }
  [[nodiscard]] Seq commit() const { return commit_; }
  // Own events that the group has not decided yet.
  [[nodiscard]] const Outbox& outbox() const { return outbox_; }
  [[nodiscard]] bool suspects(Member peer) const { return presence_.suspects(peer); }
  [[nodiscard]] const MemberSet& voters() const { return voters_.now(); }
  [[nodiscard]] Seq delivered() const { return delivered_; }
  [[nodiscard]] bool hears(Member peer) const { return presence_.hears(peer); }
  // For display: how surprising the peer's silence is, and how many events this leader holds back.
  [[nodiscard]] double phi_of(Member peer, Instant now) const;
  [[nodiscard]] std::size_t held_back() const { return leading_ ? leading_->buffer.held() : 0; }

  // The applications, as of what it has delivered; null: the group has none.
  [[nodiscard]] const CityState* city() const { return city_ ? &city_->state() : nullptr; }

  // What it would tell the others now.
  [[nodiscard]] Heartbeat heartbeat() const;

  // Over the whole state; equal states, equal digest.
  [[nodiscard]] Digest digest() const;
  friend bool operator==(const Node& a, const Node& b) { return a.digest() == b.digest(); }

  static void fields(auto& m, auto&& visit) {
    visit("self", m.self_), visit("rng", m.rng_), visit("promised", m.promised_), visit("promised_to", m.promised_to_);
    visit("log", m.log_), visit("outbox", m.outbox_), visit("presence", m.presence_), visit("peers", m.peers_);
    visit("replied", m.replied_);
    visit("role", m.role_), visit("following", m.following_), visit("known", m.known_), visit("gone", m.gone_);
    visit("round", m.round_), visit("claiming", m.claiming_), visit("leading", m.leading_);
    visit("catch_up", m.catch_up_), visit("way", m.way_), visit("restraint", m.restraint_), visit("commit", m.commit_);
    visit("delivered", m.delivered_), visit("decided", m.decided_), visit("timers", m.timers_);
    visit("halted", m.halted_), visit("voters", m.voters_), visit("memories", m.memories_);
    visit("recovering", m.recovering_), visit("leaving", m.leaving_), visit("retiring", m.retiring_),
        visit("joining", m.joining_), visit("incoming", m.incoming_);
    visit("strangers", m.strangers_), visit("told", m.told_), visit("city", m.city_);
  }

 private:
  // What every rule is given: when it is, and where to put what it wants done.
  struct Step {
    Instant now;
    Effects& out;
  };

  // node.cpp: inputs, timers, traces
  void on(Step s, Member from, const Heartbeat& m);
  void on(Step s, Member from, const Election& m);
  void on(Step s, Member from, const Answer& m);
  void on(Step s, Member from, const Claim& m);
  void on(Step s, Member from, const Promise& m);
  void on(Step s, Member from, const Refuse& m);
  void on(Step s, Member from, const Fetch& m);
  void on(Step s, Member from, const Entries& m);
  void on(Step s, Member from, const Coordinator& m);
  void on(Step s, Member from, const Submit& m);
  void on(Step s, Member from, const Order& m);
  void on(Step s, Member from, const Ack& m);
  void on(Step s, Member from, const Nack& m);
  void on(Step s, Member from, const Resubmit& m);
  void on(Step s, Member from, const StateSync& m);
  void on(Step s, Member from, const StateWanted& m);
  void on(Step s, Member from, const Join& m);
  void on(Step s, Member from, const Leave& m);
  void on(Step s, Member from, const Recover& m);
  void on(Step s, Member from, const Recovery& m);
  void on(Step s, Member from, const SettingsTold& m);
  void fire(Step s, Timer timer);
  void set(Timer timer, Instant due) { timers_[static_cast<std::size_t>(timer)] = due; }
  void stop(Timer timer) { set(timer, Instant::never()); }
  void send(Step s, Member to, Body body) const {
    s.out.send(to, {.from = self_, .body = std::move(body), .sent = s.now});
  }
  void send_all(Step s, Body body) const;
  void become(Step s, Role role);
  void rest(Step s) { become(s, recovering_ ? Role::recovering : voters_.has(self_) ? Role::follower : Role::learner); }
  void note_leader(Step s);
  void halt(Step s, std::string invariant, std::string detail);

  // node_presence.cpp: who is there, whom to trust
  void beat(Step s);
  void hear(Step s, Member from, bool heartbeat);
  [[nodiscard]] bool overtaken(const Message& message);
  void suspect(Step s, Member peer, Duration silence);
  [[nodiscard]] double surprise(Member peer, Duration silence) const;
  void consider(Step s, Member leader, Epoch epoch, std::uint64_t beat, bool direct);
  void follow(Step s, Member leader, Epoch epoch, std::uint64_t beat);
  void trust(Step s);
  void watch_quorum(Step s);
  void lose_leader(Step s);
  [[nodiscard]] Instant trust_ends() const;
  [[nodiscard]] bool sees_quorum() const { return presence_.two_way_count(voters_.now()) >= quorum_size(); }
  [[nodiscard]] bool stranger(Step s, Member from, const Message& message);
  [[nodiscard]] Duration nominal_bound() const;

  // node_election.cpp: ELECTION, ANSWER, and when to want to lead
  void seek(Step s, Instant at);
  void candidacy(Step s);
  void draw_next_round(Step s);
  void start_round(Step s);
  void end_round(Step s);
  void watch_answerers(Step s);
  void consider_takeover(Step s);
  [[nodiscard]] bool may_run() const { return voters_.has(self_) && !recovering_ && (!retiring_ || nobody_stays()); }
  [[nodiscard]] bool bullies(Member peer) const;
  void restrain(Step s, Duration wait);
  [[nodiscard]] bool quorum_reports_no_leader() const;

  // node_claim.cpp: CLAIM, PROMISE, REFUSE, FETCH, ENTRIES
  void claim(Step s);
  void promise(Step s, Epoch epoch, Member to);
  [[nodiscard]] std::size_t may_still_promise() const;
  [[nodiscard]] bool holds_promise(Member peer) const;
  void fetch(Step s);
  void fetch_after(Step s, Point have);
  void ask_again(Step s, Member refuser);
  void repeat_claim(Step s);
  void count_promises(Step s);
  void give_up_claim(Step s);

  // node_leader.cpp: leading and putting in order
  void lead(Step s);
  void step_down(Step s);
  void order(Step s, const std::vector<CausalBuffer::Verdict>& verdicts);
  void expire_held(Step s);
  [[nodiscard]] EventRef own_entry(std::string_view type, std::string payload, EventId rejects);
  void append(Step s, const std::vector<EventRef>& events);
  void replicate(Step s);
  void repeat_to_silent(Step s);
  void repair(Step s, Member to, Seq after, Seq until, Seq mine) const;
  void commit_held(Step s);
  void tell_commit(Step s, Member to) const;
  [[nodiscard]] bool answer_now(Step s, Member from, const Nack& m);
  void check_progress(Step s);

  // node_members.cpp: who votes, and how that changes
  [[nodiscard]] std::size_t quorum_size() const { return config_->quorum_of(voters_.count()); }
  void write(Step s, const std::vector<Entry>& entries);
  void note_voters(const std::vector<Entry>& entries);
  [[nodiscard]] bool may_change_voters() const;
  void change_voters(Step s, MemberSet voters);
  void ask_for_change(Step s);
  void hand_over(Step s);
  [[nodiscard]] bool has_left() const;
  [[nodiscard]] bool nobody_stays() const;
  void stop_having_left(Step s);

  // node_state.cpp: snapshots, and the transfer of the state to who lacks what the log has dropped
  [[nodiscard]] bool snapshot_due() const;
  void take_snapshot(Step s);
  void send_state(Step s, Member to, Epoch epoch, std::uint64_t offset) const;
  bool take_piece(Step s, Member from, const StateSync& m);
  void install(Step s, Snapshot state, CityState city);
  void settle_covered(Step s);

  // node_city.cpp: the applications
  void apply_to_city(Step s, const Event& event);
  void tend_city(Step s);

  // node_recovery.cpp: amnesia
  void ask_for_memory(Step s);
  void ask_all(Step s);
  void learn(Step s, const Memories& memories);
  void adopt_answers(Step s);
  void check_recovered(Step s);

  // node_follower.cpp: taking the order, catching up, delivering
  bool take(Step s, const std::vector<Entry>& entries);
  void take_order(Step s, const Order& m);
  void match(Step s, Seq seq);
  void told_commit(Step s, Seq told);
  void deliver(Step s);
  void learn_from(Step s, Member from, const Heartbeat& m);
  void ask_missing(Step s, Member whom, Point have);
  void ask_again_for_missing(Step s);
  void ask(Step s, Member whom, Point have);
  void acknowledge(Step s);

  // node_origin.cpp: own events on their way, and relaying for those who cannot reach the leader
  void push_out(Step s);
  void repeat_own(Step s);
  void watch_way(Step s);
  void ask_for_gap(Step s, EventId newest);
  void decide_own(Step s, const Event& event, Seq seq);
  [[nodiscard]] Member way_to_leader() const;
  [[nodiscard]] std::uint64_t origin() const { return EventId::of(self_, 0, begins(memories_, self_)).origin; }

  const Config* config_;
  Member self_;
  Rng rng_;

  Epoch promised_;      // durable: no lower epoch is obeyed
  Member promised_to_;  // durable: who has this node's vote in it
  Log log_;             // durable
  Outbox outbox_;       // durable
  Restraint restraint_;
  SnapshotRef snapshot_;  // durable; a function of the order
  Voters voters_;         // by the snapshot and the log
  Memories memories_;     // durable
  std::optional<Recovering> recovering_;
  bool leaving_ = false;
  bool retiring_ = false;  // it is to stop, having left or not
  bool joining_ = false;   // it has asked for a vote and not heard that it has none

  Presence presence_;
  std::vector<PeerView> peers_;
  std::map<Member, Replied> replied_;  // by peer
  Role role_ = Role::follower;
  Following following_;
  Epoch known_ = 0;  // highest epoch known to be promised by anybody
  Epoch gone_ = 0;   // highest epoch whose leader is known to have stepped down

  Round round_;
  std::optional<Claiming> claiming_;  // role claiming
  std::optional<Leading> leading_;    // role leader
  CatchUp catch_up_;
  Incoming incoming_;
  Member way_ = kNobody;  // to the leader, when last looked at

  Seq commit_ = 0;
  Seq delivered_ = 0;
  Decided decided_;  // by the entries up to delivered_

  std::array<Instant, kTimers> timers_{};
  std::pair<Member, Epoch> noted_leader_{kNobody, 0};
  std::pair<Role, Epoch> noted_role_{Role::follower, UINT64_MAX};
  MemberSet strangers_;                 // whose settings differ: nothing else of theirs counts
  std::map<Member, std::string> told_;  // and in what, as last recorded
  std::optional<City> city_;            // none: the group has no applications
  bool halted_ = false;
};

}  // namespace core
