// The findings of the workers: one for each bug.
//
// A fuzzer finds a bug a hundred times in a hundred forms. So each form is minimized while it still
// violates the same property. Those that have one signature then are one finding, and the smallest
// of them stands for it.
#ifndef AWLAB_FUZZ_FUZZER_FUZZ_FINDINGS_HPP_
#define AWLAB_FUZZ_FUZZER_FUZZ_FINDINGS_HPP_

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "core/subjects/subject_module.hpp"
#include "core/support/result.hpp"
#include "fuzz/minimize/minimize.hpp"
#include "fuzz/schedule/artifact.hpp"

namespace awlab::fuzz {

class FuzzFindings {
 public:
  /// Schedules are written to `directory`, in findings/<signature>/schedule; to no file if it is
  /// empty.
  FuzzFindings(const SubjectModule& subject, std::string directory)
      : subject_(subject), directory_(std::move(directory)), harness_(subject) {}

  /// Adds an input that has a violation according to a worker. Returns true if that changes
  /// anything, an error if its schedule cannot be written. With `minimize` the schedule is
  /// minimized, which takes up to a minute.
  [[nodiscard]] reports::Result<bool> add(std::string_view input, bool minimize);
  /// Adds an input that ended the worker that ran it; `file` is the file in which it was left. If
  /// no replay ends as well, it is no finding: a machine that was paused makes any input too slow.
  [[nodiscard]] reports::Result<bool> add_crash(std::string_view input, const std::string& file);
  /// The number of inputs of add_crash() that are no findings.
  [[nodiscard]] std::size_t unexplained() const { return unexplained_.size(); }

  /// The reasons, one line each, for which violations that workers have seen are no findings: no
  /// replay shows them.
  [[nodiscard]] const std::set<std::string>& doubts() const { return doubts_; }

  [[nodiscard]] std::vector<reports::Finding> findings() const;
  /// The findings that are new or smaller since the last call, as a text for people.
  [[nodiscard]] std::string news();
  /// The inputs of add_crash() that are no findings, as a text for people.
  [[nodiscard]] std::string unexplained_text() const;
  [[nodiscard]] std::size_t size() const { return found_.size(); }

 private:
  struct Form {
    Size size;
    std::string schedule;  // the file

    friend auto operator<=>(const Form&, const Form&) = default;
  };
  using Key = std::tuple<Kind, Property, std::string>;  // with the signature
  struct Found {
    Form form;
    lane::Found found;
  };

  [[nodiscard]] Schedule schedule_of(std::string_view input) const;
  [[nodiscard]] std::string file_of(std::string_view signature) const;
  [[nodiscard]] reports::Result<bool> write(const std::string& file,
                                            const std::string& bytes) const;
  void doubt(const Replayed& replayed);
  [[nodiscard]] reports::Result<bool> keep(Schedule schedule, const Size& size, bool is_small);

  const SubjectModule& subject_;
  const std::string directory_;
  Harness harness_;
  std::set<std::string> seen_;         // signatures, before minimizing
  std::set<std::string> told_;         // texts that news() has returned
  std::set<std::string> unexplained_;  // files of inputs that did not crash again
  std::set<std::string> doubts_;
  std::map<std::pair<Kind, Property>, int> forms_;  // number that were minimized
  std::map<Key, Found> found_;
};

}  // namespace awlab::fuzz

#endif  // AWLAB_FUZZ_FUZZER_FUZZ_FINDINGS_HPP_
