#include "sim/check/detector.hpp"

#include <algorithm>

namespace sim {

using core::Kind;

namespace {

// Nearest rank: the least value that `percent` of all do not exceed. REQUIRES: sorted, not empty.
Duration percentile(const std::vector<Duration>& sorted, std::size_t percent) {
  return sorted[(sorted.size() * percent + 99) / 100 - 1];
}

}  // namespace

void DetectorMeter::on(const core::Record& record) {
  switch (record.kind) {
    case Kind::suspect:
      on_suspect(record);
      break;
    case Kind::trust:
      if (record.peer >= peers_.size() || !peers_[record.peer].accusers.has(record.node)) break;
      peers_[record.peer].accusers.erase(record.node);
      ++flaps_;
      break;
    case Kind::crash:
    case Kind::pause:
      if (connectivity_->live(record.node)) peers_[record.node] = {.left = record.left, .noticed = {}, .accusers = {}};
      break;
    case Kind::start:
    case Kind::restart:
      for (Peer& peer : peers_) peer.accusers.erase(record.node);  // it has forgotten them
      peers_[record.node] = {};
      break;
    case Kind::resume:
      peers_[record.node] = {};
      break;
    default:
      break;
  }
}

void DetectorMeter::on_suspect(const core::Record& record) {
  if (record.peer >= peers_.size() || !connectivity_->live(record.node)) return;
  Peer& peer = peers_[record.peer];
  if (peer.left || !connectivity_->open({record.peer, record.node})) return;
  if (connectivity_->stopped(record.peer)) {
    if (peer.noticed.has(record.node)) return;
    peer.noticed.insert(record.node);
    delays_.push_back(record.at - connectivity_->stopped_at(record.peer));
  } else if (connectivity_->live(record.peer)) {
    peer.accusers.insert(record.node);
    ++false_suspicions_;
  }
}

DetectorReport DetectorMeter::report() const {
  DetectorReport report;
  report.detections = delays_.size();
  report.false_suspicions = false_suspicions_;
  report.flaps = flaps_;
  if (delays_.empty()) return report;
  std::vector<Duration> sorted = delays_;
  std::sort(sorted.begin(), sorted.end());
  report.p50 = percentile(sorted, 50);
  report.p99 = percentile(sorted, 99);
  report.max = sorted.back();
  return report;
}

}  // namespace sim
