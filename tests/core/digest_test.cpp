#include "core/base/digest.hpp"

#include <catch2/catch.hpp>
#include <set>
#include <string>
#include <vector>

namespace {

std::string digest_of(const std::vector<std::uint64_t>& words) {
  core::Hasher hasher;
  for (const std::uint64_t word : words) hasher.word(word);
  return hasher.digest().hex();
}

std::string digest_of_text(const std::vector<std::string>& texts) {
  core::Hasher hasher;
  for (const std::string& text : texts) hasher.text(text);
  return hasher.digest().hex();
}

}  // namespace

TEST_CASE("a digest prints as 32 lower-case digits, high half first") {
  CHECK(core::Digest{0x0123456789ABCDEFULL, 0xF}.hex() == "0123456789abcdef000000000000000f");
}

TEST_CASE("order, length and every bit count") {
  CHECK(digest_of({1, 2}) == digest_of({1, 2}));
  std::set<std::string> seen{digest_of({}),     digest_of({0}),    digest_of({0, 0}),
                             digest_of({1, 2}), digest_of({2, 1}), digest_of({1, 2, 0})};
  CHECK(seen.size() == 6);
  for (int bit = 0; bit < 64; ++bit) seen.insert(digest_of({5, std::uint64_t{1} << bit, 9}));
  CHECK(seen.size() == 70);
}

TEST_CASE("texts do not run into each other") {
  const std::set<std::string> seen{digest_of_text({"ab", "c"}),
                                   digest_of_text({"a", "bc"}),
                                   digest_of_text({"abc"}),
                                   digest_of_text({"abc", ""}),
                                   digest_of_text({std::string("abc\0", 4)}),
                                   digest_of_text({"12345678"}),
                                   digest_of_text({"123456789"})};
  CHECK(seen.size() == 7);
}

TEST_CASE("no collision among neighbouring inputs") {
  std::set<std::pair<std::uint64_t, std::uint64_t>> seen;
  for (std::uint64_t a = 0; a < 300; ++a)
    for (std::uint64_t b = 0; b < 300; ++b) {
      core::Hasher hasher;
      hasher.word(a), hasher.word(b);
      seen.insert({hasher.digest().high, hasher.digest().low});
    }
  CHECK(seen.size() == 90'000);
}

TEST_CASE("digests keep their value from version to version") {
  CHECK(digest_of({}) == "e9e0033e3badaf36dfc7a99951f24649");
  CHECK(digest_of({1, 2, 3}) == "350c8b322537c72f5d06321f00921150");
  CHECK(digest_of_text({"bellwether"}) == "d27d985bc7dc9ee78af1d7dd1cf1ba80");
}
