// How many cores this process can keep busy. The machine may have more: a container, or a job on a
// cluster, has a share of them.
#ifndef AWLAB_CORE_SUPPORT_CORES_HPP_
#define AWLAB_CORE_SUPPORT_CORES_HPP_

#include <filesystem>
#include <optional>
#include <string_view>

namespace awlab::reports {

/// Those that it may run on, and no more than the CPU time of its control groups is worth, rounded
/// up; at least 1. As it was when first asked. Thread-safe.
[[nodiscard]] unsigned core_count();

/// The CPU time of our control groups and of those around them, in cores, if there is a limit; cgroup
/// v2 (cpu.max) and v1 (cpu.cfs_quota_us).
/// @param mounted where they are, /sys/fs/cgroup
/// @param membership which are ours, as /proc/self/cgroup says
[[nodiscard]] std::optional<double> core_quota(const std::filesystem::path& mounted,
                                               std::string_view membership);

}  // namespace awlab::reports

#endif  // AWLAB_CORE_SUPPORT_CORES_HPP_
