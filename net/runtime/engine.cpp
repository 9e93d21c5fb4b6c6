#include "net/runtime/engine.hpp"

#include <boost/asio/post.hpp>
#include <chrono>
#include <utility>

namespace net {

using boost::system::error_code;
using std::chrono::steady_clock;

Engine::Engine(asio::io_context& io, const Setting& setting, core::Durable durable, const Gear& gear)
    : io_{io},
      dialect_{setting.config, setting.group},
      form_{setting.form},
      gear_{gear},
      node_{setting.config, setting.self, std::move(durable), setting.rng},
      alarm_{io},
      number_{setting.first_number} {}

core::EventId Engine::take(const Input& input, std::string_view written) {
  if (stopped_) return {};
  started_ = true;
  const core::Instant now = gear_.clock.now();
  if (gear_.tap != nullptr) gear_.tap->input(now, input, written);
  const core::EventId accepted = give(node_, now, input, effects_);
  soon();
  return accepted;
}

void Engine::stop() {
  stopped_ = true;
  alarm_.cancel();
  gear_.outlet.close();
}

// After whatever else is ready now.
void Engine::soon() {
  if (std::exchange(due_, true)) return;
  asio::post(io_, [this, here = std::weak_ptr(here_)] {
    if (!here.expired() && !stopped_) carry_out();
  });
}

void Engine::carry_out() {
  due_ = false;
  leaving_.clear();
  std::swap(leaving_, effects_);  // who is told a fact may submit something
  if (gear_.store != nullptr) gear_.store->write(leaving_.persists());
  release();
  if (gear_.tap != nullptr) gear_.tap->flush();
  command();
  gear_.outlet.flush();
  stopped_ ? stop() : sleep();
}

// What it is told or sends is done in order; nothing leaves the machine before the flush.
void Engine::release() {
  written_of_ = UINT32_MAX;
  for (const core::Effect& effect : leaving_.list()) {
    if (stopped_) return;
    if (effect.kind == core::Effect::Kind::send) send(effect);
    if (effect.kind == core::Effect::Kind::fact) note(leaving_.facts()[effect.index]);
    if (effect.kind == core::Effect::Kind::order) note(leaving_.orders()[effect.index]);
    if (effect.kind == core::Effect::Kind::persist && gear_.tap != nullptr)
      gear_.tap->persist(leaving_.persists()[effect.index]);
  }
}

void Engine::note(core::Record fact) {
  if (gear_.tap != nullptr) gear_.tap->fact(fact);
  gear_.facts.on(fact);
  if (fact.kind == core::Kind::crash) stopped_ = true;
}

void Engine::note(const core::LampOrder& order) {
  if (gear_.tap != nullptr) gear_.tap->order(order);
  ++orders_;
}

void Engine::command() {
  const std::size_t orders = std::exchange(orders_, 0);
  if (gear_.lamps == nullptr) return;
  for (std::size_t i = 0; i < orders; ++i) gear_.lamps->order(leaving_.orders()[i]);
}

void Engine::send(const core::Effect& effect) {
  core::Message& message = leaving_.messages()[effect.index];
  if (written_of_ != effect.index) {
    message.number = number_++;
    written_ = dialect_.write(message, form_);
    written_of_ = effect.index;
  }
  if (gear_.tap != nullptr) gear_.tap->send(effect.to, message, written_);
  gear_.outlet.send(effect.to, message, written_);
}

void Engine::sleep() {
  const core::Instant due = gear_.clock.when(node_.next_wake());
  if (due >= core::Instant::never()) return;
  alarm_.expires_at(steady_clock::time_point(std::chrono::nanoseconds(due.ns)));
  alarm_.async_wait([this, here = std::weak_ptr(here_)](error_code error) {
    if (!error && !here.expired()) take(Wake{});
  });
}

}  // namespace net
