#include "sim/scenario/yaml_tree.hpp"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <map>
#include <sstream>
#include <utility>

#include "sim/scenario/text_check.hpp"

namespace sim::yaml {
namespace {

constexpr std::size_t kMaxDepth = 32;
constexpr std::size_t kMaxNodes = 200'000;  // of a short text; else one for each four bytes

Refusal refusal(const YAML::Mark& mark, std::string message) {
  return {mark.line + 1, mark.column + 1, std::move(message)};
}

std::size_t size_of(const Node& node) {
  std::size_t size = 1 + node.keys.size();
  for (const Node& item : node.items) size += size_of(item);
  return size;
}

std::size_t depth_of(const Node& node) {
  std::size_t depth = 0;
  for (const Node& item : node.items) depth = std::max(depth, depth_of(item));
  return depth + 1;
}

// Builds the tree from the parser's events, and stops the parser (by throwing a Refusal) before
// nesting or aliases grow beyond bounds. The parser recurses only after it has told us of a new level.
class Builder : public YAML::EventHandler {
 public:
  explicit Builder(std::size_t bytes) : most_{std::max(kMaxNodes, bytes / 4)} {}

  Node take() { return std::move(root_); }
  [[nodiscard]] bool empty() const { return documents_ == 0; }

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (++documents_ == 1) return;
    throw refusal(
        mark, "what follows here is a second document; a file holds one scenario (is a ':' without a space after it?)");
  }
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override { add(made(mark, Node::Kind::null), anchor); }
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    refuse_tag(mark, tag);
    Node node = made(mark, Node::Kind::scalar);
    node.plain = tag != "!";
    node.text = value;
    add(std::move(node), anchor);
  }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    const auto known = anchors_.find(anchor);
    if (known == anchors_.end()) throw refusal(mark, "this alias stands inside the value that it names");
    if (open_.size() + depth_of(known->second) > kMaxDepth) throw refusal(mark, "nested deeper than 32 levels");
    count(mark, size_of(known->second));
    add(known->second, 0);
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    open(mark, tag, anchor, Node::Kind::list);
  }
  void OnSequenceEnd() override { close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    open(mark, tag, anchor, Node::Kind::map);
  }
  void OnMapEnd() override { close(); }

 private:
  struct Open {
    Node node;
    YAML::anchor_t anchor;
  };

  // The parser says "?" for plain and "!" for quoted values; anything else was written by the user.
  static void refuse_tag(const YAML::Mark& mark, const std::string& tag) {
    if (tag.size() > 1) throw refusal(mark, "tags such as !!str are not supported; leave it out");
  }

  void count(const YAML::Mark& mark, std::size_t more) {
    nodes_ += more;
    if (nodes_ > most_)
      throw refusal(mark,
                    "more than " + std::to_string(most_) + " values, aliases written out; no scenario needs that");
  }

  Node made(const YAML::Mark& mark, Node::Kind kind) {
    count(mark, 1);
    Node node;
    node.kind = kind;
    node.line = mark.line + 1;
    node.column = mark.column + 1;
    return node;
  }

  void open(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, Node::Kind kind) {
    refuse_tag(mark, tag);
    if (open_.size() == kMaxDepth) throw refusal(mark, "nested deeper than 32 levels");
    open_.push_back({made(mark, kind), anchor});
  }

  void close() {
    Open done = std::move(open_.back());
    open_.pop_back();
    add(std::move(done.node), done.anchor);
  }

  void add(Node node, YAML::anchor_t anchor) {
    if (anchor != 0) {
      count({}, size_of(node));
      anchors_[anchor] = node;
    }
    if (open_.empty()) {
      root_ = std::move(node);
      return;
    }
    Node& parent = open_.back().node;
    const bool key = parent.map() && parent.keys.size() == parent.items.size();
    if (key && !node.scalar()) throw Refusal{node.line, node.column, "a key must be a word"};
    (key ? parent.keys : parent.items).push_back(std::move(node));
  }

  Node root_;
  std::vector<Open> open_;
  std::map<YAML::anchor_t, Node> anchors_;
  std::size_t most_, nodes_ = 0;
  int documents_ = 0;
};

// The parser's words for the commonest slips, said for people.
std::string in_plain_words(const std::string& message) {
  static const std::map<std::string, std::string> words{
      {"illegal map value", "a ':' where none can stand; is the line indented rightly, or a quote missing?"},
      {"end of map not found", "this line does not fit the keys above it; indent it as they are, as 'key: value'"},
      {"end of sequence not found", "this line does not fit the list above it; indent it as the other '- ' lines are"},
      {"end of map flow not found", "a '{' is not closed; a '}' or a ',' is missing before this"},
      {"end of sequence flow not found", "a '[' is not closed; a ']' or a ',' is missing before this"},
      {"illegal EOF in scalar", "the file ends inside a quoted text; a closing quote is missing"},
      {"the referenced anchor is not defined", "no anchor (&) of this name stands before the alias"},
      {"unknown token", "this character cannot begin a value; put the value in quotes"},
  };
  const auto found = words.find(message);
  return found == words.end() ? "not valid YAML: " + message : found->second;
}

// At the last character that is no blank.
Refusal refusal_at_end(std::string_view text, std::string message) {
  text = text.substr(0, text.find_last_not_of(" \r\n") + 1);
  const std::size_t line_feed = text.find_last_of('\n');
  const std::size_t begin = line_feed == std::string_view::npos ? 0 : line_feed + 1;
  const int line = 1 + static_cast<int>(std::count(text.begin(), text.end(), '\n'));
  return {line, std::max(1, static_cast<int>(text.size() - begin)), std::move(message)};
}

}  // namespace

std::variant<Node, Refusal> parse(std::string_view text) {
  if (const auto problem = text_problem(text)) return *problem;
  // The comment ends the file with neither a blank nor a ':'. After a blank the parser takes an open quote for closed.
  std::istringstream in{std::string{text} + "\n#"};
  Builder builder(text.size());
  try {
    YAML::Parser parser(in);
    while (parser.HandleNextDocument(builder)) {
    }
  } catch (const Refusal& refused) {
    return refused;
  } catch (const YAML::Exception& error) {
    const bool at_end = error.mark.pos >= static_cast<int>(text.size());
    return at_end ? refusal_at_end(text, in_plain_words(error.msg)) : refusal(error.mark, in_plain_words(error.msg));
  }
  if (builder.empty()) return Refusal{1, 1, "the file is empty; the smallest scenario has 'version: 1' and 'nodes: 3'"};
  return builder.take();
}

}  // namespace sim::yaml
