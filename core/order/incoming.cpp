#include "core/order/incoming.hpp"

namespace core {

void Incoming::take(const StateSync& piece) {
  if (checksum(piece.piece) != piece.piece_checksum || piece.at < at_) return;
  if (piece.at != at_ || piece.checksum != checksum_ || piece.total != total_) {
    *this = {};
    at_ = piece.at;
    total_ = piece.total;
    checksum_ = piece.checksum;
  }
  const bool fits = piece.offset == bytes_.size() && piece.piece.size() <= total_ - bytes_.size();
  if (fits) bytes_ += piece.piece;
}

std::optional<Snapshot> Incoming::finish(std::size_t members) {
  const Incoming whole = std::exchange(*this, {});
  if (checksum(whole.bytes_) != whole.checksum_) return std::nullopt;
  std::optional<Snapshot> state = decode_snapshot(whole.bytes_, members);
  return state && state->at == whole.at_ ? state : std::nullopt;
}

}  // namespace core
