#include "core/order/catch_up.hpp"

namespace core {

void CatchUp::keep(const Order& order) {
  const std::size_t bytes = size_of(Message{.from = kNobody, .body = order});
  if (early_bytes + bytes > kEarlyBytes) return;  // it will be repeated
  if (early.try_emplace(order.previous.seq, order).second) early_bytes += bytes;
}

bool CatchUp::take(Seq seq, Order& out) {
  if (early.empty() || early.begin()->first > seq) return false;
  out = std::move(early.begin()->second);
  early.erase(early.begin());
  early_bytes -= std::min(early_bytes, size_of(Message{.from = kNobody, .body = out}));
  return true;
}

}  // namespace core
