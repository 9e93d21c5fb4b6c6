// What one client of emergency dispatch says, and when: a value without sockets. Whoever plays it tells it what it
// hears, and sends what it wants to say.
//
// Whatever a client has said counts only once a server has acknowledged it; until then it is said again at each server
// that the client comes to. Statuses and payloads are those of the original system's clients; what is new in them is
// left out by servers that do not know it.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/base/rng.hpp"
#include "core/base/time.hpp"
#include "core/city/place.hpp"
#include "net/discovery/resident.hpp"

namespace net {

// One message to the server: its status and payload.
struct Words {
  std::string status;
  Json payload = Json::object();
};

// How a client behaves. The default times are those of the original clients.
struct Manner {
  core::Place at{48'780'000, 9'180'000};           // where it is, or begins
  core::Duration crash_every{};                    // car: reports one so often; 0: when a key is pressed
  core::Duration first_crash{};                    // car: from its first server on to its first report of them
  std::uint64_t crashes = UINT64_MAX;              // car: so many, then no more
  core::Duration leg = core::Duration::s(2);       // ambulance: from one step to the next
  core::Duration handover = core::Duration::s(5);  // ambulance: from the hospital to available
  bool by_hand = false;                            // ambulance: steps are keys, not times
  std::int64_t beds = 4;                           // hospital: free at first
  core::Duration stay = core::Duration::s(30);     // hospital: of a patient; 0: until a key is pressed
  core::Rng rng{};                                 // where crashes happen
};

class Role {
 public:
  explicit Role(std::string id) : id_{std::move(id)} {}
  Role(const Role&) = delete;
  Role& operator=(const Role&) = delete;
  virtual ~Role() = default;

  [[nodiscard]] const std::string& id() const { return id_; }
  [[nodiscard]] virtual std::string type() const = 0;  // "Car"
  // It is registered at a server, perhaps another than before.
  virtual void registered(core::Instant now) = 0;
  virtual void hear(core::Instant now, const std::string& status, const Json& payload) = 0;
  // Does what is due. Returns when there is more.
  virtual core::Instant wake(core::Instant now) = 0;
  // A person has typed a line.
  virtual void typed(core::Instant now, const std::string& line) = 0;
  // Since when something that it said has waited for its acknowledgement; never: nothing waits.
  [[nodiscard]] virtual core::Instant waits_since() const = 0;
  // What goes along with each heartbeat.
  virtual void beat() {}
  // Which keys there are.
  [[nodiscard]] virtual std::string keys() const = 0;

  std::vector<Words> take_words() { return std::exchange(words_, {}); }
  // What people want to know: objects with an "event".
  std::vector<Json> take_news() { return std::exchange(news_, {}); }

 protected:
  void say(std::string status, Json payload = Json::object()) {
    words_.push_back({std::move(status), std::move(payload)});
  }
  void tell(const char* event, Json more = Json::object()) {
    more["event"] = event;
    news_.push_back(std::move(more));
  }

 private:
  std::string id_;
  std::vector<Words> words_;
  std::vector<Json> news_;
};

// Of "car", "ambulance" or "hospital"; null: there is no such type.
std::unique_ptr<Role> role_of(const std::string& type, std::string id, const Manner& manner);

// {"latitude":48.78,"longitude":9.18}
Json degrees_of(core::Place place);
// And back; nothing: this is no place on earth.
std::optional<core::Place> place_of(const Json& degrees);

}  // namespace net
