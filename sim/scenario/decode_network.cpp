// network: how messages travel.
#include <algorithm>
#include <array>

#include "sim/scenario/parts.hpp"

namespace sim {
namespace {

constexpr Duration kLongestLatency = Duration::s(3600);

std::optional<Latency> checked(const yaml::Node& node, const Latency& latency, Context& context) {
  if (latency.a > kLongestLatency || latency.b > kLongestLatency) {
    context.problems.add(node, "latency: longer than 1h");
    return std::nullopt;
  }
  return latency;
}

// 5ms, or 1ms..10ms
std::optional<Latency> latency_text(const yaml::Node& node, Context& context) {
  const std::string_view text = node.text;
  const std::size_t dots = text.find("..");
  const auto least = parse_duration(text.substr(0, dots));
  const auto most = dots == std::string_view::npos ? least : parse_duration(text.substr(dots + 2));
  if (!least.value || !most.value) {
    context.problems.add(node, "latency: " + (least.value ? most : least).problem);
    return std::nullopt;
  }
  if (*least.value > *most.value) {
    context.problems.add(node, "latency: the range " + quoted(text) + " runs backwards; write the smaller value first");
    return std::nullopt;
  }
  const bool fixed = dots == std::string_view::npos;
  return checked(
      node, {fixed ? Latency::Shape::fixed : Latency::Shape::uniform, *least.value, fixed ? Duration{} : *most.value},
      context);
}

// [a, b] of {normal: [mean, stddev]} and {lognormal: [median, p99]}
std::optional<Latency> latency_pair(const yaml::Node& node, std::string_view name, Latency::Shape shape,
                                    Context& context) {
  if (!node.list() || node.items.size() != 2) {
    const bool normal = shape == Latency::Shape::normal;
    context.problems.add(
        node, std::string{name} + ": two durations are wanted, [" + (normal ? "mean, stddev]" : "median, p99]"));
    return std::nullopt;
  }
  const auto a = read(node.items[0], name, parse_duration, context.problems);
  const auto b = read(node.items[1], name, parse_duration, context.problems);
  if (!a || !b) return std::nullopt;
  if (shape == Latency::Shape::lognormal && (*a == Duration{} || *b < *a)) {
    context.problems.add(node, "lognormal: the median must be above 0 and the 99th percentile not below it");
    return std::nullopt;
  }
  return checked(node, {shape, *a, *b}, context);
}

void decode_override(const yaml::Node& item, Context& context) {
  Fields fields(item, "network.links", context.problems);
  const Ends ends = decode_ends(fields, Allowed::fixed, context);
  const LinkPatch patch = decode_link_keys(fields, context);
  fields.finish();
  context.scenario.links.push_back({ends.from, ends.to, patch, ends.both});
}

}  // namespace

std::optional<Latency> decode_latency(const yaml::Node& node, Context& context) {
  if (node.scalar()) return latency_text(node, context);
  Fields fields(node, "latency", context.problems);
  const yaml::Node* normal = fields.find("normal");
  const yaml::Node* lognormal = fields.find("lognormal");
  const yaml::Node* exponential = fields.find("exponential");
  fields.finish();
  if ((normal != nullptr) + (lognormal != nullptr) + (exponential != nullptr) != 1) {
    if (node.map()) context.problems.add(node, "latency: exactly one of normal, lognormal and exponential is wanted");
    return std::nullopt;
  }
  if (normal != nullptr) return latency_pair(*normal, "normal", Latency::Shape::normal, context);
  if (lognormal != nullptr) return latency_pair(*lognormal, "lognormal", Latency::Shape::lognormal, context);
  const auto mean = read(*exponential, "exponential", parse_duration, context.problems);
  return mean ? checked(node, {Latency::Shape::exponential, *mean, {}}, context) : std::nullopt;
}

LinkPatch decode_link_keys(Fields& fields, Context& context) {
  LinkPatch patch;
  if (const yaml::Node* latency = fields.find("latency")) patch.latency = decode_latency(*latency, context);
  fields.get("loss", patch.loss_ppm, parse_share);
  fields.get("duplicate", patch.duplicate_ppm, parse_share);
  fields.get("reorder", patch.reorder_ppm, parse_share);
  fields.get("bandwidth", patch.bits_per_second, parse_bandwidth);
  constexpr std::array<std::string_view, 5> keys{"latency", "loss", "duplicate", "reorder", "bandwidth"};
  const bool any = std::any_of(keys.begin(), keys.end(), [&](std::string_view key) { return fields.has(key); });
  if (!any) fields.complain("changes nothing; give latency, loss, duplicate, reorder or bandwidth");
  return patch;
}

void decode_network(const yaml::Node& node, Context& context) {
  Fields fields(node, "network", context.problems);
  if (const yaml::Node* standard = fields.find("default")) {
    Fields keys(*standard, "network.default", context.problems);
    decode_link_keys(keys, context).apply_to(context.scenario.network);
    keys.finish();
  }
  if (const yaml::Node* links = fields.list("links")) {
    for (const yaml::Node& item : links->items) decode_override(item, context);
  }
  fields.finish();
}

void need_durable_storage(const yaml::Node& place, std::string_view key, Context& context) {
  if (context.scenario.group.storage == core::Storage::durable) return;
  context.problems.add(place, std::string{key} + ": nodes with 'storage: volatile' use no disk; leave it out");
}

void decode_disk(const yaml::Node& node, Context& context) {
  Fields fields(node, "disk", context.problems);
  if (const yaml::Node* latency = fields.need("latency")) {
    context.scenario.disk_latency = decode_latency(*latency, context);
  }
  fields.finish();
  need_durable_storage(node, "disk", context);
  std::optional<Latency>& latency = context.scenario.disk_latency;
  if (latency == Latency{Latency::Shape::fixed, {}, {}}) latency.reset();
}

}  // namespace sim
