// This program's part of the work: from the command line, or from a cluster's environment.
#ifndef AWLAB_REPORTS_LANE_SHARD_HPP_
#define AWLAB_REPORTS_LANE_SHARD_HPP_

#include <string_view>

#include "core/support/result.hpp"
#include "reports/model/report.hpp"

namespace awlab::lane {

/// The shard that `option` names as "I/N", I from 0. If it is empty, the shard that the environment
/// names: JOB_COMPLETION_INDEX of JOB_COMPLETIONS (Kubernetes Indexed Job), TEST_SHARD_INDEX of
/// TEST_TOTAL_SHARDS (Bazel), SLURM_ARRAY_TASK_ID from SLURM_ARRAY_TASK_MIN on of
/// SLURM_ARRAY_TASK_COUNT; else 0 of 1. An index without its total is an error.
[[nodiscard]] reports::Result<reports::Shard> find_shard(std::string_view option);

}  // namespace awlab::lane

#endif  // AWLAB_REPORTS_LANE_SHARD_HPP_
