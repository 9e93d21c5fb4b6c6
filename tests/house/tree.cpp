#include "tests/house/tree.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace house {
namespace {

std::vector<std::string> split(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

std::string newlines_of(std::string_view text) {
  return std::string(static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')), '\n');
}

// Where the comment or literal that begins at `at` ends (one past it); `at` itself if none begins there.
std::size_t end_of_skipped(std::string_view text, std::size_t at) {
  const auto after = [&](std::string_view what, std::size_t from) {
    const std::size_t found = text.find(what, from);
    return found == std::string_view::npos ? text.size() : found + what.size();
  };
  const std::string_view rest = text.substr(at);
  if (rest.starts_with("//")) return after("\n", at) - (after("\n", at) < text.size() ? 1 : 0);
  if (rest.starts_with("/*")) return after("*/", at + 2);
  if (rest.starts_with("R\"")) {
    const std::size_t open = text.find('(', at);
    return after(")" + std::string(text.substr(at + 2, open - at - 2)) + "\"", open);
  }
  const bool digit_separator =
      rest.front() == '\'' && at > 0 && std::isalnum(static_cast<unsigned char>(text[at - 1])) != 0;
  if (digit_separator || (rest.front() != '"' && rest.front() != '\'')) return at;
  std::size_t end = at + 1;
  while (end < text.size() && text[end] != rest.front()) end += text[end] == '\\' ? 2U : 1U;
  return std::min(end + 1, text.size());
}

bool is_source(const std::string& extension) {
  constexpr std::array kExtensions{".cpp", ".hpp", ".ts", ".tsx", ".mjs", ".css"};
  return std::find(kExtensions.begin(), kExtensions.end(), extension) != kExtensions.end();
}

}  // namespace

std::string strip(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t end = end_of_skipped(text, i);
    if (end == i) {
      out += text[i++];
      continue;
    }
    if (text[i] != '/') out += "\"\"";
    out += newlines_of(text.substr(i, end - i));
    i = end;
  }
  return out;
}

SourceFile::SourceFile(std::string path_, std::string_view text)
    : path(std::move(path_)), lines(split(std::string(text))), code(split(strip(text))) {}

bool SourceFile::in(std::string_view folder) const {
  return path.starts_with(std::string(folder) + "/");
}

std::vector<SourceFile> read_tree(const std::string& root) {
  std::vector<SourceFile> files;
  for (const char* folder : {"core", "sim", "net", "tools", "tests"}) {
    const std::filesystem::path top = std::filesystem::path(root) / folder;
    if (!std::filesystem::exists(top)) continue;
    for (auto entry = std::filesystem::recursive_directory_iterator(top); entry != end(entry); ++entry) {
      const std::string name = entry->path().filename().string();
      if (name == "node_modules" || name == "dist") entry.disable_recursion_pending();
      if (!is_source(entry->path().extension().string())) continue;
      std::ostringstream text;
      text << std::ifstream(entry->path()).rdbuf();
      files.emplace_back(std::filesystem::relative(entry->path(), root).generic_string(), text.str());
    }
  }
  std::sort(files.begin(), files.end(), [](const auto& a, const auto& b) { return a.path < b.path; });
  return files;
}

std::vector<std::string> top_level(const std::string& root) {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(root)) names.push_back(entry.path().filename().string());
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace house
