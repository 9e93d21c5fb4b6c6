// The tree keeps the house rules, and each rule bites: it is fed a sample that breaks it and one that does not.
#include <catch2/catch.hpp>
#include <cstdio>

#include "tests/house/rules.hpp"

namespace {

using house::Complaints;
using house::SourceFile;

template <class Rule>
void require_clean(Rule rule) {
  const std::vector<SourceFile> files = house::read_tree(SOURCE_DIR);
  REQUIRE(files.size() > 20);
  for (const SourceFile& file : files)
    for (const std::string& complaint : rule(file)) FAIL_CHECK(complaint);
}

std::string output_of(const std::string& command) {
  std::string output;
  FILE* pipe = popen(command.c_str(), "r");
  REQUIRE(pipe != nullptr);
  char buffer[4096];
  while (std::fgets(buffer, sizeof buffer, pipe) != nullptr) output += buffer;
  REQUIRE(pclose(pipe) == 0);
  return output;
}

bool includes(const std::string& path, const std::string& line) {
  return house::include_direction(SourceFile(path, line)).empty();
}

bool bans(const std::string& line, const std::string& path = "core/x.cpp") {
  return !house::banned_names(SourceFile(path, line)).empty();
}

std::string repeat(const std::string& text, int times) {
  std::string out;
  for (int i = 0; i < times; ++i) out += text;
  return out;
}

std::size_t long_functions(const std::string& text) {
  return house::function_length(SourceFile("x.cpp", text)).size();
}

}  // namespace

TEST_CASE("the tree keeps the include direction") {
  require_clean(house::include_direction);
}
TEST_CASE("core and sim avoid banned names") {
  require_clean(house::banned_names);
}
TEST_CASE("files are short, narrow and free of tabs") {
  require_clean(house::layout);
}
TEST_CASE("functions are short") {
  require_clean(house::function_length);
}

TEST_CASE("the root holds little") {
  CHECK(house::top_level_names(house::top_level(SOURCE_DIR)) == Complaints{});
  CHECK(house::top_level_names({"core", ".ci", "README.md"}).empty());
  CHECK(house::top_level_names({"core", "utils", "notes.md"}).size() == 2);
}

TEST_CASE("core's objects touch nothing of the machine") {
  const std::string symbols = output_of("nm -C --undefined-only " BINARY_DIR "/libcore.a 2>/dev/null");
  CHECK(symbols.find(" U ") != std::string::npos);
  CHECK(house::foreign_symbols(symbols) == Complaints{});
}

TEST_CASE("a foreign symbol is noticed") {
  const auto noticed = [](const std::string& symbol) {
    return !house::foreign_symbols("node.cpp.o:\n                 U " + symbol + "\n").empty();
  };
  CHECK(noticed("clock_gettime"));
  CHECK(noticed("time"));
  CHECK(noticed("fopen"));
  CHECK(noticed("pthread_create"));
  CHECK(noticed("std::random_device::_M_getval()"));
  CHECK(noticed("std::chrono::_V2::steady_clock::now()"));
  CHECK_FALSE(noticed("abort"));
  CHECK_FALSE(noticed("fprintf"));
  CHECK_FALSE(noticed("core::timer_time(core::Instant)"));
}

TEST_CASE("includes that point the wrong way are noticed") {
  CHECK(includes("core/a.cpp", "#include \"core/base/time.hpp\""));
  CHECK(includes("core/a.cpp", "#include <vector>"));
  CHECK_FALSE(includes("core/a.cpp", "#include \"sim/world/replay.hpp\""));
  CHECK_FALSE(includes("core/a.cpp", "#include <unistd.h>"));
  CHECK_FALSE(includes("core/a.cpp", "  #  include <nlohmann/json.hpp>"));
  CHECK(includes("sim/a.cpp", "#include \"core/base/time.hpp\""));
  CHECK(includes("sim/scenario/decode.cpp", "#include <yaml-cpp/yaml.h>"));
  CHECK_FALSE(includes("sim/scenario/decode.hpp", "#include <yaml-cpp/yaml.h>"));
  CHECK_FALSE(includes("sim/world/a.cpp", "#include <yaml-cpp/yaml.h>"));
  CHECK_FALSE(includes("sim/a.cpp", "#include \"net/a.hpp\""));
  CHECK_FALSE(includes("sim/a.cpp", "#include \"tools/a.hpp\""));
  CHECK_FALSE(includes("net/a.cpp", "#include \"sim/a.hpp\""));
  CHECK(includes("net/a.cpp", "#include <boost/asio.hpp>"));
  CHECK(includes("net/a.cpp", "#include <nlohmann/json.hpp>"));
  CHECK(includes("net/a.cpp", "#include <sqlite3.h>"));
  CHECK(includes("tools/a.cpp", "#include \"sim/a.hpp\""));
  CHECK_FALSE(includes("tools/a.cpp", "#include \"tests/house/tree.hpp\""));
}

TEST_CASE("banned names are noticed, look-alikes are not") {
  CHECK(bans("auto t = std::chrono::steady_clock::now();"));
  CHECK(bans("std::unordered_map<int, int> m;"));
  CHECK(bans("int x = rand();"));
  CHECK(bans("int x = std::rand() + time(nullptr);"));
  CHECK(bans("float f;"));
  CHECK(bans("#include <random>"));
  CHECK(bans("std::function<void()> f;", "sim/x.hpp"));
  CHECK(bans("double d = std::pow(2, x);"));
  CHECK_FALSE(bans("int x = operand(1) + wall_time(2);"));
  CHECK_FALSE(bans("// std::chrono would be wrong here"));
  CHECK_FALSE(bans("const char* s = \"rand(\";"));
  CHECK_FALSE(bans("bool volatile_storage = floating;"));
  CHECK_FALSE(bans("std::thread t;", "tools/x.cpp"));
}

TEST_CASE("long, wide, tabbed and unguarded files are noticed") {
  const auto complaints = [](const std::string& path, const std::string& text) {
    return house::layout(SourceFile(path, text)).size();
  };
  CHECK(complaints("x.cpp", repeat("int x;\n", 400)) == 0);
  CHECK(complaints("x.cpp", repeat("int x;\n", 401)) == 1);
  CHECK(complaints("x.cpp", std::string(120, 'x')) == 0);
  CHECK(complaints("x.cpp", std::string(121, 'x')) == 1);
  CHECK(complaints("x.cpp", repeat("\u03c6", 120)) == 0);
  CHECK(complaints("x.cpp", "\tint x;") == 1);
  CHECK(complaints("x.hpp", "int x;") == 1);
  CHECK(complaints("x.hpp", "// What it is.\n#pragma once\n") == 0);
}

TEST_CASE("long functions are noticed, long types and tables are not") {
  const std::string body = repeat("  f();\n", 69);
  CHECK(long_functions("void f() {\n" + body + "}\n") == 1);
  CHECK(long_functions("void f() {\n" + repeat("  f();\n", 68) + "}\n") == 0);
  CHECK(long_functions("namespace a {\nstruct B {\n  int f(int x) const {\n" + body + "  }\n};\n}\n") == 1);
  CHECK(long_functions("struct B {\n" + repeat("  int f(int x) { return x; }\n", 80) + "};\n") == 0);
  CHECK(long_functions("template <class T>\nstruct B {\n" + body + "};\n") == 0);
  CHECK(long_functions("const int table[f(3)] = {\n" + repeat("  1,\n", 80) + "};\n") == 0);
  CHECK(long_functions("B::B(int x)\n    : x_(x), y_{x} {\n" + body + "}\n") == 1);
  CHECK(long_functions("TEST_CASE(\"braces { in text\") {\n" + body + "}\n") == 1);
  CHECK(long_functions("// void f() {\n" + body) == 0);
  CHECK(long_functions("#define F(x) x\nvoid f() {\n  for (;;) {\n" + body + "  }\n}\nvoid g() {}\n") == 1);
}

TEST_CASE("comments and literals are stripped, lines stay") {
  CHECK(house::strip("a // b\nc") == "a \nc");
  CHECK(house::strip("a /* b\n b */ c") == "a \n c");
  CHECK(house::strip(R"(f("x\"y", '"', 1'000))") == R"(f("", "", 1'000))");
  CHECK(house::strip("R\"(a\n\"b\")\" c") == "\"\"\n c");
}
