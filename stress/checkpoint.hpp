// The checkpoint of an interrupted run, from which --resume continues.
#ifndef AWLAB_STRESS_CHECKPOINT_HPP_
#define AWLAB_STRESS_CHECKPOINT_HPP_

#include <cstdint>
#include <optional>
#include <string>

#include "core/support/result.hpp"
#include "reports/model/report.hpp"
#include "stress/stress_options.hpp"
#include "stress/tally.hpp"

namespace awlab::stress {

/// Empty for a new run.
struct Checkpoint {
  std::optional<reports::Report> report;
  StressOptions options;
  Tally tally;
  std::uint64_t batch = 0;  // the next batch
  double seconds = 0;       // time played so far

  /// The build of the lane that wrote it: "plain", "tsan", ... Requires a report.
  [[nodiscard]] std::string build() const;
};

/// Reads the checkpoint in `directory`. @return an error if it is not one of this lane
[[nodiscard]] reports::Result<Checkpoint> read_checkpoint(const std::string& directory);

}  // namespace awlab::stress

#endif  // AWLAB_STRESS_CHECKPOINT_HPP_
