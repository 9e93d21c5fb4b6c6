#include "net/record/rerun.hpp"

#include <deque>
#include <utility>

#include "core/base/check.hpp"
#include "net/record/words.hpp"
#include "net/wire/dialect.hpp"

namespace net {
namespace {

constexpr std::uint64_t kEntriesBetweenPauses = 1'024;

class Runner {
 public:
  Runner(const Birth& birth, Witness* witness)
      : config_{birth.config},
        dialect_{config_, birth.group},
        form_{birth.form},
        node_{config_, birth.self, birth.durable, birth.rng},
        number_{birth.first_number},
        witness_{witness} {}

  // False: they differ.
  bool on(Given given) {
    if (result_.inputs + waiting_.size() == 0) result_.begun = given.at;
    result_.ended = given.at;
    if (!stopped_) waiting_.push_back(std::move(given));
    return true;
  }

  // The node works only when its outputs are asked for: what it was told amid the outputs of a turn has its own in the
  // next turn.
  bool on(const Mark& then) {
    if (!std::exchange(in_outputs_, true)) owed_ = waiting_.size();
    if (!make_one()) return differ("", in_words(then));
    const core::Effect& effect = made_.list()[next_];
    if (mark(effect) != then) return differ(in_words(config_, made_, effect), in_words(then));
    tell(effect);
    ++next_;
    ++result_.outputs;
    return true;
  }

  bool on(TurnOver) {
    if (!std::exchange(in_outputs_, false)) owed_ = waiting_.size();
    if (make_one()) return differ(in_words(config_, made_, made_.list()[next_]), "");
    return true;
  }

  bool differ(std::string now, std::string then) {
    result_.difference = {result_.inputs,      given_.at,      in_words(config_, given_.input),
                          result_.outputs + 1, std::move(now), std::move(then)};
    return false;
  }

  [[nodiscard]] Rerun take() { return std::move(result_); }

 private:
  // Until there is an output, or nothing more that one is owed for.
  bool make_one() {
    while (next_ == made_.list().size() && owed_ > 0) work();
    return next_ < made_.list().size();
  }

  void work() {
    given_ = std::move(waiting_.front());
    waiting_.pop_front();
    --owed_;
    ++result_.inputs;
    made_.clear();
    next_ = 0;
    written_of_ = UINT32_MAX;
    const core::EventId accepted = give(node_, given_.now, given_.input, made_);
    if (witness_ != nullptr) witness_->given(given_, accepted);
  }

  // As Engine does.
  Mark mark(const core::Effect& effect) {
    if (effect.kind == core::Effect::Kind::persist) return trail_.persist(made_.persists()[effect.index]);
    if (effect.kind == core::Effect::Kind::fact) return trail_.fact(made_.facts()[effect.index]);
    if (effect.kind == core::Effect::Kind::order) return trail_.order(made_.orders()[effect.index]);
    core::Message& message = made_.messages()[effect.index];
    if (std::exchange(written_of_, effect.index) != effect.index) {
      message.number = number_++;
      written_ = dialect_.write(message, form_);
    }
    return trail_.send(effect.to, message, written_);
  }

  void tell(const core::Effect& effect) {
    if (effect.kind == core::Effect::Kind::send && witness_ != nullptr)
      witness_->sent(given_.at, effect.to, made_.messages()[effect.index]);
    if (effect.kind != core::Effect::Kind::fact) return;
    core::Record fact = made_.facts()[effect.index];
    fact.at = given_.at;
    if (witness_ != nullptr) witness_->noted(fact);
    if (fact.kind == core::Kind::crash) stop();
  }

  // The node has stopped itself: nothing comes of what it wanted besides.
  void stop() {
    stopped_ = true;
    waiting_.clear();
    owed_ = 0;
    next_ = made_.list().size() - 1;
  }

  core::Config config_;
  Dialect dialect_;
  Form form_;
  core::Node node_;
  std::uint64_t number_;  // of its next message
  Witness* witness_;
  std::deque<Given> waiting_;
  std::size_t owed_ = 0;     // of those waiting: outputs are due for them
  bool in_outputs_ = false;  // of a turn
  Given given_;              // what `made_` comes of
  core::Effects made_;
  std::size_t next_ = 0;                   // of them to be compared
  std::uint32_t written_of_ = UINT32_MAX;  // which message `written_` is
  std::string written_;
  Trail trail_;
  bool stopped_ = false;
  Rerun result_;
};

}  // namespace

Rerun run_again(Recorded& recorded, Witness* witness, const std::function<void()>& pause) {
  Runner runner(recorded.birth(), witness);
  bool equal = true;
  for (std::uint64_t entries = 0; equal; ++entries) {
    if (pause && entries % kEntriesBetweenPauses == 0) pause();
    std::optional<Entry> entry = recorded.next();
    if (!entry) break;
    try {
      equal = std::visit([&](auto& one) { return runner.on(std::move(one)); }, *entry);
    } catch (const core::CheckFailed& broken) {
      equal = runner.differ(std::string("a failed check of its own, ") + broken.what(), "");
    }
  }
  Rerun result = runner.take();
  result.ending = recorded.ending();
  return result;
}

}  // namespace net
