#include "core/order/incoming.hpp"

namespace core {

bool Incoming::take(const StateSync& piece) {
  if (checksum(piece.piece) != piece.piece_checksum || piece.piece.empty()) return false;
  const bool same = piece.at == at_ && piece.checksum == checksum_ && piece.total == total_;
  if (!same) {
    if (piece.offset != 0) return false;
    drop();
    at_ = piece.at;
    total_ = piece.total;
    checksum_ = piece.checksum;
  }
  if (piece.offset != bytes_.size() || piece.piece.size() > total_ - bytes_.size()) return false;
  bytes_ += piece.piece;
  return true;
}

std::optional<Snapshot> Incoming::finish(std::size_t members) {
  const Incoming whole = std::exchange(*this, {});
  if (checksum(whole.bytes_) != whole.checksum_) return std::nullopt;
  std::optional<Snapshot> state = decode_snapshot(whole.bytes_, members);
  return state && state->at == whole.at_ ? state : std::nullopt;
}

}  // namespace core
