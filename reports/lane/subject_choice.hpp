// Which subject a command is for: --fault F, or --subject HEADER --type NAME, or our cell.
#ifndef AWLAB_REPORTS_LANE_SUBJECT_CHOICE_HPP_
#define AWLAB_REPORTS_LANE_SUBJECT_CHOICE_HPP_

#include <CLI/CLI.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "core/subjects/subject_module.hpp"
#include "core/support/result.hpp"

namespace awlab::lane {

struct SubjectChoice {
  std::string fault;
  std::string header;  // the path as it was given
  std::string type;

  [[nodiscard]] bool is_users() const { return !header.empty(); }
  /// The name that reports call it by.
  [[nodiscard]] std::string name() const;
  /// The words that choose it on a command line; none for our cell.
  [[nodiscard]] std::vector<std::string> words() const;
};

/// Declares the three options on `app`.
void add_subject_options(CLI::App& app, SubjectChoice& choice);

/// What is wrong with the choice, in one line; empty if nothing is.
[[nodiscard]] std::string complaint(const SubjectChoice& choice);

/// The subject by the name that a schedule file or a report has: our cell or one of its faults.
/// Anything else is `our cell`, for the caller to compare.
[[nodiscard]] SubjectChoice own_subject(std::string_view name);

/// Our cell, its faults and the example subjects are modules of the build; a user's header is compiled
/// for `engine`, such as "simulated" or "stress-tsan", unless the last result still holds. A module
/// stays loaded. An error is one line. Not thread-safe.
[[nodiscard]] reports::Result<const SubjectModule*> load_subject(const SubjectChoice& choice,
                                                                 std::string_view engine);

/// The same for engines that simulate memory: refused, in one line, where they could not see it.
[[nodiscard]] reports::Result<const SubjectModule*> load_simulated(const SubjectChoice& choice);

}  // namespace awlab::lane

#endif  // AWLAB_REPORTS_LANE_SUBJECT_CHOICE_HPP_
