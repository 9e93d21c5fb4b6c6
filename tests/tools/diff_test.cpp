// Where two traces part: what is compared, what is said, and what is no trace at all.
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <sstream>

#include "tools/exit_code.hpp"
#include "tools/report/diff_report.hpp"
#include "tools/report/record_words.hpp"

namespace {

namespace fs = std::filesystem;
using tools::Json;
using Lines = std::vector<std::string>;

const Lines kTrace{
    R"({"kind":"header","format":"bellwether-trace","version":1,"scenario":"s","seed":1,"config":{"seed":1}})",
    R"({"kind":"start","at":0,"node":"n1","incarnation":1,"applied":0})",
    R"({"kind":"send","at":5,"node":"n1","to":"n2","msg":1,"type":"ORDER","epoch":1})",
    R"({"kind":"suspect","at":6,"node":"n2","peer":"n1","phi_milli":8000})",
    R"({"kind":"deliver","at":1000000007,"node":"n3","seq":4,"epoch":2,"event":"@2:5","depends_on":[],"type":"x"})",
    R"({"kind":"ack","at":1000000008,"node":"n3","event":"n3:1","seq":4})",
    R"({"kind":"end","at":2000000000,"verdict":"pass","digest":"00ff","counts":{"start":1}})"};

// A folder with two traces, a and b, that goes when the test ends.
struct Folder {
  fs::path path = fs::temp_directory_path() / ("bellwether_diff_test" + std::to_string(getpid()));

  Folder(const std::string& a, const std::string& b) {
    fs::create_directories(path);
    std::ofstream(path / "a", std::ios::binary) << a;
    std::ofstream(path / "b", std::ios::binary) << b;
  }
  ~Folder() { fs::remove_all(path); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
};

std::string joined(const Lines& lines) {
  std::string out;
  for (const std::string& line : lines) out += line + "\n";
  return out;
}

// kTrace with `change` done to its record in line `line` (from 1).
std::string changed(std::size_t line, const std::function<void(Json&)>& change) {
  Lines lines = kTrace;
  Json record = Json::parse(lines.at(line - 1));
  change(record);
  lines[line - 1] = record.dump();
  return joined(lines);
}

tools::TraceDiff diff_of(const std::string& a, const std::string& b) {
  const Folder folder(a, b);
  tools::TraceReader one(folder.path / "a"), other(folder.path / "b");
  return tools::compare(one, other);
}

// What is said of kTrace and of it with that change.
std::string said(std::size_t line, const std::function<void(Json&)>& change) {
  const tools::TraceDiff diff = diff_of(joined(kTrace), changed(line, change));
  REQUIRE_FALSE(diff.equal());
  CHECK(diff.line == line);
  return tools::difference_in_words(diff);
}

// The complaint about a file with this text, without its folder.
std::string complaint(const std::string& text) {
  const Folder folder(text, joined(kTrace));
  try {
    tools::TraceReader one(folder.path / "a"), other(folder.path / "b");
    tools::compare(one, other);
  } catch (const tools::BadInput& error) {
    const std::string what = error.what();
    return what.substr(what.rfind("/a:") + 1);
  }
  return "";
}

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

std::string page(const tools::TraceDiff& diff, std::size_t columns = 100) {
  return tools::tell_diff(diff, "a", "b", {}, columns);
}

}  // namespace

TEST_CASE("equal traces are told with digest and count") {
  const tools::TraceDiff diff = diff_of(joined(kTrace), joined(kTrace));
  CHECK(diff.equal());
  CHECK(diff.records == 5);
  CHECK(diff.digest == "00ff");
  CHECK(has(page(diff), "✓ equal: 5 records, digest 00ff\n"));
}

TEST_CASE("the order of fields, blanks and phi_milli make no difference") {
  const std::string phi = changed(4, [](Json& record) { record["phi_milli"] = 9; });
  CHECK(diff_of(joined(kTrace), phi).equal());
  Lines sorted = kTrace;
  for (std::string& line : sorted) line = " " + nlohmann::json::parse(line).dump(1);
  for (std::string& line : sorted) {
    std::erase(line, '\n');
    line.erase(0, 1);
  }
  CHECK(diff_of(joined(kTrace), joined(sorted)).equal());
}

TEST_CASE("the sentence names what differs and nothing else") {
  CHECK(said(5, [](Json& r) { r["event"] = "n2:17"; }) == "line 5: n3 delivers @2:5 in A, n2:17 in B");
  CHECK(said(5, [](Json& r) { r["seq"] = 5; }) == "line 5: n3 delivers @2:5: seq 4 in A, 5 in B");
  CHECK(said(5, [](Json& r) { r["depends_on"] = {"n1:1", "n1:2"}; }) ==
        "line 5: n3 delivers @2:5: depends_on none in A, n1:1 n1:2 in B");
  CHECK(said(5, [](Json& r) { r["node"] = "n1"; }) == "line 5: n3 delivers @2:5 in A, n1 delivers @2:5 in B");
  CHECK(said(5, [](Json& r) { r["at"] = 1000000009; }) ==
        "line 5: n3 delivers @2:5: at 1.000000007 s in A, at 1.000000009 s in B");
  CHECK(said(5, [](Json& r) { r["at"] = 12, r["event"] = "n2:17"; }) ==
        "line 5: n3 delivers @2:5 at 1.000000007 s in A, n2:17 at 0.000000012 s in B");
  CHECK(said(5, [](Json& r) { r.erase("type"); }) == "line 5: n3 delivers @2:5: type x in A, nothing in B");
  CHECK(said(3, [](Json& r) { r["to"] = "n3"; }) == "line 3: n1 sends ORDER to n2 in A, ORDER to n3 in B");
  CHECK(said(2, [](Json& r) { r["kind"] = "bow"; }) == "line 2: n1 starts in A, n1 does bow in B");
  CHECK(said(7, [](Json& r) { r["digest"] = "01"; }) == "line 7: the run ends with pass: digest 00ff in A, 01 in B");
}

TEST_CASE("the page shows both records between what comes before and after") {
  const tools::TraceDiff diff = diff_of(joined(kTrace), changed(5, [](Json& r) { r["event"] = "n2:17"; }));
  const std::string text = page(diff);
  CAPTURE(text);
  CHECK(has(text, "         3      0.000000005  n1 sends ORDER to n2 · msg 1 · epoch 1\n"));
  CHECK(has(text, "         5        A                                         B\n"));
  CHECK(has(text, "\n  ≠ event         @2:5                                      n2:17\n"));
  CHECK(has(text, "\n    seq           4                                         4\n"));
  CHECK(has(text, "         6        1.000000008 n3 is told the place of n3:1  1.000000008 n3"));
  CHECK(has(text, "✗ line 5: n3 delivers @2:5 in A, n2:17 in B\n"));
  CHECK_FALSE(has(text, "\033"));
}

TEST_CASE("no line of the page is wider than it may be, and the place that differs is seen") {
  const std::string same(300, 'a');
  const auto with = [&](const std::string& end) { return changed(5, [&](Json& r) { r["type"] = same + "φ" + end; }); };
  for (const std::size_t columns : {80U, 100U, 120U}) {
    std::istringstream text(page(diff_of(with("one" + same), with("two" + same)), columns));
    std::size_t marked = 0;
    for (std::string line; std::getline(text, line) && !line.starts_with("✗");) {
      const auto width = std::count_if(line.begin(), line.end(), [](char c) { return (c & 0xC0) != 0x80; });
      CHECK(static_cast<std::size_t>(width) <= columns);
      if (line.starts_with("  ≠ type")) marked += has(line, "one") && has(line, "two") ? 1U : 0U;
    }
    CHECK(marked == 1);
  }
}

TEST_CASE("long values are cut in the sentence, at the place that differs") {
  const auto with = [](const std::string& middle) {
    return changed(5, [&](Json& r) { r["type"] = std::string(500, 'a') + middle + std::string(500, 'a'); });
  };
  const std::string sentence = tools::difference_in_words(diff_of(with("one"), with("two")));
  CHECK(sentence.size() < 200);
  CHECK(has(sentence, "aone"));
  CHECK(has(sentence, "atwo"));
}

TEST_CASE("headers that differ are told and do not count") {
  const tools::TraceDiff diff = diff_of(
      joined(kTrace), changed(1, [](Json& header) { header["seed"] = 2, header["config"]["takeover"] = "eager"; }));
  CHECK(diff.equal());
  CHECK(has(page(diff), "The headers differ:\n"));
  CHECK(has(page(diff), "  seed: 1 in A, 2 in B\n"));
  CHECK(has(page(diff), "  config.takeover: null in A, \"eager\" in B\n"));
}

TEST_CASE("a trace that breaks off differs from one that goes on, not from itself") {
  const std::string whole = joined(kTrace), torn = whole.substr(0, whole.find("\"ack\"") + 3);
  const tools::TraceDiff diff = diff_of(whole, torn);
  CHECK(diff.line == 6);
  CHECK(has(page(diff), "B breaks off in this line"));
  CHECK(tools::difference_in_words(diff) ==
        "line 6: A goes on: n3 is told the place of n3:1, B breaks off in the middle of it");
  const std::string shorter = joined({kTrace.begin(), kTrace.end() - 1});
  CHECK(has(page(diff_of(shorter, whole)), "line 7: A has ended before it, B goes on: the run ends with pass"));
  CHECK(has(page(diff_of(torn, torn)), "equal as far as they go: 4 records, then both break off without an end"));
  CHECK(has(page(diff_of(shorter, shorter)), "equal as far as they go: 5 records"));
}

TEST_CASE("what is no trace is named with its line") {
  CHECK(complaint("") == "a:1: is empty");
  CHECK(complaint("\x1f\x8b\x08") == "a:1: is no trace; it looks compressed, so unpack it first");
  CHECK(has(complaint("version: 1\n"), "a:1: is no trace"));
  CHECK(has(complaint("{\"kind\":\"start\",\"at\":1}\n"), "a:1: is no trace"));
  CHECK(has(complaint("{}\n"), "a:1: "));
  CHECK(has(complaint(changed(1, [](Json& r) { r["version"] = 2; })), "a:1: a trace of version 2; this program reads"));
  CHECK(has(complaint(kTrace[0] + "\n\n"), "a:2: no record"));
  CHECK(has(complaint(kTrace[0] + "\n{\"kind\":\n" + kTrace[2]), "a:2: no record"));
  CHECK(has(complaint(kTrace[0] + "\n{\"at\":1}\n"), "a:2: no record: it has no `kind`"));
  CHECK(has(complaint(kTrace[0] + "\n{\"kind\":\"start\",\"at\":-1}\n"), "a:2: no record: it has no `at`"));
  CHECK(has(complaint(kTrace[0] + "\n{\"kind\":" + std::string(100'000, '[') + "\n"), "a:2: no record"));
  const std::string deep = std::string(1000, '[') + std::string(1000, ']');
  CHECK(has(complaint(kTrace[0] + "\n{\"kind\":" + deep + "}\n"), "a:2: no record"));
}

TEST_CASE("the command ends with 0, 1 or 2, and --json says the same") {
  const Folder folder(joined(kTrace), changed(5, [](Json& r) { r["event"] = "n2:17"; }));
  const auto call = [&](const std::string& arguments) {
    const std::string command =
        "cd " + folder.path.string() + " && " BINARY_DIR "/bellwether diff " + arguments + " >out 2>err";
    return WEXITSTATUS(std::system(command.c_str()));
  };
  CHECK(call("a a") == 0);
  CHECK(call("a nosuch") == 2);
  CHECK(call("a .") == 2);
  CHECK(call("a") == 2);
  CHECK(call("a b") == 1);
  CHECK(call("a b --json") == 1);
  const Json told = Json::parse(std::ifstream(folder.path / "out"));
  CHECK(told["equal"] == false);
  CHECK(told["line"] == 5);
  CHECK(told["records"] == 3);
  CHECK(told["differs"] == Json{"event"});
  CHECK(told["a"].dump() == kTrace[4]);
  CHECK(told["b"]["event"] == "n2:17");
  CHECK(call("a a --json") == 0);
  const Json equal = Json::parse(std::ifstream(folder.path / "out"));
  CHECK(equal["equal"] == true);
  CHECK(equal["digest"] == "00ff");
  CHECK(equal["line"].is_null());
}
