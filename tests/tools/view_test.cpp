// The page of a run holds its whole trace and what is said of it; what is no trace makes no page.
#include <zlib.h>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "tests/tools/folder.hpp"
#include "tools/pages/pages.hpp"
#include "tools/view/packed_text.hpp"

namespace {

using tests::Folder;
using Json = nlohmann::json;

struct Text : tools::ByteSink {
  std::string text;
  void write(std::string_view bytes) override { text += bytes; }
  void commit() override {}
};

// What stands in the element with that id.
std::string element(const std::string& page, const std::string& id) {
  const std::size_t begin = page.find(" id=\"" + id + "\">");
  REQUIRE(begin != std::string::npos);
  const std::size_t text = page.find('>', begin) + 1;
  return page.substr(text, page.find("</script>", text) - text);
}

std::string from_base64(const std::string& text) {
  const std::string letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  std::uint32_t bits = 0;
  int count = 0;
  for (const char letter : text.substr(0, text.find('='))) {
    bits = bits << 6 | static_cast<std::uint32_t>(letters.find(letter));
    if ((count += 6) >= 8) out += static_cast<char>(bits >> (count -= 8) & 0xFF);
  }
  return out;
}

std::string unpacked(const std::string& base64) {
  std::string packed = from_base64(base64), out(64 << 20, '\0');
  z_stream stream{};
  REQUIRE(inflateInit2(&stream, 15 + 16) == Z_OK);
  stream.next_in = reinterpret_cast<Bytef*>(packed.data()), stream.avail_in = static_cast<uInt>(packed.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data()), stream.avail_out = static_cast<uInt>(out.size());
  CHECK(inflate(&stream, Z_FINISH) == Z_STREAM_END);
  out.resize(stream.total_out);
  inflateEnd(&stream);
  return out;
}

Json account(const std::string& page) {
  return Json::parse(element(page, "account"));
}

const std::string kScenario =
    "version: 1\nname: split\ndescription: \"a </script> in its description\"\nduration: 30s\nnodes: 5\n"
    "group: {quorum: none}\nworkload: [{submit: 5/s}]\n"
    "faults: [{at: 10s, partition: [[n1, n2], [n3, n4, n5]], for: 10s}]\n";

}  // namespace

TEST_CASE("text of any length is packed and unpacked again") {
  for (const std::size_t size : {0U, 1U, 2U, 3U, 1000U, 49152U, 300'000U}) {
    std::string text;
    for (std::size_t i = 0; text.size() < size; ++i) text += std::to_string(i * i % 7919);
    text.resize(size);
    Text out;
    tools::PackedText packed(out);
    packed.write(std::string_view(text).substr(0, size / 3));
    packed.write(std::string_view(text).substr(size / 3));
    packed.commit();
    CHECK((unpacked(out.text) == text));
  }
}

TEST_CASE("the page of a run has its trace, and why a rule was broken") {
  const Folder folder("view");
  folder.write("split.yaml", kScenario);
  REQUIRE(folder.call("run split.yaml --seed 3 --trace run.jsonl --report run.html") == 1);
  const std::string page = folder.read("run.html"), trace = folder.read("run.jsonl");
  CHECK((unpacked(element(page, "trace-0")) == trace));
  const Json said = account(page)["traces"][0];
  CHECK(account(page)["format"] == "bellwether-report");
  CHECK(said["name"] == "split");
  CHECK(said["repeat"].get<std::string>().ends_with("run split.yaml --seed 3"));
  REQUIRE_FALSE(said["explanations"].empty());
  const Json& step = said["explanations"][0]["threads"][0]["steps"][0];
  std::istringstream lines(trace);
  std::string line;
  for (std::uint64_t place = 0; place <= step["place"].get<std::uint64_t>() + 1; ++place) std::getline(lines, line);
  CHECK(Json::parse(line)["at"] == step["at"]);

  REQUIRE(folder.call("view run.jsonl") == 0);
  CHECK(folder.read("out") ==
        "run.jsonl.html: " + std::to_string(std::ranges::count(trace, '\n') - 2) + " records; open it in a browser\n");
  const std::string viewed = folder.read("run.jsonl.html");
  CHECK((element(viewed, "trace-0") == element(page, "trace-0")));
  CHECK(account(viewed)["traces"][0]["explanations"] == said["explanations"]);
}

TEST_CASE("two traces stand in one page") {
  const Folder folder("view");
  folder.write("split.yaml", kScenario);
  REQUIRE(folder.call("run split.yaml --seed 1 --trace a") == 1);
  REQUIRE(folder.call("run split.yaml --seed 2 --trace b") == 1);
  REQUIRE(folder.call("view --compare a b -o page.html") == 0);
  const std::string page = folder.read("page.html");
  CHECK((unpacked(element(page, "trace-0")) == folder.read("a")));
  CHECK((unpacked(element(page, "trace-1")) == folder.read("b")));
  CHECK(account(page)["traces"].size() == 2);
}

TEST_CASE("a trace that breaks off is shown as far as it goes") {
  const Folder folder("view");
  folder.write("split.yaml", kScenario);
  REQUIRE(folder.call("run split.yaml --trace run.jsonl") == 1);
  const std::string whole = folder.read("run.jsonl");
  const std::size_t end = whole.find('\n', whole.size() / 2) + 1;
  folder.write("run.jsonl", whole.substr(0, end + 20));
  REQUIRE(folder.call("view run.jsonl -o page.html") == 0);
  CHECK((unpacked(element(folder.read("page.html"), "trace-0")) == whole.substr(0, end)));
}

TEST_CASE("a header that does not say how the run was made is one of a simulated run") {
  const Folder folder("view");
  folder.write("t", R"({"kind":"header","format":"bellwether-trace","version":1,"config":{"version":1,"name":"s",)"
                    R"("duration":"9s","nodes":3}})"
                    "\n");
  REQUIRE(folder.call("view t -o page.html") == 0);
  CHECK(account(folder.read("page.html"))["traces"][0]["repeat"].get<std::string>().ends_with("run s.yaml --seed 1"));
}

TEST_CASE("what makes no page is said, and no page is left behind") {
  const Folder folder("view");
  folder.write("split.yaml", kScenario);
  REQUIRE(folder.call("run split.yaml --trace run.jsonl") == 1);
  const auto complains = [&](const std::string& arguments, const std::string& words) {
    CHECK(folder.call(arguments) == 2);
    CHECK(folder.read("err").find(words) != std::string::npos);
    CHECK_FALSE(std::filesystem::exists(folder.path / "page.html"));
  };
  complains("view -o page.html", "name a trace, or two as `--compare A B`");
  complains("view run.jsonl --compare run.jsonl run.jsonl -o page.html", "not both");
  complains("view nothing.jsonl -o page.html", "nothing.jsonl: cannot be read");
  complains("view split.yaml -o page.html", "split.yaml:1: is no trace");
  folder.write("bad.jsonl", folder.read("run.jsonl").substr(0, 5000) + "\n{\"kind\":\"ack\",\"at\":1}\n{}\n");
  complains("view bad.jsonl -o page.html", "bad.jsonl:");
  complains("run split.yaml --seeds 1..2 --report page.html", "--report needs exactly one run");
  complains("run split.yaml --report split.yaml", "--report: split.yaml is the scenario itself");
  complains("run split.yaml --report page.html --trace page.html", "cannot be both");
}

TEST_CASE("the pages ask no other place for anything") {
  for (const std::string_view page : {tools::report_page(), tools::live_page()}) {
    CHECK(page.starts_with("<!doctype html>"));
    for (const char* outside : {"src=\"http", "href=\"http", "@import", "url(http"})
      CHECK(page.find(outside) == std::string_view::npos);
  }
  CHECK(tools::report_page().find(tools::kPageData) != std::string_view::npos);
}
