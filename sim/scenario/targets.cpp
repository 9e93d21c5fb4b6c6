// Whom a fault, a link or a workload means: names, lists, words, random(k).
#include <algorithm>

#include "sim/scenario/parts.hpp"

namespace sim {
namespace {

using Who = Atom::Who;

const Choices<Who>& word_choices() {
  static const Choices<Who> choices{{"leader", Who::leader}, {"followers", Who::followers}, {"highest", Who::highest},
                                    {"lowest", Who::lowest}, {"minority", Who::minority},   {"majority", Who::majority},
                                    {"random", Who::random}, {"crashed", Who::crashed},     {"all", Who::all},
                                    {"it", Who::it}};
  return choices;
}

std::optional<Who> who_of(std::string_view word) {
  for (const auto& [name, who] : word_choices()) {
    if (name == word) return who;
  }
  return std::nullopt;
}

// random(k): k of the live nodes.
std::optional<Atom> decode_random(const yaml::Node& node, std::string_view key, Context& context) {
  const std::string_view text = node.text;
  const std::string where = std::string{key} + ": ";
  const auto count = parse_count(text.ends_with(')') ? text.substr(7, text.size() - 8) : "");
  if (!count.value) {
    context.problems.add(node, where + quoted(text) + " is not random(k) with a whole number k");
    return std::nullopt;
  }
  const std::size_t nodes = context.scenario.group.size();
  if (*count.value == 0 || (context.members_known && *count.value > nodes)) {
    context.problems.add(node, where + quoted(text) + " of " + std::to_string(nodes) + " nodes is impossible");
    return std::nullopt;
  }
  return Atom{Who::random, core::kNobody, static_cast<std::uint32_t>(*count.value)};
}

std::optional<Atom> decode_word(const yaml::Node& node, Who who, std::string_view key, Allowed allowed,
                                Context& context) {
  const std::string where = std::string{key} + ": ";
  if (allowed == Allowed::fixed && who != Who::all) {
    context.problems.add(node,
                         where + quoted(node.text) + " is found only while the run goes on; name nodes or write all");
    return std::nullopt;
  }
  if (allowed != Allowed::words_and_it && who == Who::it) {
    context.problems.add(
        node, where + "'it' is the node of a record, so it can stand only in a fault with 'when' of such a kind");
    return std::nullopt;
  }
  return Atom{who, core::kNobody, 1};
}

std::optional<Atom> decode_atom(const yaml::Node& node, std::string_view key, Allowed allowed, Context& context) {
  if (!node.scalar()) {
    context.problems.add(
        node, std::string{key} + ": a node's name or a word such as leader is wanted, not " + kind_in_words(node));
    return std::nullopt;
  }
  if (node.text.starts_with("random(") && allowed != Allowed::fixed) return decode_random(node, key, context);
  if (const auto who = who_of(node.text)) return decode_word(node, *who, key, allowed, context);
  const Words others = allowed == Allowed::fixed ? Words{"all"} : target_words();
  const auto member = decode_member(node, key, others, context);
  return member ? std::optional{Atom{Who::member, *member, 1}} : std::nullopt;
}

}  // namespace

const Words& target_words() {
  static const Words words = [] {
    Words list;
    for (const auto& [name, who] : word_choices()) list.push_back(name);
    return list;
  }();
  return words;
}

std::optional<Member> decode_member(const yaml::Node& node, std::string_view key, const Words& other_words,
                                    Context& context) {
  const auto found = context.members.find(node.text);
  if (found != context.members.end()) return found->second;
  if (!context.members_known || context.problems.full()) return std::nullopt;
  Words known;
  for (const auto& [name, member] : context.members) known.push_back(name);
  known.insert(known.end(), other_words.begin(), other_words.end());
  context.problems.add(node, std::string{key} + ": unknown node " + quoted(node.text) + hint(node.text, known));
  return std::nullopt;
}

std::optional<Target> decode_target(const yaml::Node& node, std::string_view key, Allowed allowed, Context& context) {
  if (!node.list()) {
    const auto atom = decode_atom(node, key, allowed, context);
    return atom ? std::optional{Target{*atom}} : std::nullopt;
  }
  if (node.items.empty()) {
    context.problems.add(node, std::string{key} + ": an empty list means nobody; name at least one node");
    return std::nullopt;
  }
  Target target;
  std::map<std::string_view, bool> seen;
  for (const yaml::Node& item : node.items) {
    const auto atom = decode_atom(item, key, allowed, context);
    if (!atom) continue;
    if (!seen.try_emplace(item.text, true).second && atom->who != Who::random) {
      context.problems.add(item, std::string{key} + ": " + quoted(item.text) + " stands in the list twice");
    }
    target.push_back(*atom);
  }
  return target.size() == node.items.size() ? std::optional{target} : std::nullopt;
}

Ends decode_ends(Fields& fields, Allowed allowed, Context& context) {
  Ends ends;
  const yaml::Node* from = fields.need("from");
  const yaml::Node* to = fields.need("to");
  if (from != nullptr) ends.from = decode_target(*from, "from", allowed, context).value_or(Target{});
  if (to != nullptr) ends.to = decode_target(*to, "to", allowed, context).value_or(Target{});
  fields.truth("both", ends.both);
  const auto one = [](const Target& target) { return target.size() == 1 ? target[0].member : core::kNobody; };
  if (one(ends.from) != core::kNobody && one(ends.from) == one(ends.to)) {
    context.problems.add(*to, "to: a node has no link to itself");
  }
  return ends;
}

}  // namespace sim
