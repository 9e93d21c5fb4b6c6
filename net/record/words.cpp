#include "net/record/words.hpp"

#include <array>

#include "core/city/names.hpp"
#include "core/group/names.hpp"

namespace net {
namespace {

// In the order of core::Persist.
constexpr std::array<const char*, std::variant_size_v<core::Persist>> kPersists{
    "a promise",          "log entries", "a snapshot",       "an accepted event",
    "own events decided", "a restraint", "a loss of memory", "a memory regained"};

// In the order of core::LampOrder::What.
constexpr std::array<const char*, 3> kOrders{"to report", "to be green", "to end its green"};

std::string name_of(const core::LightsPlan& plan, core::LampName lamp) {
  return core::name_of_approach(plan, lamp.approach) + " at intersection " + std::to_string(lamp.intersection + 1);
}

struct InputWords {
  const core::Config& config;

  std::string operator()(const Start&) const { return "the start"; }
  std::string operator()(const core::Message& message) const {
    return "the message " + std::string(core::name_of(message.type())) + " of " + name_of(config, message.from) +
           ", its number " + std::to_string(message.number);
  }
  std::string operator()(const LinkDown& broken) const {
    return "the news that the connection to " + name_of(config, broken.peer) + " broke";
  }
  std::string operator()(const Wake&) const { return "a timer"; }
  std::string operator()(const core::Submission& event) const {
    return "a submission of " + std::to_string(event.payload.size()) + " bytes";
  }
  std::string operator()(const Leave&) const { return "the request to leave"; }
  std::string operator()(const Retire&) const { return "the request to retire"; }
  std::string operator()(const core::LampReport& report) const {
    return "the report of the lamp " + name_of(config.city.lights, report.lamp) + " that it is " +
           std::string(core::name_of(report.colour));
  }
};

std::string fact_in_words(const core::Config& config, const core::Record& fact) {
  std::string text = "the record `" + std::string(core::name_of(fact.kind)) + "`";
  if (fact.seq != 0) text += " " + std::to_string(fact.seq);
  if (fact.id.number != 0) text += " " + name_of(config, fact.id);
  if (fact.kind == core::Kind::role) text += " " + std::string(core::name_of(fact.role));
  if (fact.peer != core::kNobody) text += " about " + name_of(config, fact.peer);
  if (fact.epoch != 0) text += " in epoch " + std::to_string(fact.epoch);
  if (fact.kind == core::Kind::dispatch)
    text += " " + fact.more->dispatch.crash + " " + std::string(core::name_of(fact.more->dispatch.step));
  return text;
}

std::string order_in_words(const core::Config& config, const core::LampOrder& order) {
  return "the order to the lamp " + name_of(config.city.lights, order.lamp) + " " +
         kOrders[static_cast<std::size_t>(order.what)];
}

}  // namespace

std::string in_words(const core::Config& config, const Input& input) {
  return std::visit(InputWords{config}, input);
}

std::string in_words(const core::Config& config, core::Effects& made, const core::Effect& effect) {
  switch (effect.kind) {
    case core::Effect::Kind::persist:
      return std::string("what is written to the disk: ") + kPersists[made.persists()[effect.index].index()];
    case core::Effect::Kind::send:
      return "the message " + std::string(core::name_of(made.messages()[effect.index].type())) + " to " +
             name_of(config, effect.to);
    case core::Effect::Kind::order:
      return order_in_words(config, made.orders()[effect.index]);
    case core::Effect::Kind::fact:
      break;
  }
  return fact_in_words(config, made.facts()[effect.index]);
}

std::string in_words(const Mark& mark) {
  const std::string unknown = "something unknown";
  switch (mark.kind) {
    case core::Effect::Kind::persist:
      return mark.detail < kPersists.size() ? std::string("a write to the disk: ") + kPersists[mark.detail] : unknown;
    case core::Effect::Kind::send:
      if (mark.detail >= core::kMessageTypes) return unknown;
      return "a message " + std::string(core::name_of(static_cast<core::MessageType>(mark.detail)));
    case core::Effect::Kind::order:
      return mark.detail < kOrders.size() ? std::string("an order to a lamp ") + kOrders[mark.detail] : unknown;
    case core::Effect::Kind::fact:
      break;
  }
  if (mark.detail >= core::kKinds) return unknown;
  return "a record `" + std::string(core::name_of(static_cast<core::Kind>(mark.detail))) + "`";
}

std::string in_words(Ending ending) {
  constexpr std::array words{"", "it breaks off in the middle of a turn", "it is damaged; what comes after is not used",
                             "it was full; what came after is not recorded"};
  return words[static_cast<std::size_t>(ending)];
}

}  // namespace net
