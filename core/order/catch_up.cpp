#include "core/order/catch_up.hpp"

namespace core {

void CatchUp::keep(const Order& order) {
  const std::size_t bytes = size_of(Message{.from = kNobody, .body = order});
  if (early_bytes + bytes > kEarlyBytes) return;  // it will be repeated
  if (early.try_emplace(order.previous.seq, order).second) early_bytes += bytes;
}

bool CatchUp::take(const Log& log, Order& out) {
  for (auto next = early.begin(); next != early.end() && next->first <= log.size(); ++next) {
    if (!log.has(next->second.previous)) continue;
    out = std::move(next->second);
    early.erase(next);
    early_bytes -= std::min(early_bytes, size_of(Message{.from = kNobody, .body = out}));
    return true;
  }
  return false;
}

}  // namespace core
