// Own generator, so that every compiler and standard library draws the same numbers.
// SplitMix64 (Steele, Lea, Flood: "Fast splittable pseudorandom number generators", OOPSLA 2014).
#pragma once

#include <cstdint>
#include <initializer_list>

namespace core {

// One finalising mix of SplitMix64: a bijection on 64 bits.
constexpr std::uint64_t mix64(std::uint64_t z) {
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
  return z ^ (z >> 31);
}

// What a stream of random numbers is for. Each purpose, node and peer has a stream of its own, so
// that one more draw, node or fault does not shift anybody else's numbers.
enum class Purpose : std::uint64_t {
  node = 1,
  link = 2,
  workload = 3,
  fault = 4,
  membership = 5,
  disk = 6,
  client = 7,
  lamp = 8
};

class Rng {
 public:
  Rng() = default;
  explicit Rng(std::uint64_t seed) : state_{seed} {}

  // The stream named by (seed, purpose, keys...), e.g. a link's two ends.
  static Rng stream(std::uint64_t seed, Purpose purpose, std::initializer_list<std::uint64_t> keys) {
    std::uint64_t state = mix64(seed + 0x9E3779B97F4A7C15ULL) ^ static_cast<std::uint64_t>(purpose);
    for (const std::uint64_t key : keys) state = mix64(state + 0x9E3779B97F4A7C15ULL) ^ key;
    return Rng{mix64(state)};
  }

  std::uint64_t next() { return mix64(state_ += 0x9E3779B97F4A7C15ULL); }

  // Uniform in [0, bound) up to a bias below bound / 2^64. REQUIRES: bound > 0.
  std::uint64_t below(std::uint64_t bound) {
    __extension__ using Wide = unsigned __int128;
    return static_cast<std::uint64_t>((static_cast<Wide>(next()) * bound) >> 64);
  }

  // True with a probability of `ppm` in a million.
  bool chance_ppm(std::uint32_t ppm) { return ppm != 0 && below(1'000'000) < ppm; }

  friend bool operator==(const Rng&, const Rng&) = default;
  [[nodiscard]] std::uint64_t state() const { return state_; }

 private:
  std::uint64_t state_ = 0;
};

}  // namespace core
