// A schedule file: everything that fixes one execution on the machine.
//
//   awlab-schedule 1
//   subject wake-store
//   scenario basic
//   producers 2
//   (an empty line, then one byte for each decision)
//
// Decisions come in the order in which the execution needs them (machine/decisions.hpp), and only
// where there is more than one possibility. A byte is taken modulo the number of possibilities; past
// the end all are 0: stay on this thread, read the newest store. So any bytes are a schedule.
#ifndef AWLAB_FUZZ_SCHEDULE_HPP_
#define AWLAB_FUZZ_SCHEDULE_HPP_

#include <string>
#include <string_view>

#include "fuzz/machine/decisions.hpp"
#include "reports/result.hpp"

namespace awlab {

struct Schedule {
  std::string subject;
  std::string scenario;
  int producers = 0;
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
