// Programs as people read and write them: the lines of a schedule file.
//
//   waker w1 wake_throws=1 on_clone=wake(c1)
//   thread register(c1,w1) check(c1)
//   thread publish(c1) wake(c1)
#ifndef AWLAB_FUZZ_SCHEDULE_PROGRAM_TEXT_HPP_
#define AWLAB_FUZZ_SCHEDULE_PROGRAM_TEXT_HPP_

#include <string>
#include <string_view>

#include "core/scenario/program.hpp"
#include "core/support/result.hpp"

namespace awlab {

std::string to_text(const Instruction& instruction);

/// All lines, each with its end. Wakers that only wake have none.
std::string to_text(const Program& program);

/// Adds the contents of one line, which begins with "waker " or "thread ". An error says what is
/// wrong with the line and what would be accepted.
[[nodiscard]] reports::Status add_line(Program& program, std::string_view line);

}  // namespace awlab

#endif  // AWLAB_FUZZ_SCHEDULE_PROGRAM_TEXT_HPP_
