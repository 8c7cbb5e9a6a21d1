// The subject of a command: --fault F, or --subject HEADER --type NAME, or our cell.
#ifndef AWLAB_REPORTS_LANE_SUBJECT_CHOICE_HPP_
#define AWLAB_REPORTS_LANE_SUBJECT_CHOICE_HPP_

#include <string>
#include <string_view>
#include <vector>

#include "core/subjects/subject_module.hpp"
#include "core/support/result.hpp"
#include "reports/lane/unseen.hpp"

namespace CLI {
class App;
}  // namespace CLI

namespace awlab::lane {

struct SubjectChoice {
  std::string fault;
  std::string header;  // the path as the user gave it
  std::string type;

  [[nodiscard]] bool is_users() const { return !header.empty(); }
  /// The subject's name in reports.
  [[nodiscard]] std::string name() const;
  /// The words that choose this subject on a command line; none for our cell.
  [[nodiscard]] std::vector<std::string> words() const;
};

/// Declares the three options on `app`.
void add_subject_options(CLI::App& app, SubjectChoice& choice);

/// The error in the choice, in one line; empty if there is none.
[[nodiscard]] std::string complaint(const SubjectChoice& choice);

/// The subject that a schedule file or a report names: our cell or one of its faults. Any other
/// name gives our cell; the caller must compare.
[[nodiscard]] SubjectChoice own_subject(std::string_view name);

/// Loads the module of the subject. Our cell, its faults and the example subjects are modules of
/// the build; a user's header is compiled for `engine`, such as "simulated" or "stress-tsan",
/// unless the last result still holds. A module stays loaded. An error is one line. Not
/// thread-safe.
[[nodiscard]] reports::Result<const SubjectModule*> load_subject(const SubjectChoice& choice,
                                                                 std::string_view engine);

/// The same for engines that simulate memory. Refuses, in one line, a subject that they cannot see.
[[nodiscard]] reports::Result<const SubjectModule*> load_simulated(const SubjectChoice& choice);

/// The things that a loaded subject does past the platform, for which no engine that simulates
/// memory has a verdict. None for the lab's own subjects: a test examines all of them.
[[nodiscard]] const std::vector<Unseen>& unseen_of(const SubjectModule& subject);

}  // namespace awlab::lane

#endif  // AWLAB_REPORTS_LANE_SUBJECT_CHOICE_HPP_
