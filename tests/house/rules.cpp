#include "tests/house/rules.hpp"

#include <algorithm>
#include <array>
#include <regex>
#include <sstream>

namespace house {
namespace {

constexpr std::size_t kMaxLines = 400, kMaxColumns = 120;

std::string at(const SourceFile& file, std::size_t index, const std::string& message) {
  return file.path + ":" + std::to_string(index + 1) + ": " + message;
}

bool is_word(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

// `name` stands in `line` as a whole: "rand(" is not in "operand(". A name ending in '_' may go on.
bool contains_name(std::string_view line, std::string_view name) {
  for (std::size_t i = line.find(name); i != std::string_view::npos; i = line.find(name, i + 1)) {
    const std::size_t end = i + name.size();
    const bool starts = i == 0 || !is_word(name.front()) || !is_word(line[i - 1]);
    const bool ends = end == line.size() || !is_word(name.back()) || name.back() == '_' || !is_word(line[end]);
    if (starts && ends) return true;
  }
  return false;
}

// Characters, not bytes: a continuation byte of UTF-8 counts nothing.
std::size_t width(const std::string& line) {
  return static_cast<std::size_t>(std::count_if(line.begin(), line.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

struct Ban {
  std::string_view name, instead;
};
constexpr std::array kBans{
    Ban{"std::chrono", "core/base/time.hpp; time is an argument"},
    Ban{"<chrono>", "core/base/time.hpp; time is an argument"},
    Ban{"time(", "an Instant that is handed in"},
    Ban{"random_device", "core::Rng with a seed that is handed in"},
    Ban{"<random>", "core::Rng; the library's distributions differ between vendors"},
    Ban{"rand(", "core::Rng"},
    Ban{"std::unordered_", "std::map, std::set or a sorted vector: hashing order must not show"},
    Ban{"std::hash", "core::Hasher, which is equal on every machine"},
    Ban{"thread_local", "an argument"},
    Ban{"std::thread", "threads in tools, one run in each"},
    Ban{"std::mutex", "threads in tools, one run in each"},
    Ban{"std::atomic", "threads in tools, one run in each"},
    Ban{"volatile", "nothing: no memory is shared here"},
    Ban{"getenv", "an option of the scenario or the command"},
    Ban{"std::function", "a template parameter, an auto&& or a variant"},
    Ban{"<iostream>", "a return value; only tools print"},
    Ban{"std::cout", "a return value; only tools print"},
    Ban{"std::cerr", "a return value; only tools print"},
    Ban{"float", "an integer, or double where it decides nothing"},
    Ban{"long double", "an integer, or double where it decides nothing"},
    Ban{"std::pow", "an integer or a table: only + - * / and sqrt are equal everywhere"},
    Ban{"std::exp", "an integer or a table: only + - * / and sqrt are equal everywhere"},
    Ban{"std::log", "an integer or a table: only + - * / and sqrt are equal everywhere"},
    Ban{"std::sin", "an integer or a table: only + - * / and sqrt are equal everywhere"},
    Ban{"std::cos", "an integer or a table: only + - * / and sqrt are equal everywhere"},
    Ban{"std::fma", "a * b + c"},
    Ban{"assert(", "core::check(), which stays in release builds"},
};

constexpr std::array kForeign{"clock_gettime",
                              "gettimeofday",
                              "time",
                              "clock",
                              "nanosleep",
                              "usleep",
                              "socket",
                              "connect",
                              "bind",
                              "poll",
                              "pthread_create",
                              "getrandom",
                              "getentropy",
                              "rand",
                              "srand",
                              "random",
                              "getenv",
                              "open",
                              "fopen",
                              "std::chrono::",
                              "std::random_device",
                              "std::thread",
                              "std::this_thread",
                              "std::basic_ifstream",
                              "std::basic_ofstream",
                              "std::basic_filebuf",
                              "std::cout",
                              "std::cin",
                              "std::condition_variable"};

bool is_standard_header(const std::string& name) {
  return name.find_first_of("./") == std::string::npos;
}

}  // namespace

Complaints include_direction(const SourceFile& file) {
  static const std::regex kInclude(R"(^\s*#\s*include\s*(["<])([^">]+)[">])");
  const std::string folder = file.path.substr(0, file.path.find('/'));
  Complaints found;
  for (std::size_t i = 0; i < file.lines.size(); ++i) {
    std::smatch match;
    if (!std::regex_search(file.lines[i], match, kInclude)) continue;
    const std::string name = match[2];
    const std::string target = name.substr(0, name.find('/'));
    const bool ours = match[1] == "\"";
    bool allowed = is_standard_header(name);
    if (ours)
      allowed = target == folder || target == "core" || folder == "tests" || (folder == "tools" && target != "tests");
    if (!ours && folder == "sim")
      allowed = allowed || (target == "yaml-cpp" && file.in("sim/scenario") && !file.is_header());
    if (!ours && folder == "net")
      allowed = allowed || target == "boost" || target == "nlohmann" || target == "sqlite3.h" || target == "fcntl.h" ||
                name == "sys/mman.h" || target == "unistd.h";
    if (!ours && (folder == "tools" || folder == "tests")) allowed = true;
    if (!allowed) found.push_back(at(file, i, folder + " may not include " + name + "; move one of the two"));
  }
  return found;
}

Complaints banned_names(const SourceFile& file) {
  if (!file.in("core") && !file.in("sim")) return {};
  Complaints found;
  for (std::size_t i = 0; i < file.code.size(); ++i)
    for (const Ban& ban : kBans)
      if (contains_name(file.code[i], ban.name))
        found.push_back(at(file, i, std::string(ban.name) + " is banned here; use " + std::string(ban.instead)));
  return found;
}

Complaints layout(const SourceFile& file) {
  Complaints found;
  if (file.lines.size() > kMaxLines)
    found.push_back(at(file, kMaxLines, "the file goes on beyond 400 lines; split it by job"));
  for (std::size_t i = 0; i < file.lines.size(); ++i) {
    if (width(file.lines[i]) > kMaxColumns) found.push_back(at(file, i, "longer than 120 columns; break the line"));
    if (file.lines[i].find('\t') != std::string::npos) found.push_back(at(file, i, "a tab; indent by two spaces"));
  }
  if (file.is_header() && std::find(file.lines.begin(), file.lines.end(), "#pragma once") == file.lines.end())
    found.push_back(at(file, 0, "no `#pragma once`; add it below the header comment"));
  return found;
}

Complaints top_level_names(const std::vector<std::string>& names) {
  constexpr std::array kAllowed{"CMakeLists.txt",
                                "CMakePresets.json",
                                "LICENSE",
                                "README.md",
                                "build",
                                "core",
                                "net",
                                "scenarios",
                                "sim",
                                "tests",
                                "tools"};
  Complaints found;
  for (const std::string& name : names)
    if (!name.starts_with('.') && std::find(kAllowed.begin(), kAllowed.end(), name) == kAllowed.end())
      found.push_back(name + ": not one of the few names at the root; put it into a folder that exists");
  return found;
}

Complaints foreign_symbols(const std::string& nm_output) {
  Complaints found;
  std::istringstream in(nm_output);
  std::string object, line;
  while (std::getline(in, line)) {
    if (line.ends_with(".o:")) object = line;
    const std::size_t mark = line.find(" U ");
    if (mark == std::string::npos) continue;
    const std::string symbol = line.substr(mark + 3);
    for (const std::string_view foreign : kForeign)
      if (symbol == foreign || (foreign.starts_with("std::") && symbol.starts_with(foreign)))
        found.push_back(object + " uses " + symbol + "; core is given time, chance and bytes, it fetches none");
  }
  return found;
}

}  // namespace house
