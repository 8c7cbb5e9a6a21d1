// A schedule file: everything that fixes one execution on the machine. fuzz/FORMAT.md describes it
// for people who write one.
//
// Decisions come in the order in which the execution needs them (decide/decisions.hpp), and only
// where there is more than one possibility. The next thread and the result of its step are two
// lists, so that a change of one leaves the other in place. A decision is taken modulo the number
// of possibilities; past the end all are 0: stay on this thread, read the newest store. So any
// lists fit any program.
#ifndef AWLAB_FUZZ_SCHEDULE_SCHEDULE_HPP_
#define AWLAB_FUZZ_SCHEDULE_SCHEDULE_HPP_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/scenario/program.hpp"
#include "core/support/result.hpp"
#include "fuzz/decide/decisions.hpp"

namespace awlab {

/// The scenario of a schedule that brings its own program.
inline constexpr std::string_view kProgramScenario = "program";

struct ScheduledStep {
  int thread = 0;
  Step op = Step::kLoad;
  Location location = 0;

  friend bool operator==(const ScheduledStep&, const ScheduledStep&) = default;
};

/// The steps of an execution in which threads meet.
std::vector<ScheduledStep> steps_of(const machine::Graph& graph);

/// The decisions of a schedule, one byte each.
struct DecisionLists {
  std::string next;  // which thread goes on
  std::string sees;  // how its step goes

  /// Removes the zeros at the end, which mean the same as the end of a list.
  void trim();

  friend bool operator==(const DecisionLists&, const DecisionLists&) = default;
};

struct Schedule {
  std::string subject;
  std::string scenario;
  int producers = 0;
  std::optional<Program> program;  // if the scenario is kProgramScenario
  std::string signature;           // of the finding that it shows; may be empty
  DecisionLists decisions;
  std::vector<ScheduledStep> steps;  // the steps that it made when it was written; may be empty

  friend bool operator==(const Schedule&, const Schedule&) = default;
};

/// The bytes of the file of `schedule`.
std::string encode(const Schedule& schedule);

/// The schedule in the bytes of a file; an error says what is wrong and what would be accepted.
/// Does not check that the subject or the scenario exists.
[[nodiscard]] reports::Result<Schedule> decode(std::string_view bytes);

/// Decides by the lists of a schedule.
class ScheduledDecisions : public machine::Decisions {
 public:
  /// `lists` must outlive it.
  explicit ScheduledDecisions(const DecisionLists& lists) : lists_(lists) {}

  std::size_t thread(const machine::Graph& /*graph*/, std::span<const int> threads) override {
    return take(lists_.next, next_, threads.size());
  }
  std::size_t choice(const machine::Graph& /*graph*/, int /*thread*/,
                     std::span<const machine::Choice> choices) override {
    return take(lists_.sees, sees_, choices.size());
  }

 private:
  static std::size_t take(const std::string& list, std::size_t& used, std::size_t possibilities) {
    return used < list.size() ? static_cast<unsigned char>(list[used++]) % possibilities : 0;
  }

  const DecisionLists& lists_;
  std::size_t next_ = 0;
  std::size_t sees_ = 0;
};

/// Lets another object decide, and records its decisions.
class NotedDecisions : public machine::Decisions {
 public:
  /// `decisions` must outlive it.
  explicit NotedDecisions(machine::Decisions& decisions) : decisions_(decisions) {}

  std::size_t thread(const machine::Graph& graph, std::span<const int> threads) override {
    return note(lists_.next, decisions_.thread(graph, threads));
  }
  std::size_t choice(const machine::Graph& graph, int thread,
                     std::span<const machine::Choice> choices) override {
    return note(lists_.sees, decisions_.choice(graph, thread, choices));
  }

  /// The decisions so far, trimmed.
  [[nodiscard]] DecisionLists lists() const;

 private:
  static std::size_t note(std::string& list, std::size_t decided) {
    list.push_back(static_cast<char>(static_cast<unsigned char>(decided)));
    return decided;
  }

  machine::Decisions& decisions_;
  DecisionLists lists_;
};

}  // namespace awlab

#endif  // AWLAB_FUZZ_SCHEDULE_SCHEDULE_HPP_
