#include "tests/net/messages.hpp"

#include "core/group/settings.hpp"
#include "net/wire/body.hpp"

namespace tests {
namespace {

// Fills in fields by their types.
class Filler {
 public:
  Filler(core::Rng& rng, std::size_t members) : rng_{rng}, members_{members} {}

  template <class T>
    requires std::integral<T> || std::is_enum_v<T>
  void fill(T& value) {
    value = static_cast<T>(rng_.next() >> rng_.below(64));
  }
  void fill(bool& value) { value = rng_.below(2) == 0; }
  void fill(core::Refusal& why) { why = static_cast<core::Refusal>(rng_.below(3)); }
  void fill(core::Member& member) {
    member = rng_.below(4) == 0 ? core::kNobody : static_cast<core::Member>(rng_.below(members_));
  }
  void fill(core::Instant& time) { time.ns = static_cast<std::int64_t>(rng_.below(1ULL << 50)); }
  void fill(core::Point& point) { point = {1 + rng_.below(9), rng_.below(1'000)}; }
  void fill(core::MemberSet& set) {
    set = core::MemberSet{members_};
    for (std::size_t i = 0; i < members_; ++i)
      if (rng_.below(2) == 0) set.insert(static_cast<core::Member>(i));
  }
  void fill(core::Memories& memories) {
    for (std::size_t i = 0; i < members_; ++i)
      if (rng_.below(3) == 0) memories[static_cast<core::Member>(i)] = 2 + rng_.below(5);
  }
  void fill(core::Settings& settings) { settings = {{"timing.retransmit", "200ms"}, {"quorum", "majority"}}; }
  void fill(std::string& bytes) {
    const bool text = rng_.below(2) == 0;
    for (std::uint64_t left = rng_.below(40); left > 0; --left)
      bytes += static_cast<char>(text ? 32 + rng_.below(95) : rng_.below(256));
  }
  void fill(std::vector<core::EventRef>& events) {
    const auto origin = static_cast<core::Member>(rng_.below(members_));
    const std::uint64_t first = 1 + rng_.below(99), incarnation = rng_.below(3);
    for (std::uint64_t i = 0, size = rng_.below(5); i < size; ++i)
      events.push_back(event(core::EventId::of(origin, first + i, incarnation)));
  }
  // They connect to what came before: the last place that was filled in.
  void fill_after(core::Point previous, core::Epoch& epoch, std::vector<core::Entry>& entries) {
    epoch = previous.epoch + 3;
    for (std::uint64_t i = 0, size = rng_.below(5); i < size; ++i) {
      previous = {previous.epoch + rng_.below(2) * (previous.epoch < epoch ? 1 : 0), previous.seq + 1};
      const bool own = rng_.below(3) == 0;
      const auto origin = static_cast<core::Member>(rng_.below(members_));
      entries.push_back({previous.seq, previous.epoch,
                         event(own ? core::EventId::made_in(previous.epoch, 1 + i) : core::EventId::of(origin, 7))});
    }
  }

 private:
  core::EventRef event(core::EventId id) {
    auto made = std::make_shared<core::Event>();
    made->id = id;
    for (std::uint64_t left = rng_.below(3); left > 0; --left)
      made->depends_on.push_back(core::EventId::of(static_cast<core::Member>(rng_.below(members_)), 1 + left));
    made->type = "message";
    fill(made->payload);
    if (rng_.below(5) == 0) made->rejects = core::EventId::of(0, 3);
    return made;
  }

  core::Rng& rng_;
  std::size_t members_;
};

}  // namespace

core::Config group_of(std::size_t members) {
  core::Config config;
  for (std::size_t i = 0; i < members; ++i) config.members.push_back({"n" + std::to_string(i + 1), {0, i + 1}});
  return config;
}

core::Message random_message(core::Rng& rng, core::MessageType type, std::size_t members) {
  Filler filler(rng, members);
  core::Message message{.from = static_cast<core::Member>(rng.below(members)), .body = net::empty_body(type)};
  filler.fill(message.sent), filler.fill(message.number);
  std::visit(
      [&](auto& body) {
        using T = std::decay_t<decltype(body)>;
        T::fields(body, [&](const char*, auto& field) {
          if constexpr (!std::is_same_v<std::decay_t<decltype(field)>, std::vector<core::Entry>>) filler.fill(field);
        });
        if constexpr (requires { body.entries, body.previous; })
          filler.fill_after(body.previous, body.epoch, body.entries);
      },
      message.body);
  return message;
}

}  // namespace tests
