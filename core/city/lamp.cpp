#include "core/city/lamp.hpp"

#include <algorithm>

namespace core {

bool Lamp::obey(Instant now, const LampOrder& order) {
  if (order.what == LampOrder::What::cut && colour_ == Colour::green && order.number == showing_)
    green_ends_ = std::min(green_ends_, std::max(now, green_since_ + order.min_green));
  const bool grants = order.what == LampOrder::What::green && order.boot == boot_ && order.number > over_;
  if (!grants || colour_ != Colour::red) return wake(now);
  over_ = order.number - 1;
  if (now + order.min_green + order.yellow > order.until) {  // too late: it would not last
    over_ = order.number;
    return false;
  }
  colour_ = Colour::green;
  showing_ = order.number;
  green_since_ = now;
  green_ends_ = std::min(now + order.green, order.until - order.yellow);
  yellow_ = order.yellow;
  return true;
}

// It was told late that time has passed: what is overdue is over at once, yellow is never skipped.
bool Lamp::wake(Instant now) {
  if (now < next_change()) return false;
  if (colour_ == Colour::green) {
    colour_ = Colour::yellow;
    yellow_ends_ = now + yellow_;
  } else {
    colour_ = Colour::red;
    over_ = showing_;
  }
  return true;
}

Instant Lamp::next_change() const {
  switch (colour_) {
    case Colour::green:
      return green_ends_;
    case Colour::yellow:
      return yellow_ends_;
    case Colour::red:
      break;
  }
  return Instant::never();
}

}  // namespace core
