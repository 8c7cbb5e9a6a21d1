// What a run that was ended has left, to go on with it.
#ifndef AWLAB_STRESS_CHECKPOINT_HPP_
#define AWLAB_STRESS_CHECKPOINT_HPP_

#include <cstdint>
#include <optional>
#include <string>

#include "core/support/result.hpp"
#include "reports/model/report.hpp"
#include "stress/options.hpp"
#include "stress/tally.hpp"

namespace awlab::stress {

/// Of a new run: nothing.
struct Checkpoint {
  std::optional<reports::Report> report;
  Options options;
  Tally tally;
  std::uint64_t batch = 0;  // the next one
  double seconds = 0;       // played so far

  /// The build of the lane that left it, which there must be: "plain", "tsan", ...
  [[nodiscard]] std::string build() const;
};

/// That in `directory`, if it is one of this lane.
reports::Result<Checkpoint> read_checkpoint(const std::string& directory);

}  // namespace awlab::stress

#endif  // AWLAB_STRESS_CHECKPOINT_HPP_
