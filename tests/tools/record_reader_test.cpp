// A trace that is read and written again is the same trace; what is no record is said with its line.
#include "tools/trace/record_reader.hpp"

#include <catch2/catch.hpp>
#include <sstream>

#include "tests/tools/folder.hpp"
#include "tools/exit_code.hpp"
#include "tools/trace/jsonl_trace.hpp"
#include "tools/trace/output_file.hpp"

namespace {

using tests::Folder;

constexpr const char* kHeader =
    R"({"kind":"header","format":"bellwether-trace","version":1,"scenario":"s","seed":7,"mode":"sim",)"
    R"("config":{"version":1,"name":"s","duration":"9s","nodes":3}})"
    "\n";

// `in` written again; the last line is made up by us.
void write_again(const std::string& in, const std::string& out) {
  tools::RecordReader reader(in);
  tools::OutputFile file(out);
  tools::JsonlTrace trace(file, reader.scenario(), reader.seed());
  while (reader.next()) trace.on(reader.record());
  CHECK(reader.end().has_value());
  trace.end({});
}

std::string without_last_line(const std::string& text) {
  return text.substr(0, text.rfind('\n', text.size() - 2) + 1);
}

// What is wrong with a trace whose second line is `line`, by our reader.
std::string complaint(const std::string& line) {
  const Folder folder("record_reader");
  folder.write("t", kHeader + line + "\n");
  tools::RecordReader reader(folder.path / "t");
  try {
    reader.next();
  } catch (const tools::BadInput& bad) {
    const std::string text = bad.what();
    return text.substr(text.find("/t:") + 3);
  }
  return "";
}

}  // namespace

TEST_CASE("a trace that is read and written again is the same trace") {
  for (const char* name : {"leader-crash", "city/city", "three-to-five", "split-brain", "rolling-amnesia", "overload",
                           "snapshot-laggard", "missing-cause", "config-drift"}) {
    INFO(name);
    const Folder folder("record_reader");
    REQUIRE(folder.call("run " SOURCE_DIR "/scenarios/" + std::string(name) + ".yaml --trace a") <= 1);
    write_again(folder.path / "a", folder.path / "b");
    const std::string a = folder.read("a"), b = folder.read("b");
    REQUIRE(a.size() > 10'000);
    CHECK((without_last_line(a) == without_last_line(b)));
  }
}

TEST_CASE("what is no record is said with its line and what it lacks") {
  CHECK(complaint(R"({"kind":"commit","at":1,"node":"n1","seq":1,"epoch":1})").empty());
  CHECK(complaint(R"({"kind":"commit","at":1,"node":"n9","seq":1,"epoch":1})") ==
        R"(2: there is no node "n9" in the header)");
  CHECK(complaint(R"({"kind":"commit","at":1,"node":"n1","epoch":1})") == "2: a commit has a whole number `seq`");
  CHECK(complaint(R"({"kind":"dance","at":1})") == R"(2: this program knows no kind "dance")");
  CHECK(complaint(R"({"kind":"role","at":1,"node":"n1","role":"king","epoch":1})") ==
        R"(2: this program knows no role "king")");
  CHECK(complaint(R"({"kind":"ack","at":1,"node":"n1","event":"n1","seq":1})") ==
        R"(2: no event's id: "n1"; it is like "n1:5")");
  CHECK(complaint(R"({"kind":"send","at":1,"node":"n1","msg":1,"type":"ORDER","epoch":1})") ==
        "2: a send names a node as `to`");
  CHECK(complaint(R"({"kind":"light","at":1,"node":"n1","intersection":0,"colour":"RED","until":1})") ==
        "2: `intersection` counts from 1");
}

TEST_CASE("a trace that breaks off is read as far as it goes") {
  const Folder folder("record_reader");
  folder.write("t", kHeader + std::string(R"({"kind":"pause","at":1,"node":"n2"})") + "\n" + R"({"kind":"resu)");
  tools::RecordReader reader(folder.path / "t");
  REQUIRE(reader.next());
  CHECK(reader.record().node == 1);
  CHECK_FALSE(reader.next());
  CHECK_FALSE(reader.end());
}
