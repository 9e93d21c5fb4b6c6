// The kinds of trace records that a scenario can name, in `when` and in `at_least`.
#include "sim/scenario/parts.hpp"

namespace sim {

const Choices<core::Kind>& kind_choices() {
  static const Choices<core::Kind> choices = [] {
    Choices<core::Kind> list;
    for (std::size_t i = 0; i < core::kKinds; ++i) {
      const auto kind = static_cast<core::Kind>(i);
      list.emplace_back(name_of(kind), kind);
    }
    return list;
  }();
  return choices;
}

}  // namespace sim
