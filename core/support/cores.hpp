// The number of cores that this process can keep busy. The machine may have more: a container, or a
// job on a cluster, has a share of them.
#ifndef AWLAB_CORE_SUPPORT_CORES_HPP_
#define AWLAB_CORE_SUPPORT_CORES_HPP_

#include <filesystem>
#include <optional>
#include <string_view>

namespace awlab::reports {

/// The number of cores that the process may run on, but no more than the CPU time of its control
/// groups is worth, rounded up; at least 1. Determined at the first call. Thread-safe.
[[nodiscard]] unsigned core_count();

/// The CPU time, in cores, to which our control groups and those around them are limited; none if
/// there is no limit. Reads cgroup v2 (cpu.max) and v1 (cpu.cfs_quota_us).
/// @param mounted the directory of the groups, /sys/fs/cgroup
/// @param membership our groups, in the format of /proc/self/cgroup
[[nodiscard]] std::optional<double> core_quota(const std::filesystem::path& mounted,
                                               std::string_view membership);

}  // namespace awlab::reports

#endif  // AWLAB_CORE_SUPPORT_CORES_HPP_
