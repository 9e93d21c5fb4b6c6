// Finds functions by their braces: a brace opens a function when the statement before it has a parameter list and
// is not a namespace, a type or an initialiser. Everything inside, lambdas too, belongs to that function.
#include <cctype>
#include <regex>

#include "tests/house/rules.hpp"

namespace house {
namespace {

constexpr std::size_t kMaxFunctionLines = 70;

// `head`: the text between the last ';' or brace and the brace that opens here.
bool opens_function(std::string head) {
  static const std::regex kNotFunction(
      R"(^\s*(template\s*<[^{]*>\s*)?((inline|static|constexpr)\s+)*(namespace|class|struct|enum|union|extern)\b)");
  static const std::regex kInitialiser(R"(=\s*$)");
  return head.find('(') != std::string::npos && !std::regex_search(head, kNotFunction) &&
         !std::regex_search(head, kInitialiser);
}

class Scanner {
 public:
  explicit Scanner(const SourceFile& file) : file_(file) {}

  void take(char c, std::size_t line) {
    if (c == '{')
      open(line);
    else if (c == '}')
      close(line);
    else if (c == ';')
      head_.clear();
    else
      head_ += c;
  }
  [[nodiscard]] const Complaints& found() const { return found_; }

 private:
  void open(std::size_t line) {
    const bool initialiser =
        !head_.empty() && (std::isalnum(static_cast<unsigned char>(head_.back())) != 0 || head_.back() == '_');
    if (initialisers_ > 0 || initialiser) {
      ++initialisers_;
      return;
    }
    ++depth_;
    if (function_depth_ == 0 && opens_function(head_)) function_depth_ = depth_, start_ = line;
    head_.clear();
  }

  void close(std::size_t line) {
    if (initialisers_ > 0) {
      --initialisers_;
      return;
    }
    if (depth_-- == function_depth_) {
      function_depth_ = 0;
      const std::size_t lines = line - start_ + 1;
      if (lines > kMaxFunctionLines)
        found_.push_back(file_.path + ":" + std::to_string(start_ + 1) + ": a function of " + std::to_string(lines) +
                         " lines; split it into steps with names (at most 70)");
    }
    head_.clear();
  }

  const SourceFile& file_;
  Complaints found_;
  std::string head_;
  int initialisers_ = 0;    // open braces of `name{...}`, which end no statement
  int depth_ = 0;           // of all other braces
  int function_depth_ = 0;  // at which the function that is being read opened; 0: none
  std::size_t start_ = 0;   // its line
};

}  // namespace

Complaints function_length(const SourceFile& file) {
  if (!file.is_cpp()) return {};
  Scanner scanner(file);
  for (std::size_t i = 0; i < file.code.size(); ++i) {
    if (file.code[i].starts_with('#')) continue;  // a directive ends without ';'
    for (const char c : file.code[i] + " ") scanner.take(c, i);
  }
  return scanner.found();
}

}  // namespace house
