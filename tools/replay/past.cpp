#include "tools/replay/past.hpp"

#include <utility>

namespace tools {
namespace {

bool is_of_city(std::string_view type) {
  return type.starts_with("lights.") || type.starts_with("dispatch.");
}

class Chronicler final : public net::Witness {
 public:
  explicit Chronicler(Past& past) : past_{past} {}

  void given(const net::Given& given, core::EventId accepted) override {
    if (const auto* message = std::get_if<core::Message>(&given.input))
      past_.received.push_back({given.at, message->from, message->sent, message->number});
    if (const auto* broken = std::get_if<net::LinkDown>(&given.input)) past_.broken.push_back({given.at, broken->peer});
    if (const auto* event = std::get_if<core::Submission>(&given.input))
      past_.submitted.push_back(
          {given.at, accepted, event->depends_on, event->payload.size(), is_of_city(event->type)});
    if (std::holds_alternative<net::Leave>(given.input)) past_.leaves.push_back(given.at);
  }
  void sent(core::Instant at, core::Member to, const core::Message& message) override {
    past_.sent.push_back({at, to, message.type(), message.sent, message.number});
  }
  void noted(const core::Record& fact) override {
    if (fact.kind == core::Kind::deliver) past_.delivered.push_back(fact.id);
    if (fact.kind == core::Kind::role && fact.role == core::Role::leader) past_.led.push_back({fact.at, fact.epoch});
    past_.left = past_.left || fact.left;
  }

 private:
  Past& past_;
};

bool remembers(const core::Durable& durable) {
  return durable.promised != 0 || durable.last_number != 0 || durable.log.size() != 0 || durable.recovering;
}

}  // namespace

Past past_of(net::Recorded& recorded, const std::function<void()>& pause) {
  Past past;
  past.file = recorded.path();
  past.birth = recorded.birth();
  past.fresh = !remembers(past.birth.durable);
  past.forgot = past.birth.durable.recovering;
  past.birth.durable = {};
  Chronicler chronicler(past);
  past.rerun = net::run_again(recorded, &chronicler, pause);
  return past;
}

}  // namespace tools
