// Numbers in Prometheus' text form (exposition format 0.0.4), to be read by whoever scrapes the node.
#pragma once

#include <concepts>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace net {

class Metrics {
 public:
  static constexpr const char* kType = "text/plain; version=0.0.4; charset=utf-8";
  using Labels = std::initializer_list<std::pair<std::string_view, std::string_view>>;

  // These labels are on every sample.
  explicit Metrics(Labels common);

  // Begins a metric, whose samples follow: of something that goes up and down, or of something that only grows, whose
  // name ends in "_total". REQUIRES: each name once, without what a label says; base units (seconds, bytes).
  Metrics& gauge(std::string_view name, std::string_view help) { return begin(name, help, "gauge"); }
  Metrics& counter(std::string_view name, std::string_view help) { return begin(name, help, "counter"); }
  // Of the metric begun last.
  Metrics& sample(std::integral auto value, Labels labels = {}) { return line(std::to_string(value), labels); }
  Metrics& sample(bool value, Labels labels = {}) { return line(value ? "1" : "0", labels); }
  Metrics& sample(double value, Labels labels = {});

  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  Metrics& begin(std::string_view name, std::string_view help, std::string_view type);
  Metrics& line(const std::string& value, Labels labels);

  std::string common_, name_, text_;
};

}  // namespace net
