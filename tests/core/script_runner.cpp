#include "tests/core/script_runner.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <set>
#include <sstream>
#include <stdexcept>

#include "tests/core/cluster.hpp"
#include "tests/core/script_words.hpp"

namespace tests {
namespace {

using Words = std::vector<std::string>;

Words split(const std::string& line, char separator) {
  Words out;
  std::istringstream in{line};
  for (std::string word; std::getline(in, word, separator);)
    if (!word.empty()) out.push_back(word);
  return out;
}

Duration duration_of(const std::string& word) {
  std::size_t digits = 0;
  const std::int64_t value = std::stoll(word, &digits);
  const std::string unit = word.substr(digits);
  if (unit == "s") return Duration::s(value);
  if (unit == "ms") return Duration::ms(value);
  throw std::runtime_error("not a duration: " + word);
}

std::string time_of(Instant now) {
  std::array<char, 32> text{};
  const std::int64_t ms = now.ns / 1'000'000;
  std::snprintf(text.data(), text.size(), "%3lld.%03llds ", static_cast<long long>(ms / 1'000),
                static_cast<long long>(ms % 1'000));
  return text.data();
}

// A message on a link that is not simply open.
struct Rule {
  std::set<std::pair<Member, Member>> links;
  std::set<std::string> types;  // none: all
  bool lose = false;            // else: held

  [[nodiscard]] bool covers(const Flight& flight) const {
    return links.contains({flight.from, flight.to}) &&
           (types.empty() || types.contains(std::string{name_of(flight.message.type())}));
  }
};

class Story {
 public:
  void command(const std::string& line);
  std::string take_output() { return std::exchange(out_, {}); }

 private:
  void group(const Words& words);
  void start(const Words& words);
  void crash(const Words& words);
  void detect(const Words& words);
  void rule(const Words& words);
  void open();
  void break_links(const Words& words);
  void submit(const Words& words);
  void state();

  [[nodiscard]] Member member_of(const std::string& name) const;
  [[nodiscard]] std::vector<Member> members_of(const std::string& name) const;
  [[nodiscard]] std::set<std::pair<Member, Member>> links_of(const std::string& word) const;
  std::optional<Duration> route(const Flight& flight);
  void print(const Step& step);
  // The receivers from effect `first` on that share a message, with what becomes of it; moves `first` behind them.
  std::string receivers(const Step& step, std::size_t& first);
  void line(Member member, std::string_view word, const std::string& text);

  std::optional<Cluster> cluster_;
  std::vector<Rule> rules_;
  std::vector<std::string> fates_;  // of the messages of the current step: "", "(lost)", "(held)", "(down)"
  std::size_t fate_ = 0;
  std::set<std::string, std::less<>> hidden_{"HEARTBEAT", "disk"};
  bool quiet_ = false;
  std::string out_;
};

void Story::command(const std::string& line) {
  const Words words = split(line, ' ');
  const std::string& verb = words.front();
  if (verb == "group") return group(words);
  if (!cluster_) throw std::runtime_error("a story begins with its group");
  if (verb == "start") return start(words);
  if (verb == "crash") return crash(words);
  if (verb == "forget") return cluster_->forget(member_of(words.at(1)));
  if (verb == "detect") return detect(words);
  if (verb == "leave") return cluster_->leave(member_of(words.at(1)));
  if (verb == "lose" || verb == "hold") return rule(words);
  if (verb == "pass") return rules_.clear();
  if (verb == "open") return open();
  if (verb == "break") return break_links(words);
  if (verb == "submit") return submit(words);
  if (verb == "state") return state();
  if (verb == "run") return cluster_->run(duration_of(words.at(1)));
  if (verb == "settle") return static_cast<void>(cluster_->settle());
  if (verb == "show" || verb == "hide") {
    for (std::size_t i = 1; i < words.size(); ++i)
      if (verb == "hide")
        hidden_.insert(words[i]);
      else
        hidden_.erase(words[i]);
    return;
  }
  if (verb != "quiet" && verb != "loud") throw std::runtime_error("unknown command: " + line);
  quiet_ = verb == "quiet";
}

void Story::group(const Words& words) {
  core::Config config = group_of(std::stoul(words.at(1)));
  for (std::size_t i = 2; i < words.size(); ++i) {
    const Words option = split(words[i], '=');
    if (words[i] == "quorum=none")
      config.quorum = core::Quorum::none;
    else if (words[i] == "takeover=never")
      config.takeover = core::Takeover::never;
    else if (words[i] == "takeover=eager")
      config.takeover = core::Takeover::eager;
    else if (option[0] == "snapshots")
      config.snapshot_every = std::stoul(option.at(1));
    else if (option[0] == "joiners")
      for (std::size_t m = config.size() - std::stoul(option.at(1)); m < config.size(); ++m)
        config.members[m].founder = false;
    else if (option[0] == "ranks")
      for (std::size_t m = 0; m < config.size(); ++m)
        config.members[m].rank = std::stol(split(option.at(1), ',').at(m));
    else
      throw std::runtime_error("unknown option: " + words[i]);
  }
  cluster_.emplace(config);
  cluster_->route = [this](const Flight& flight) { return route(flight); };
  cluster_->watch = [this](const Step& step) { print(step); };
}

Member Story::member_of(const std::string& name) const {
  const auto member = static_cast<Member>(std::stoul(name.substr(1)) - 1);
  if (name[0] != 'n' || member >= cluster_->size()) throw std::runtime_error("no such node: " + name);
  return member;
}

std::vector<Member> Story::members_of(const std::string& name) const {
  if (name != "*") return {member_of(name)};
  std::vector<Member> all;
  for (Member member = 0; member < cluster_->size(); ++member) all.push_back(member);
  return all;
}

std::set<std::pair<Member, Member>> Story::links_of(const std::string& word) const {
  const std::size_t at = word.find_first_of(">-");
  if (at == std::string::npos) throw std::runtime_error("not a link: " + word);
  std::set<std::pair<Member, Member>> links;
  for (const Member a : members_of(word.substr(0, at)))
    for (const Member b : members_of(word.substr(at + 1))) {
      if (a == b) continue;
      links.insert({a, b});
      if (word[at] == '-') links.insert({b, a});
    }
  return links;
}

void Story::start(const Words& words) {
  if (words.size() == 1) return cluster_->start_all();
  for (std::size_t i = 1; i < words.size(); ++i) cluster_->start(member_of(words[i]));
}

void Story::crash(const Words& words) {
  const Member member = member_of(words.at(1));
  if (words.size() == 2) return cluster_->crash(member);
  for (std::size_t type = 0; type < std::variant_size_v<core::Body>; ++type)
    if (name_of(static_cast<core::MessageType>(type)) == words.at(3))
      cluster_->doom(member, static_cast<core::MessageType>(type));
}

void Story::detect(const Words& words) {
  core::Config config = cluster_->config();
  config.timing.fixed_timeout = duration_of(words.at(2));
  ++config.digest;
  cluster_->configure(member_of(words.at(1)), std::move(config));
}

void Story::rule(const Words& words) {
  rules_.push_back({links_of(words.at(1)), {words.begin() + 2, words.end()}, words[0] == "lose"});
}

void Story::open() {
  rules_.clear();
  for (Flight& flight : cluster_->in_flight())
    if (flight.arrives == Instant::never()) flight.arrives = cluster_->now() + Duration::ms(1);
}

void Story::break_links(const Words& words) {
  for (const auto& [member, peer] : links_of(words.at(1)))
    if (cluster_->up(member)) cluster_->link_down(member, peer);
}

void Story::submit(const Words& words) {
  std::vector<core::EventId> causes;
  for (std::size_t i = 2; i < words.size(); ++i) {
    const Words cause = split(words[i], ':');
    causes.push_back(core::EventId::of(member_of(cause[0]), std::stoul(cause.at(1))));
  }
  cluster_->submit(member_of(words.at(1)), causes);
}

void Story::state() {
  for (Member member = 0; member < cluster_->size(); ++member) {
    if (!cluster_->up(member)) {
      line(member, "state", "is down");
      continue;
    }
    const core::Node& node = cluster_->node(member);
    std::string text = std::string{name_of(node.role())} + ", promised " + std::to_string(node.epoch()) + ", trusts " +
                       name_of(node.leader()) + ", commit " + std::to_string(node.commit()) + ", log";
    const core::Seq base = node.log().base().seq;
    if (base != 0) text += " after " + words(node.log().base()) + ":";
    for (core::Seq seq = base + 1; seq <= node.log().size(); ++seq)
      text += (seq > base + 1 ? ", " : " ") + words(node.log().at(seq));
    line(member, "state", text);
  }
}

std::optional<Duration> Story::route(const Flight& flight) {
  const auto found = std::ranges::find_if(rules_, [&](const Rule& rule) { return rule.covers(flight); });
  const bool open = found == rules_.end();
  fates_.push_back(!open ? (found->lose ? "(lost)" : "(held)") : cluster_->up(flight.to) ? "" : "(down)");
  if (open) return Duration::ms(1);
  return found->lose ? std::nullopt : std::optional{Duration::forever()};
}

std::string Story::receivers(const Step& step, std::size_t& first) {
  const std::vector<core::Effect>& list = step.effects.list();
  const std::uint32_t message = list[first].index;
  std::string out;
  for (; first < step.carried_out && list[first].kind == core::Effect::Kind::send && list[first].index == message;
       ++first)
    out += " " + name_of(list[first].to) + fates_[fate_++];
  return out;
}

void Story::print(const Step& step) {
  fate_ = 0;
  for (std::size_t i = 0; i < step.carried_out;) {
    const core::Effect& effect = step.effects.list()[i];
    if (effect.kind == core::Effect::Kind::send) {
      const core::Message& message = step.effects.messages()[effect.index];
      const std::string to = receivers(step, i);
      line(step.member, name_of(message.type()), "->" + to + "  " + words(message));
      continue;
    }
    ++i;
    if (effect.kind == core::Effect::Kind::persist) {
      line(step.member, "disk", words(step.effects.persists()[effect.index]));
    } else {
      const core::Record& fact = step.effects.facts()[effect.index];
      line(step.member, name_of(fact.kind), words(fact));
    }
  }
  if (step.carried_out < step.effects.list().size()) line(step.member, "crash", "crashes");
  fates_.clear();
}

void Story::line(Member member, std::string_view word, const std::string& text) {
  if (!quiet_ && !hidden_.contains(word)) out_ += time_of(cluster_->now()) + name_of(member) + " " + text + "\n";
}

}  // namespace

std::string replay(const std::string& text) {
  Story story;
  std::string seen;
  std::istringstream in{text};
  bool old_output = false;
  const auto end_paragraph = [&] {
    const std::string output = story.take_output();
    if (!output.empty()) seen += "----\n" + output;
    old_output = false;
  };
  for (std::string line; std::getline(in, line);) {
    if (line.empty()) {
      end_paragraph();
      seen += "\n";
      continue;
    }
    old_output = old_output || line == "----";
    if (old_output) continue;
    seen += line + "\n";
    if (line[0] != '#') story.command(line);
  }
  end_paragraph();
  return seen;
}

}  // namespace tests
