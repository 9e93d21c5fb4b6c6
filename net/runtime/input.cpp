#include "net/runtime/input.hpp"

namespace net {
namespace {

struct Giver {
  core::Node& node;
  core::Instant now;
  core::Effects& out;
  core::EventId accepted{};

  void operator()(const Start&) { node.start(now, out); }
  void operator()(const core::Message& message) { node.receive(now, message, out); }
  void operator()(const LinkDown& broken) { node.link_down(now, broken.peer, out); }
  void operator()(const Wake&) { node.wake(now, out); }
  void operator()(const core::Submission& submission) { accepted = node.submit(now, submission, out); }
  void operator()(const Leave&) { node.leave(now, out); }
  void operator()(const Retire&) { node.retire(now, out); }
  void operator()(const core::LampReport& report) { node.lamp(now, report, out); }
};

}  // namespace

core::EventId give(core::Node& node, core::Instant now, const Input& input, core::Effects& out) {
  Giver giver{node, now, out};
  std::visit(giver, input);
  return giver.accepted;
}

}  // namespace net
