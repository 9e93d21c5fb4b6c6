// The command: what is written where, around which event, and what it says of what is no trace.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "tests/tools/folder.hpp"

namespace {

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t n = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++n;
  return n;
}

// A folder with a trace of a few seconds, `t`.
struct Traced : tests::Folder {
  explicit Traced(const std::string& name) : Folder(name) {
    write("s.yaml",
          "version: 1\nname: small\nduration: 6s\nnodes: 3\nworkload: [{submit: 5/s, from: all, stop: 4s}]\n"
          "faults: [{at: 3s, crash: leader, for: 1s}]\nexpect: {settle: 1s}\n");
    REQUIRE(call("run s.yaml --trace t") <= 1);
  }
};

}  // namespace

TEST_CASE("each format goes to stdout or into a file") {
  const Traced folder("export");
  for (const char* format : {"perfetto", "shiviz", "mermaid"}) {
    const std::string command = "export t --messages 10000 --to " + std::string(format);
    REQUIRE(folder.call(command) == 0);
    const std::string printed = folder.read("out");
    CHECK(printed.size() > 1'000);
    REQUIRE(folder.call(command + " -o file") == 0);
    CHECK(folder.read("out").empty());
    CHECK((folder.read("file") == printed));
  }
  CHECK(folder.read("file").starts_with("sequenceDiagram\n"));
  REQUIRE(folder.call("export t --to perfetto") == 0);
  CHECK(nlohmann::json::parse(folder.read("out")).contains("traceEvents"));
}

TEST_CASE("around an event there are so many messages, and the event") {
  const Traced folder("export_around");
  REQUIRE(folder.call("export t --to mermaid --around n1:3 --messages 20") == 0);
  const std::string text = folder.read("out");
  CHECK(count(text, "->>") + count(text, "-x") == 20);
  CHECK(count(text.substr(0, text.find("submits n1:3")), "->>") == 5);
  CHECK(has(text, "delivers no. "));
  REQUIRE(folder.call("export t --to shiviz --around n1:3 --messages 20") == 0);
  CHECK(has(folder.read("out"), " submits n1:3\n"));
  CHECK(folder.call("export t --to mermaid --around n1:999") == 2);
  CHECK(folder.read("err") == "bellwether: --around: t has no event n1:999 there\n");
  CHECK(folder.call("export t --to mermaid --around ambulance") == 2);
  CHECK(has(folder.read("err"), "'ambulance' is no event"));
}

TEST_CASE("a part of a trace is exported in its time and of its nodes") {
  const Traced folder("export_part");
  REQUIRE(folder.call("export t --to shiviz --from 2s --until 2500ms --nodes n1,n3") == 0);
  const std::string text = folder.read("out");
  CHECK(has(text, "\n2.0"));
  CHECK_FALSE(has(text, "\n2.5"));
  CHECK_FALSE(has(text, "\nn2 {"));
  CHECK(folder.call("export t --to shiviz --from 3s --until 2s") == 2);
  CHECK(has(folder.read("err"), "nothing lies between"));
  CHECK(folder.call("export t --to shiviz --nodes n1,m3") == 2);
  CHECK(has(folder.read("err"), "--nodes: t has no node 'm3'; did you mean 'n3'?"));
}

TEST_CASE("what cannot be exported is said with its place, and nothing is written") {
  const Traced folder("export_bad");
  CHECK(folder.call("export t --to mermaid --messages 20 -o file") == 2);
  CHECK(has(folder.read("err"), "t: has more than 20 messages there"));
  CHECK(folder.call("export t --to svg") == 2);
  CHECK(has(folder.read("err"), "--to: 'svg' is no format; perfetto, shiviz or mermaid"));
  CHECK(folder.call("export t --to perfetto -o t") == 2);
  CHECK(has(folder.read("err"), "is the trace itself"));
  CHECK(folder.call("export s.yaml --to perfetto -o file") == 2);
  CHECK(has(folder.read("err"), "s.yaml:1: is no trace"));
  const std::string whole = folder.read("t"), second = whole.substr(whole.find('\n') + 1);
  folder.write("bad", whole.substr(0, whole.find('\n') + 1) +
                          R"({"kind":"start","at":1,"node":"n9"})"
                          "\n" +
                          second);
  CHECK(folder.call("export bad --to perfetto -o file") == 2);
  CHECK(has(folder.read("err"), "bad:2: "));
  CHECK(folder.read("file").empty());
}

TEST_CASE("a trace that breaks off is exported as far as it goes; who has read enough is not scolded") {
  const Traced folder("export_torn");
  const std::string whole = folder.read("t");
  folder.write("torn", whole.substr(0, whole.size() - 20));
  REQUIRE(folder.call("export torn --to perfetto") == 0);
  CHECK(nlohmann::json::parse(folder.read("out"))["traceEvents"].size() > 100);
  CHECK(folder.call("export t --to shiviz | head -1") == 0);
  CHECK(folder.read("err").empty());
}
