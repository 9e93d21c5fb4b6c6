#include "sim/network/link_models.hpp"

#include "core/base/check.hpp"

namespace sim {

std::uint32_t LinkModels::number_of(const LinkModel& model) {
  for (std::size_t i = 0; i < models_.size(); ++i)
    if (models_[i].model == model) return static_cast<std::uint32_t>(i);
  core::check(model.bits_per_second > 0, "a link has bandwidth");
  models_.push_back({model, &table_of(model.latency)});
  return static_cast<std::uint32_t>(models_.size() - 1);
}

const LatencyTable& LinkModels::table_of(const Latency& latency) {
  for (const Table& known : tables_)
    if (known.latency == latency) return known.table;
  return tables_.emplace_back(Table{latency, LatencyTable{latency}}).table;
}

}  // namespace sim
