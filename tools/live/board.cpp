#include "tools/live/board.hpp"

#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <new>
#include <system_error>

#include "core/base/check.hpp"
#include "net/runtime/clock.hpp"

namespace tools {
namespace {

using Count = std::atomic<std::uint64_t>;
using Length = std::uint32_t;

constexpr std::int64_t kNothing = INT64_MAX;
constexpr useconds_t kPatience = 500;

static_assert(Count::is_always_lock_free, "processes share it");

}  // namespace

struct alignas(64) Board::Ring {
  Count written{0}, read{0};  // bytes, since the beginning
  std::atomic<std::int64_t> pending{kNothing};
  std::array<char, kRingBytes> bytes;

  void copy_in(std::uint64_t at, const char* from, std::size_t size) {
    for (std::size_t done = 0; done < size;) {
      const std::size_t place = (at + done) % kRingBytes, part = std::min(size - done, kRingBytes - place);
      std::memcpy(bytes.data() + place, from + done, part);
      done += part;
    }
  }
  void copy_out(std::uint64_t at, char* to, std::size_t size) const {
    for (std::size_t done = 0; done < size;) {
      const std::size_t place = (at + done) % kRingBytes, part = std::min(size - done, kRingBytes - place);
      std::memcpy(to + done, bytes.data() + place, part);
      done += part;
    }
  }
};

// Then the rings follow, one for each member, and the journal.
struct alignas(64) Board::Shared {
  std::atomic<std::int64_t> origin{0};
  Count journal{0};  // bytes
};

Board::Board(std::size_t members) : members_{members}, size_{sizeof(Shared) + members * sizeof(Ring) + kJournalBytes} {
  void* memory = mmap(nullptr, size_, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (memory == MAP_FAILED) throw std::system_error(errno, std::generic_category(), "no memory for the live run");
  shared_ = new (memory) Shared;
  for (std::size_t i = 0; i < members; ++i)
    new (reinterpret_cast<Ring*>(shared_ + 1) + i) Ring;  // pages stay untouched but for its first
}

Board::~Board() {
  munmap(shared_, size_);
}

Board::Ring& Board::ring(core::Member member) const {
  return reinterpret_cast<Ring*>(shared_ + 1)[member];
}

char* Board::journal() const {
  return reinterpret_cast<char*>(reinterpret_cast<Ring*>(shared_ + 1) + members_);
}

void Board::set_origin(core::Instant origin) {
  shared_->origin = origin.ns;
}

core::Instant Board::origin() const {
  return {shared_->origin};
}

core::Instant Board::now() const {
  return core::Instant{} + (net::machine_time() - origin());
}

core::Instant Board::begin(core::Member member) {
  ring(member).pending = now().ns;
  return now();  // not the same as above: between the two the reader may have looked
}

void Board::publish(core::Member member, std::string_view record) {
  Ring& to = ring(member);
  const auto length = static_cast<Length>(record.size());
  core::check(record.size() + sizeof length <= kRingBytes, "a record fits into the ring");
  const std::uint64_t at = to.written;
  while (at + sizeof length + record.size() - to.read > kRingBytes) usleep(kPatience);
  to.copy_in(at, reinterpret_cast<const char*>(&length), sizeof length);
  to.copy_in(at + sizeof length, record.data(), record.size());
  to.written = at + sizeof length + record.size();
  to.pending = kNothing;
}

core::Instant Board::complete_until(std::span<const core::Member> members) const {
  core::Instant until = now();
  for (const core::Member member : members) until.ns = std::min(until.ns, ring(member).pending.load());
  return until;
}

bool Board::take(core::Member member, std::string& record) {
  Ring& from = ring(member);
  const std::uint64_t at = from.read;
  if (from.written == at) return false;
  Length length = 0;
  from.copy_out(at, reinterpret_cast<char*>(&length), sizeof length);
  record.resize(length);
  from.copy_out(at + sizeof length, record.data(), length);
  from.read = at + sizeof length + length;
  return true;
}

void Board::forget_pending(core::Member member) {
  ring(member).pending = kNothing;
}

void Board::write_journal(std::string_view entry) {
  const auto length = static_cast<Length>(entry.size());
  const std::uint64_t at = shared_->journal;
  core::check(at + sizeof length + entry.size() <= kJournalBytes, "the journal of faults is not full");
  std::memcpy(journal() + at, &length, sizeof length);
  std::memcpy(journal() + at + sizeof length, entry.data(), entry.size());
  shared_->journal = at + sizeof length + entry.size();
}

std::string_view Board::journal_at(std::size_t& place) const {
  if (shared_->journal == place) return {};
  Length length = 0;
  std::memcpy(&length, journal() + place, sizeof length);
  const std::string_view entry(journal() + place + sizeof length, length);
  place += sizeof length + length;
  return entry;
}

}  // namespace tools
