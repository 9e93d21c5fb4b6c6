// One live run from within, as the program itself does it: what it is late with, and what its nodes have of it.
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <functional>

#include "net/runtime/clock.hpp"
#include "sim/scenario/decode.hpp"
#include "tests/tools/folder.hpp"
#include "tools/live/live_run.hpp"

namespace {

using core::Duration;

// Does something when the first node has started; the run waits for that.
struct AtStart final : core::RecordSink {
  std::function<void()> act;
  int times = 0;

  explicit AtStart(std::function<void()> what) : act{std::move(what)} {}
  void on(const core::Record& record) override {
    if (record.kind != core::Kind::start) return;
    ++times;
    act();
  }
};

// Of a group of one.
sim::Judgement judgement(const std::string& name, const std::string& rest, AtStart& at_start) {
  const tests::Folder folder(name);
  const std::string file = "version: 1\nname: " + name + "\nnodes: 1\n" + rest;
  const auto decoded = sim::decode(file, name + ".yaml");
  REQUIRE(std::holds_alternative<sim::Scenario>(decoded));
  const std::array<core::RecordSink*, 1> sinks{&at_start};
  const tools::LiveOrder order{.scenario = &std::get<sim::Scenario>(decoded), .seed = 1, .folder = folder.path};
  sim::Judgement judgement = tools::run_live(order, sinks).judgement;
  CHECK(at_start.times == 1);
  return judgement;
}

sockaddr_in loopback(in_port_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = port;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

// A new socket that a forked process gets too, bound to that port (0: to any), or -1 if that is taken.
int bound(in_port_t port) {
  const int number = socket(AF_INET, SOCK_STREAM, 0);
  const sockaddr_in address = loopback(port);
  if (bind(number, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0) return number;
  close(number);
  return -1;
}

in_port_t port_of(int number) {
  sockaddr_in address{};
  socklen_t size = sizeof address;
  REQUIRE(getsockname(number, reinterpret_cast<sockaddr*>(&address), &size) == 0);
  return address.sin_port;
}

}  // namespace

TEST_CASE("faults that a live run was late with, and their ends, are notes of its verdict") {
  constexpr Duration busy = Duration::ms(200);  // the fault is late by all of it, its end by the second half
  AtStart at_start([&] {
    for (const core::Instant end = net::machine_time() + busy; net::machine_time() < end;) poll(nullptr, 0, 10);
  });
  const auto notes = judgement("late",
                               "duration: 500ms\n"
                               "faults: [{when: {kind: start, nth: 1}, plus: 0ms, pause: it, for: 100ms}]\n",
                               at_start)
                         .notes;
  CAPTURE(notes);
  CHECK(std::count_if(notes.begin(), notes.end(), [](const std::string& note) {
          return note.starts_with("a fault due at ") && note.find(" was applied ") != std::string::npos &&
                 note.ends_with("ms late");
        }) == 2);
}

TEST_CASE("the process of a node keeps nothing open that the run has open") {
  const int listening = bound(0);
  REQUIRE(listen(listening, 1) == 0);
  const in_port_t port = port_of(listening);
  int again = -1;
  AtStart at_start([&] {  // the node is there, and lives on
    close(listening);
    again = bound(port);
  });
  CHECK(judgement("open", "duration: 300ms\n", at_start).passed);
  CHECK(again >= 0);
  close(again);
}
