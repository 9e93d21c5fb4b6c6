#include "tools/live/ailment.hpp"

#include <utility>
#include <vector>

#include "core/base/check.hpp"
#include "core/base/codec.hpp"

namespace tools {
namespace {

using Pairs = std::vector<std::pair<core::Member, core::Member>>;

struct Put {
  core::Writer& out;

  void operator()(const sim::LinkChange& change) const {
    Pairs links;
    for (const core::Link link : change.links) links.emplace_back(link.from, link.to);
    out.put(change.kind), out.put(change.number), out.put(links), out.put(change.members);
  }
  void operator()(const ClockBent& bent) const { out.put(bent.at), out.put(bent.member), out.put(bent.ppm); }
  void operator()(const DiskSet& set) const {
    out.put(set.member), out.put(set.full), out.put(set.slow.has_value()), out.put(set.slow.value_or(0));
  }
};

struct Get {
  core::Reader& in;

  void operator()(sim::LinkChange& change) const {
    Pairs links;
    in.get(change.kind), in.get(change.number), in.get(links), in.get(change.members);
    for (const auto& [from, to] : links) change.links.push_back({from, to});
  }
  void operator()(ClockBent& bent) const { in.get(bent.at), in.get(bent.member), in.get(bent.ppm); }
  void operator()(DiskSet& set) const {
    bool is_slow = false;
    std::uint32_t fault = 0;
    in.get(set.member), in.get(set.full), in.get(is_slow), in.get(fault);
    if (is_slow) set.slow = fault;
  }
};

Ailment empty(std::size_t index) {
  if (index == 0) return sim::LinkChange{};
  if (index == 1) return ClockBent{};
  return DiskSet{};
}

}  // namespace

std::string to_bytes(const Ailment& ailment) {
  core::Writer out;
  out.put(ailment.index());
  std::visit(Put{out}, ailment);
  return out.take();
}

Ailment ailment_of(std::string_view bytes) {
  core::Reader in(bytes);
  std::size_t index = 0;
  in.get(index);
  Ailment ailment = empty(index);
  std::visit(Get{in}, ailment);
  core::check(in.done(), "an entry of the journal is whole");
  return ailment;
}

}  // namespace tools
