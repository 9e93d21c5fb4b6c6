// Who has which place: by the order of the events, also for who has missed some of them.
#include <catch2/catch.hpp>

#include "net/discovery/json_fields.hpp"
#include "net/discovery/roster.hpp"
#include "tests/net/residents.hpp"

namespace {

using net::Roster;
using tests::charter;
using tests::resident;

Roster three() {
  return Roster(charter({1, 2, 3}));
}

}  // namespace

TEST_CASE("newcomers get the next places in the order of their admission, each once") {
  Roster roster = three();
  const net::Resident seven = resident(7), six = resident(6), moved = resident(7, 8000, 2), eight = resident(8);
  CHECK_FALSE(roster.deliver(1, nullptr));
  CHECK(roster.deliver(2, &seven));
  CHECK(roster.deliver(3, &six));
  CHECK_FALSE(roster.deliver(3, &eight));  // known: a restarted node delivers again
  CHECK(roster.deliver(4, &moved));
  CHECK_FALSE(roster.deliver(5, &seven));  // its old address
  CHECK(roster.place_of({0, 7}) == 3);
  CHECK(roster.place_of({0, 6}) == 4);
  CHECK(roster.residents()[3].at == moved.at);
  CHECK(roster.full());
  CHECK_FALSE(roster.deliver(6, &eight));
  CHECK(roster.place_of({0, 8}) == core::kNobody);
  CHECK(roster.as_of() == 6);
}

TEST_CASE("who has missed a part of the order waits for the roster of one who has not") {
  const net::Resident four = resident(4), five = resident(5);
  Roster whole = three(), holed = three();
  whole.deliver(10, &four);
  holed.deliver(3, nullptr);
  holed.jump(12);
  CHECK_FALSE(holed.complete());
  CHECK_FALSE(holed.deliver(13, &five));  // which place is not known yet
  CHECK(holed.place_of({0, 5}) == core::kNobody);
  CHECK_FALSE(holed.adopt(whole));  // it knows no more than up to 10
  whole.deliver(12, nullptr);
  CHECK(holed.adopt(whole));
  CHECK(holed.complete());
  CHECK(holed.place_of({0, 4}) == 3);
  CHECK(holed.place_of({0, 5}) == 4);
  CHECK(holed.as_of() == 13);
  whole.deliver(13, &five);
  CHECK(whole.json() == holed.json());
}

TEST_CASE("of two addresses the one of the later boot counts") {
  Roster roster = three();
  CHECK(roster.learn(resident(2, 7000, 5)));
  CHECK_FALSE(roster.learn(resident(2, 9000, 4)));
  CHECK_FALSE(roster.learn(resident(2, 7000, 5)));
  CHECK(roster.learn(resident(2, 9000, 6)));
  CHECK_FALSE(roster.learn(resident(9)));
  Roster other = three();
  other.learn(resident(2, 7000, 5));
  CHECK_FALSE(roster.adopt(other));
  CHECK(other.adopt(roster));
  CHECK(other.residents()[1].at == resident(2, 9000, 6).at);
  Roster stranger(charter({1, 2, 4}));
  CHECK_FALSE(stranger.adopt(roster));
}

TEST_CASE("a roster is the same after JSON, and only what can be one is read") {
  Roster roster = three();
  const net::Resident four = resident(4);
  roster.deliver(9, &four);
  CHECK(Roster::from(roster.json()).json() == roster.json());
  net::Json broken = roster.json();
  SECTION("not the founders") {
    broken["residents"].erase(0);
  }
  SECTION("one twice") {
    broken["residents"].push_back(broken["residents"][3]);
  }
  SECTION("more than there are places") {
    for (std::uint64_t id = 5; id < 9; ++id) broken["residents"].push_back(net::to_json(resident(id)));
  }
  SECTION("no address") {
    broken["residents"][3]["host"] = "nowhere";
  }
  CHECK_THROWS_AS(Roster::from(broken), net::BadValue);
}

TEST_CASE("all members make the same configuration of a charter, and newcomers rank below founders") {
  core::Config settings;
  settings.timing.heartbeat_interval = core::Duration::ms(50);
  const core::Config config = net::config_of(charter({1, 2, 3}), settings);
  CHECK(config.size() == 5);
  CHECK(config.members[4].name == "place-4");
  CHECK(config.members[3].id == core::Id128{0, 4});  // no founder's
  CHECK_FALSE(config.members[4].founder);
  CHECK(config.outranks(0, 4));
  CHECK(config.outranks(4, 3));
  CHECK(config.digest == net::config_of(charter({1, 2, 3}), settings).digest);
  CHECK(config.digest != net::config_of(charter({1, 2, 4}), settings).digest);
}

TEST_CASE("ids are whole numbers or UUIDs") {
  CHECK(net::text_of({0, 42}) == "42");
  const core::Id128 id = net::make_id();
  CHECK(net::id_in(net::text_of(id)) == id);
  CHECK((id.high >> 12 & 15) == 7);
  CHECK((id.low >> 62) == 2);
  CHECK(net::id_in("018f3e6c-0000-7000-8000-000000000002") == core::Id128{0x018f3e6c00007000, 0x8000000000000002});
  CHECK_FALSE(net::id_in("018f3e6c-0000-7000-8000-00000000000g"));
  CHECK_FALSE(net::id_in("-4"));
  CHECK_FALSE(net::id_in(""));
}
