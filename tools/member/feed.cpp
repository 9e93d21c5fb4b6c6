#include "tools/member/feed.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

#include "core/group/names.hpp"

namespace tools {
namespace {

using core::Kind;
using core::Record;
using net::Json;

Json name(const core::Config& config, core::Member member) {
  return member == core::kNobody ? Json() : Json(config.members[member].name);
}

Json or_null(const std::string& text) {
  return text.empty() ? Json() : Json(text);
}

Json dispatch_fields(const core::DispatchFact& fact) {
  return {{"crash", fact.crash},
          {"step", core::name_of(fact.step)},
          {"ambulance", or_null(fact.ambulance)},
          {"hospital", or_null(fact.hospital)},
          {"beds_free", fact.beds_free}};
}

// As in traces; null for what is not told one by one.
Json fields_of(const core::Config& config, const Record& record) {
  switch (record.kind) {
    case Kind::start:
    case Kind::restart:
      return {{"incarnation", record.number}, {"applied", record.seq}};
    case Kind::role:
      return {{"role", core::name_of(record.role)}, {"epoch", record.epoch}};
    case Kind::leader:
      return {{"leader", name(config, record.peer)}, {"epoch", record.epoch}};
    case Kind::suspect:
    case Kind::trust:
      return {{"peer", name(config, record.peer)}, {"phi_milli", record.phi_milli}};
    case Kind::snapshot:
      return {{"seq", record.seq}, {"epoch", record.epoch}};
    case Kind::reject:
      return {{"event", core::name_of(config, record.id)}, {"reason", record.more->text}};
    case Kind::refused:
      return {{"peer", name(config, record.peer)}, {"reason", record.more->text}};
    case Kind::violation:
      return {{"invariant", record.more->text}, {"detail", record.more->detail}};
    case Kind::dispatch:
      return dispatch_fields(record.more->dispatch);
    case Kind::crash:
      return {{"left", record.left}};
    default:
      return nullptr;
  }
}

Json line_for(const core::Config& config, const Record& record) {
  return {{"kind", core::name_of(record.kind)}, {"at", record.at.ns}, {"node", name(config, record.node)}};
}

}  // namespace

void Feed::on(const core::Config& config, const Record& record) {
  if (record.kind == Kind::deliver) {
    ++deliveries_;
    delivered_ = record;
    type_ = record.event->type;
    return;
  }
  const Json fields = fields_of(config, record);
  if (fields.is_null()) return;
  const bool everyday = record.kind == Kind::dispatch;
  if (everyday && fresh_++ >= kMostAtOnce) return static_cast<void>(++left_out_);
  Json line = line_for(config, record);
  line.update(fields);
  keep(line, everyday);
}

void Feed::keep(const Json& record, bool everyday) {
  const std::string number = std::to_string(++number_);
  kept_.push_back({number_, everyday,
                   "id: " + boot_ + '-' + number + "\nevent: record\ndata: " +
                       record.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n\n"});
  if (kept_.size() > kKept) forget();
}

// The oldest, but no election for the sake of everyday matters.
void Feed::forget() {
  const auto everyday = static_cast<std::size_t>(std::ranges::count_if(kept_, &Kept::everyday));
  kept_.erase(everyday > kKept / 2 ? std::ranges::find_if(kept_, &Kept::everyday) : kept_.begin());
}

void Feed::tell_deliveries(const core::Config& config, core::Instant now) {
  if (deliveries_ == 0 || now - told_of_events_ < kOften) return;
  told_of_events_ = now;
  Json line = line_for(config, delivered_);
  line.update(Json{{"seq", delivered_.seq},
                   {"epoch", delivered_.epoch},
                   {"event", core::name_of(config, delivered_.id)},
                   {"type", type_},
                   {"count", std::exchange(deliveries_, 0)}});
  keep(line, true);
}

std::string Feed::take(const core::Config& config, core::Instant now) {
  tell_deliveries(config, now);
  if (left_out_ > 0) keep({{"kind", "left_out"}, {"at", now.ns}, {"count", left_out_}}, true);
  fresh_ = left_out_ = 0;
  std::string all;
  for (const Kept& one : kept_)
    if (one.number > told_) all += one.text;
  told_ = number_;
  return all;
}

std::string Feed::after(std::string_view id) const {
  std::uint64_t number = 0;
  const std::string mine = boot_ + '-';
  if (id.starts_with(mine)) std::from_chars(id.data() + mine.size(), id.data() + id.size(), number);
  std::string all;
  for (const Kept& one : kept_)
    if (one.number > number && one.number <= told_) all += one.text;
  return all;
}

}  // namespace tools
