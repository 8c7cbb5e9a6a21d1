// A schedule file: everything that fixes one execution on the machine.
//
//   awlab-schedule 1
//   subject wake-store
//   scenario basic
//   producers 2
//   steps 1:fetch_add:1 1:fetch_or:0 2:fetch_add:1 ...
//   (an empty line, then one byte for each decision)
//
// The steps are what the execution did: thread, operation, object. A replay holds itself against
// them, so that a schedule of code that has changed is noticed; they may be empty.
//
// Decisions come in the order in which the execution needs them (machine/decisions.hpp), and only
// where there is more than one possibility. A byte is taken modulo the number of possibilities; past
// the end all are 0: stay on this thread, read the newest store. So any bytes are a schedule.
#ifndef AWLAB_FUZZ_SCHEDULE_HPP_
#define AWLAB_FUZZ_SCHEDULE_HPP_

#include <string>
#include <string_view>
#include <vector>

#include "fuzz/machine/decisions.hpp"
#include "reports/result.hpp"

namespace awlab {

struct ScheduledStep {
  int thread = 0;
  machine::Op op = machine::Op::kLoad;
  machine::Location location = 0;

  friend bool operator==(const ScheduledStep&, const ScheduledStep&) = default;
};

/// The steps in which threads meet, of an execution.
std::vector<ScheduledStep> steps_of(const machine::Graph& graph);

struct Schedule {
  std::string subject;
  std::string scenario;
  int producers = 0;
  std::vector<ScheduledStep> steps;
  std::string decisions;  // bytes

  friend bool operator==(const Schedule&, const Schedule&) = default;
};

/// The bytes of its file.
std::string encode(const Schedule& schedule);

/// What the bytes of a file say; an error says what is wrong and what would be accepted. Does not
/// judge whether there is such a subject or scenario.
reports::Result<Schedule> decode(std::string_view bytes);

/// Decides as a schedule says.
class ScheduledDecisions : public machine::Decisions {
 public:
  /// `bytes` must outlive it.
  explicit ScheduledDecisions(std::string_view bytes) : bytes_(bytes) {}

  std::size_t thread(const machine::Graph& /*graph*/, std::span<const int> threads) override {
    return next(threads.size());
  }
  std::size_t choice(const machine::Graph& /*graph*/, int /*thread*/,
                     std::span<const machine::Choice> choices) override {
    return next(choices.size());
  }

 private:
  std::size_t next(std::size_t possibilities) {
    return used_ < bytes_.size() ? static_cast<unsigned char>(bytes_[used_++]) % possibilities : 0;
  }

  std::string_view bytes_;
  std::size_t used_ = 0;
};

}  // namespace awlab

#endif  // AWLAB_FUZZ_SCHEDULE_HPP_
