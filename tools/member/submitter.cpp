#include "tools/member/submitter.hpp"

#include <poll.h>

#include <algorithm>
#include <array>
#include <iostream>
#include <iterator>

#include "net/runtime/clock.hpp"
#include "sim/scenario/units.hpp"
#include "tools/interrupt.hpp"
#include "tools/member/callers.hpp"

namespace tools {
namespace {

using net::Json;

constexpr std::size_t kWindow = 1'000;  // lines under way
constexpr core::Duration kPatience = core::Duration::s(15), kPause = core::Duration::ms(50);
constexpr core::Duration kManners = core::Duration::s(2);  // within which a node tells of itself
constexpr core::Duration kSilence = core::Duration::s(1);  // until it says why nothing happens

// Bytes that are no UTF-8 go as numbers.
Json payload_of(const std::string& text) {
  try {
    static_cast<void>(Json(text).dump());
    return text;
  } catch (const Json::type_error&) {
    Json list = Json::array();
    for (const char byte : text) list.push_back(static_cast<unsigned char>(byte));
    return list;
  }
}

}  // namespace

Submitter::Submitter(const SubmitOptions& options, std::vector<Endpoint> nodes, int input)
    : options_{options}, nodes_{std::move(nodes)}, known_{nodes_.begin(), nodes_.end()}, lines_{input} {}

ExitCode Submitter::run() {
  catch_interrupts();
  taken_ = net::machine_time();
  while (!done() && !interrupted() && std::cout) {
    if (!socket_.open() && !connect()) break;
    wait_for_something();
    send_lines();
  }
  uncertain();
  if (interrupted()) return ExitCode::interrupted;
  return failed_ ? ExitCode::failed : ExitCode::held;
}

// The next node that is there. False: none was for a long time.
bool Submitter::connect() {
  while (!interrupted()) {
    const core::Instant now = net::machine_time();
    if (now - taken_ > kPatience || silent_ >= nodes_.size()) {
      give_up("no node takes events (" + why_ + ")");
      return false;
    }
    say_why(now);
    if (now < not_before_) {
      poll(nullptr, 0, static_cast<int>((not_before_ - now).ns / 1'000'000) + 1);
      continue;
    }
    node_ = nodes_[next_node_++ % nodes_.size()];
    not_before_ = now + kPause;
    if (!socket_.dial(node_)) {
      why_ = text_of(node_) + " cannot be reached";
      continue;
    }
    met_ = false, first_here_ = true, leaving_ = false;
    dialled_ = now;
    socket_.say(R"({"type":"STATUS"})");
    return true;
  }
  return false;
}

// Whoever waits wants to know for what.
void Submitter::say_why(core::Instant now) {
  if (now - taken_ < kSilence || why_.empty() || std::exchange(said_why_, true)) return;
  std::cerr << why_ << "; trying again for up to " << kPatience.ns / 1'000'000'000 << " s" << std::endl;
}

void Submitter::disconnect(const std::string& why) {
  why_ = text_of(node_) + " " + why;
  const std::string lost = "; unanswered lines, which may be ordered or not: " + std::to_string(under_way_.size());
  if (met_) std::cerr << why_ << (under_way_.empty() ? "" : lost) << '\n';
  uncertain();
  socket_.close();
}

void Submitter::wait_for_something() {
  const core::Instant now = net::machine_time();
  if (!met_ && now - dialled_ > kManners) return disconnect("does not answer as a node does");
  if (met_ && !leaving_ && fresh_.empty() && under_way_.empty()) taken_ = now;
  const bool room = under_way_.size() + fresh_.size() < kWindow && !lines_.ended();
  const short wanted = static_cast<short>(POLLIN | (socket_.wants_to_write() ? POLLOUT : 0));
  std::array<pollfd, 2> wait{pollfd{socket_.number(), wanted, 0}, pollfd{room ? lines_.number() : -1, POLLIN, 0}};
  if (poll(wait.data(), wait.size(), 500) > 0) take_what_came(wait[0].revents, wait[1].revents);
  if (!under_way_.empty() && net::machine_time() - heard_ > options_.timeout) take_for_dead();
}

void Submitter::take_what_came(short answers, short lines) {
  if (lines != 0) lines_.read();
  bool works = true;
  if ((answers & POLLOUT) != 0) works = socket_.write();
  if ((answers & (POLLIN | POLLHUP | POLLERR)) != 0) works = socket_.read() && works;
  while (const auto answer = socket_.next()) hear(*answer);
  std::cout.flush();
  if (!works) return disconnect("has closed the connection");
  if (leaving_ && under_way_.empty()) socket_.close();
}

// It may be stopped, or have no quorum. The next one gets its time to be reached.
void Submitter::take_for_dead() {
  ++silent_;
  taken_ = net::machine_time();
  disconnect("has answered nothing for " + sim::show(options_.timeout));
}

void Submitter::send_lines() {
  while (fresh_.size() + under_way_.size() < kWindow) {
    const auto text = lines_.next();
    if (!text) break;
    fresh_.push_back({++read_, *text});
  }
  if (!socket_.open() || !met_ || leaving_) return;
  for (; !fresh_.empty(); fresh_.pop_front()) submit(fresh_.front());
  if (socket_.wants_to_write() && !socket_.write()) disconnect("has closed the connection");
}

void Submitter::submit(const Line& line) {
  Json event{{"type", options_.type}, {"payload", payload_of(line.text)}};
  if (options_.chain && first_here_ && !last_.empty()) event["depends_on"] = {last_};
  if (options_.chain) event["chain"] = true;
  first_here_ = false;
  socket_.say(Json{{"type", "SUBMIT_EVENT"}, {"group", options_.whom.group}, {"request", line.number}, {"event", event}}
                  .dump());
  if (under_way_.empty()) heard_ = net::machine_time();
  under_way_.emplace(line.number, line);
}

void Submitter::hear(const std::string& answer) {
  const Json said = Json::parse(answer, nullptr, false);
  if (!said.is_object()) return;
  if (said.value("type", Json()) == "STATUS") {
    met_ = true;
    return learn_nodes(said);
  }
  const Json request = said.value("request", Json());
  const auto found = request.is_number_unsigned() ? under_way_.find(request.get<std::uint64_t>()) : under_way_.end();
  if (found == under_way_.end()) return;
  Line line = std::move(found->second);
  under_way_.erase(found);
  heard_ = net::machine_time();
  silent_ = 0;
  const Json reason = said.value("reason", Json());
  const bool refused = said.value("type", Json()) == "REJECT" && said.value("event", Json()).is_null();
  const bool closed = said.value("type", Json()) == "ERROR" && said.value("closed", false);
  if (refused || closed) return not_taken(std::move(line), reason.is_string() ? reason.get<std::string>() : "");
  decided(said, line);
}

// The others of its group, so that one address is enough.
void Submitter::learn_nodes(const Json& status) {
  for (const Json& peer : status.value("peers", Json::array())) {
    boost::system::error_code error;
    const auto host = boost::asio::ip::make_address(peer.value("host", ""), error);
    const Endpoint there(host, peer.value("tcp_port", std::uint16_t{0}));
    if (!error && known_.insert(there).second) nodes_.push_back(there);
  }
}

void Submitter::decided(const Json& said, const Line& line) {
  taken_ = net::machine_time();
  said_why_ = false;
  if (said.value("type", Json()) != "ACK") {
    const std::string reason = said.value("reason", std::string("for no reason"));
    return print(line, {{"rejected", reason}}, "rejected: " + reason, false);
  }
  last_ = said.value("event", std::string());
  const Json seq = said.value("seq", Json());
  print(line, {{"event", last_}, {"seq", seq}}, last_ + "  " + (seq.is_null() ? "-" : seq.dump()), true);
}

// It was surely not accepted: another node, or this one a little later, may take it.
void Submitter::not_taken(Line line, const std::string& why) {
  if (why == "overloaded") taken_ = net::machine_time();
  why_ = text_of(node_) + ": " + why;
  leaving_ = true;
  not_before_ = net::machine_time() + kPause;
  const auto place =
      std::find_if(fresh_.begin(), fresh_.end(), [&](const Line& other) { return other.number > line.number; });
  fresh_.insert(place, std::move(line));
}

void Submitter::give_up(const std::string& why) {
  failed_ = true;
  std::cerr << why << "; not submitted: all from line " << (fresh_.empty() ? read_ + 1 : fresh_.front().number)
            << " on\n";
}

// All that the node has not answered.
void Submitter::uncertain() {
  for (auto first = under_way_.begin(); first != under_way_.end();) {
    std::uint64_t last = first->first;
    auto next = std::next(first);
    while (!options_.json && next != under_way_.end() && next->first == last + 1) last = (next++)->first;
    const std::string range = last == first->first ? "" : ", and so is all up to line " + std::to_string(last);
    print(first->second, {{"uncertain", true}}, "uncertain: it may be ordered or not" + range, false);
    first = next;
  }
  under_way_.clear();
}

void Submitter::print(const Line& line, const Json& fields, const std::string& words, bool good) {
  failed_ |= !good;
  Json json{{"line", line.number}};
  json.update(fields);
  if (options_.json)
    std::cout << json.dump() << '\n';
  else
    (good ? std::cout : std::cerr) << (good ? "" : "line " + std::to_string(line.number) + " is ") << words << '\n';
}

}  // namespace tools
