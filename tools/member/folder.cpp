#include "tools/member/folder.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>

#include "tools/exit_code.hpp"

namespace tools {
namespace {

namespace fs = std::filesystem;

constexpr const char* kAdvice = "; choose another folder with --data";

// Greater than any count of starts, and than it was a second ago: for who cannot count on, since the count is lost.
std::uint64_t seconds_since_2025() {
  constexpr std::int64_t first = 1'735'689'600;  // the beginning of 2025
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return static_cast<std::uint64_t>(
      std::max<std::int64_t>(2, std::chrono::duration_cast<std::chrono::seconds>(now).count() - first));
}

net::Identity identity_of(const NodeOptions& options) {
  net::Identity self{options.id.value_or(core::Id128{}), options.name, options.rank};
  if (!options.id) self.id = net::make_id();
  if (self.name.empty()) self.name = net::name_for(self.id);
  return self;
}

int take_lock(const fs::path& file) {
  const int lock = open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
  if (lock < 0)
    throw BadInput("bellwether: " + file.string() + ": cannot be opened: " + std::strerror(errno) + kAdvice);
  if (flock(lock, LOCK_EX | LOCK_NB) == 0) return lock;
  close(lock);
  throw BadInput("bellwether: " + file.parent_path().string() +
                 ": another process is a node with this folder; stop that one, or choose another --data");
}

}  // namespace

Folder::Folder(const NodeOptions& options, Say say) : path_{options.data}, say_{std::move(say)} {
  std::error_code error;
  fs::create_directories(path_, error);
  if (error) throw BadInput("bellwether: " + path_.string() + ": cannot be made: " + error.message() + kAdvice);
  lock_ = take_lock(path_ / "lock");
  try {
    recall(options);
    file.boots = std::max(file.boots + 1, seconds_since_2025());
  } catch (const net::GroupFileError& wrong) {
    close(lock_);
    throw BadInput(std::string("bellwether: ") + wrong.what());
  } catch (...) {
    close(lock_);
    throw;
  }
}

Folder::~Folder() {
  close(lock_);
}

void Folder::recall(const NodeOptions& options) {
  auto found = net::read_group_file(path_ / "group.json");
  if (!found) {
    file.group = options.group;
    file.self = identity_of(options);
    return;
  }
  file = std::move(*found);
  const std::string here = "bellwether: " + path_.string() + ": belongs to " + file.self.name;
  if (file.group != options.group)
    throw BadInput(here + " of group " + file.group + ", not of " + options.group +
                   "; give --group, or choose another folder");
  if (options.id && *options.id != file.self.id)
    throw BadInput(here + ", whose id is " + net::text_of(file.self.id) + "; leave --id out, or choose another folder");
  if (!options.name.empty() && options.name != file.self.name)
    throw BadInput(here + "; leave --name out, or choose another folder");
  if (options.rank != 0 && options.rank != file.self.rank)
    throw BadInput(here + ", whose rank is " + std::to_string(file.self.rank) +
                   "; leave --rank out: the others know it");
}

// What cannot even say how often it was opened is of no use, but people may want to look at it.
void Folder::put_aside(const std::string& why) const {
  const std::string mark = ".damaged-" + std::to_string(seconds_since_2025());
  for (const char* part : {"store.db", "store.db-wal", "store.db-shm"}) {
    std::error_code ignored;  // not all of them are there
    fs::rename(path_ / part, path_ / (part + mark), ignored);
  }
  say_(why + "; it is put aside as store.db" + mark);
}

std::unique_ptr<net::Store> Folder::open_store(const core::Config& config, core::Member self) {
  const auto open = [&] { return std::make_unique<net::Store>(path_ / "store.db", config, self, file.group); };
  try {
    return open();
  } catch (const net::StoreDamaged& damage) {
    if (file.incarnation == 0) throw;  // no work of this node's
    put_aside(damage.what());
  }
  auto store = open();
  store->forget(seconds_since_2025());
  return store;
}

Memory Folder::remember(const core::Config& config, core::Member self) {
  Memory memory;
  const std::uint64_t count = file.incarnation + 1;
  if (config.storage == core::Storage::durable) {
    memory.store = open_store(config, self);
    if (memory.store->incarnation() < count || file.membership.forgotten) {
      say_("what this node has written is gone; it asks the others");
      memory.store->forget(seconds_since_2025());
    }
    try {
      memory.durable = memory.store->load();
    } catch (const net::StoreDamaged& damage) {
      memory.store.reset();
      put_aside(damage.what());
      memory.store = std::make_unique<net::Store>(path_ / "store.db", config, self, file.group);
      memory.store->forget(seconds_since_2025());
      memory.durable = memory.store->load();
    }
    memory.incarnation = memory.store->incarnation();
  } else {
    memory.incarnation = file.membership.forgotten ? std::max(count, seconds_since_2025()) : count;
    if (memory.incarnation > 1) memory.durable = core::Durable::forgotten(self, memory.incarnation);
  }
  file.incarnation = memory.incarnation;
  file.membership.forgotten = false;
  save();
  return memory;
}

}  // namespace tools
