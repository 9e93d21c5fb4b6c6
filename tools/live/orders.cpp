#include "tools/live/orders.hpp"

#include <cstdint>
#include <cstring>

#include "core/base/check.hpp"
#include "core/base/codec.hpp"

namespace tools {
namespace {

using Length = std::uint32_t;

struct Put {
  core::Writer& out;
  void operator()(const Look&) const {}
  void operator()(const Leave&) const {}
  void operator()(const SubmitThis& order) const {
    const core::Submission& event = order.submission;
    out.put(order.ticket), out.put(event.depends_on), out.put(event.type), out.put(event.payload);
  }
  void operator()(const core::LampReport& report) const { out.put(report); }
};

struct Get {
  core::Reader& in;
  void operator()(Look&) const {}
  void operator()(Leave&) const {}
  void operator()(SubmitThis& order) const {
    core::Submission& event = order.submission;
    in.get(order.ticket), in.get(event.depends_on), in.get(event.type), in.get(event.payload);
  }
  void operator()(core::LampReport& report) const { in.get(report); }
};

OrderGiven empty(std::size_t index) {
  if (index == 0) return Look{};
  if (index == 1) return Leave{};
  if (index == 2) return SubmitThis{};
  return core::LampReport{};
}

OrderGiven order_of(std::string_view bytes) {
  core::Reader in(bytes);
  std::size_t index = 0;
  in.get(index);
  OrderGiven order = empty(index);
  std::visit(Get{in}, order);
  core::check(in.done(), "an order is whole");
  return order;
}

}  // namespace

std::string to_bytes(const OrderGiven& order) {
  core::Writer out;
  out.put(order.index());
  std::visit(Put{out}, order);
  const std::string body = out.take();
  const auto length = static_cast<Length>(body.size());
  std::string bytes(sizeof length, '\0');
  std::memcpy(bytes.data(), &length, sizeof length);
  return bytes + body;
}

bool OrderReader::next(OrderGiven& order) {
  Length length = 0;
  if (bytes_.size() < sizeof length) return false;
  std::memcpy(&length, bytes_.data(), sizeof length);
  if (bytes_.size() < sizeof length + length) return false;
  order = order_of(std::string_view(bytes_).substr(sizeof length, length));
  bytes_.erase(0, sizeof length + length);
  return true;
}

}  // namespace tools
