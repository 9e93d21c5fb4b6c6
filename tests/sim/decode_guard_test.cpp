// Files that are no YAML, no text, or made to hurt: refused with a place, never a crash or a long wait.
#include "core/base/rng.hpp"
#include "tests/sim/decode_support.hpp"

using namespace decode_support;

namespace {

constexpr int kDeep = 20'000;

std::string repeated(std::string_view piece, int times) {
  std::string text;
  for (int i = 0; i < times; ++i) text += piece;
  return text;
}

// Ten aliases of ten aliases of ...: 10^levels values when written out.
std::string alias_bomb(int levels) {
  std::string text = "x-0: &a0 [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]\n";
  for (int level = 1; level <= levels; ++level) {
    const std::string below = "*a" + std::to_string(level - 1) + ", ";
    text += "x-" + std::to_string(level) + ": &a" + std::to_string(level) + " [" + repeated(below, 10) + "]\n";
  }
  return text;
}

// A random edit: a byte changed, removed, doubled, or a piece of the text copied elsewhere.
void mutate(std::string& text, core::Rng& rng) {
  constexpr std::string_view spice = "[]{}:,-&*!|>'\"#%@`? \n\t0~<.x\x80\xFF";
  const auto at = static_cast<std::size_t>(rng.below(text.size()));
  const auto length = static_cast<std::size_t>(rng.below(20));
  switch (rng.below(4)) {
    case 0:
      text[at] = spice[static_cast<std::size_t>(rng.below(spice.size()))];
      break;
    case 1:
      text.erase(at, length);
      break;
    case 2:
      text.insert(at, text.substr(at, length));
      break;
    default:
      text.insert(at, 1, spice[static_cast<std::size_t>(rng.below(spice.size()))]);
      break;
  }
  if (text.empty()) text = " ";
}

}  // namespace

TEST_CASE("20,000 levels of every style are refused") {
  const std::string deep = "nested deeper than 32 levels";
  for (const char* style : {"[", "{a: ", "- ", "? ", "[a: ", "[{a: ", "{? ", "[? ", "{[", "[[], "}) {
    CAPTURE(style);
    const std::vector<std::string> found = problems(repeated(style, kDeep));
    REQUIRE(found.size() == 1);
    CHECK(found[0].ends_with(deep));
  }
  refused("a: " + repeated("[", kDeep) + repeated("]", kDeep), "1:35: " + deep);
  refused("x-a: " + repeated("{a: ", kDeep) + "1" + repeated("}", kDeep), "1:130: " + deep);
  refused(repeated("- ", kDeep) + "x\n", "1:65: " + deep);
  std::string indented;
  for (int i = 0; i < 1'000; ++i) indented += std::string(static_cast<std::size_t>(i), ' ') + "a:\n";
  refused(indented, "33:33: " + deep);
}

TEST_CASE("32 levels are read") {
  CHECK(good(with_nodes("x-a: " + repeated("[", 31) + repeated("]", 31) + "\n")).group.size() == 5);
}

TEST_CASE("aliases are copied within bounds") {
  CHECK(good(with_nodes(alias_bomb(3))).group.size() == 5);
  const std::vector<std::string> found = problems(with_nodes(alias_bomb(30)));
  REQUIRE(found.size() == 1);
  CHECK(found[0].ends_with("more than 200000 values, aliases written out; no scenario needs that"));
  wrong("x-a: &a [*a]\n", "3:10: this alias stands inside the value that it names");
  wrong("x-a: *b\n", "3:6: no anchor (&) of this name stands before the alias");
  const std::string nest = "x-b: " + repeated("[", 15) + "*a" + repeated("]", 15) + "\n";
  wrong("x-a: &a " + repeated("[", 20) + repeated("]", 20) + "\n" + nest, "4:21: nested deeper than 32 levels");
}

TEST_CASE("what is no text is refused where it begins") {
  refused("", "1:1: the file is empty; the smallest scenario has 'version: 1' and 'nodes: 3'");
  refused("# only words\n\n", "1:1: the file is empty; the smallest scenario has 'version: 1' and 'nodes: 3'");
  refused(std::string("a: 1\nb\0: 2\n", 11), "2:2: a NUL byte; this is not a text file");
  refused("a: 1\nä\x1B: 2\n", "2:2: control character 0x1B; this is not a text file");
  refused("a: 1\nbä\xFF\n", "2:3: byte 0xFF is not valid UTF-8; save the file as UTF-8 text");
  refused("a: \xC0\xAF\n", "1:4: byte 0xC0 is not valid UTF-8; save the file as UTF-8 text");
  refused("a: \xED\xA0\x80\n", "1:4: byte 0xED is not valid UTF-8; save the file as UTF-8 text");
  refused("\xFF\xFEv\0", "1:1: byte 0xFF is not valid UTF-8; save the file as UTF-8 text");
  refused("a: 1\rb: 2\r", "1:5: a carriage return without a line feed; end lines with LF or CRLF");
  refused("a:\n \tb: 1\n", "2:2: a tab in the indentation; YAML wants spaces");
  refused(std::string((32 << 20) + 1, '#'), "1:1: the file is larger than 32 MiB; no scenario needs that");
}

TEST_CASE("YAML that is broken or more than we read is refused in plain words") {
  refused("a: b: c\n", "1:5: a ':' where none can stand; is the line indented rightly, or a quote missing?");
  refused("a: [1, 2\nb: 3\n", "2:2: a '[' is not closed; a ']' or a ',' is missing before this");
  refused("a: {b: 1\nc: 3\n", "2:2: a '{' is not closed; a '}' or a ',' is missing before this");
  refused("a: \"b\nc: 1\n", "2:4: the file ends inside a quoted text; a closing quote is missing");
  wrong("group:", "3:1: 'group' has no value; give one or leave the key out");
  refused("a: @b\n", "1:4: this character cannot begin a value; put the value in quotes");
  refused("a: !!str b\n", "1:4: tags such as !!str are not supported; leave it out");
  refused("? [a]\n: b\n", "1:3: a key must be a word");
  refused(
      "a: 1\n---\nb: 1\n",
      "2:1: what follows here is a second document; a file holds one scenario (is a ':' without a space after it?)");
}

TEST_CASE("costly files cost little") {
  std::string names = "version: 1\nnodes: 10000\nfaults:\n";
  for (int i = 0; i < 5'000; ++i) names += "- {at: 1s, crash: m" + std::to_string(i) + "}\n";
  CHECK(problems(names).size() == 20);
  std::string keys = "version: 1\nnodes: 5\n";
  for (int i = 0; i < 20'000; ++i) keys += "k" + std::to_string(i) + ": 1\n";
  CHECK(problems(keys).size() == 20);
  CHECK(problems(with_nodes("faults: [{at: 1s, crash: " + std::string(900'000, 'x') + "}]\n")).size() == 1);
}

TEST_CASE("random edits give a scenario or problems with a place") {
  const std::string whole =
      "version: 1\nname: x\nseed: 7\nduration: 60s\nnodes: [{name: a, id: 1}, {name: b}, {name: c, rank: 2}]\n"
      "group: {quorum: majority}\ntiming:\n  phi_threshold: 8.5\n  hold_timeout: 5s\nx-a: &a {loss: 1%}\n"
      "network:\n  default: *a\n  links:\n    - {from: a, to: [b, c], latency: {normal: [4ms, 1ms]}, both: true}\n"
      "workload:\n  - {submit: 20/s, from: all, chain: 3}\nfaults:\n  - {at: 10s, crash: random(2), for: 1s}\n"
      "  - {every: 5s, partition: [[a, b], [c]]}\n  - when: {kind: order, nth: 5}\n    plus: 1ms\n    pause: it\n"
      "expect: {invariants: [causal], final_leader: highest, at_least: {deliver: 3}}\n";
  REQUIRE(problems(whole).empty());
  int right = 0, refusals = 0;
  for (std::uint64_t seed = 1; seed <= 2'000; ++seed) {
    CAPTURE(seed);
    core::Rng rng(seed);
    std::string text = whole;
    for (std::uint64_t edits = rng.below(4) + 1; edits > 0; --edits) mutate(text, rng);
    const auto result = sim::decode(text, "f");
    if (std::holds_alternative<sim::Scenario>(result)) {
      ++right;
      continue;
    }
    ++refusals;
    const auto& found = std::get<std::vector<sim::Problem>>(result);
    REQUIRE((!found.empty() && found.size() <= 20));
    for (const sim::Problem& problem : found) {
      REQUIRE((problem.line >= 1 && problem.column >= 1 && !problem.message.empty()));
      REQUIRE(sim::describe(problem, "f").starts_with("f:" + std::to_string(problem.line) + ":"));
    }
  }
  CHECK(right > 20);
  CHECK(refusals > 1'000);
}
