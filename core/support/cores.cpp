#include "core/support/cores.hpp"

#include <sched.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <thread>

namespace awlab::reports {
namespace {

// The limit in a file such as "200000 100000" or "max 100000", or in two files; none if there is no
// limit.
std::optional<double> quotient(std::istream&& quota, std::istream&& period) {
  double time = 0;
  double of = 0;
  if (!(quota >> time) || !(period >> of) || time <= 0 || of <= 0) return std::nullopt;
  return time / of;
}

std::optional<double> quota_of(const std::filesystem::path& group) {
  if (std::ifstream both(group / "cpu.max"); both) {
    std::string time;
    std::string of;
    both >> time >> of;
    return quotient(std::istringstream(time), std::istringstream(of));
  }
  return quotient(std::ifstream(group / "cpu.cfs_quota_us"),
                  std::ifstream(group / "cpu.cfs_period_us"));
}

// One line of /proc/self/cgroup, NUMBER:CONTROLLERS:PATH; a line of version 2 has no controllers.
struct Membership {
  std::string controllers;
  std::filesystem::path path;
};

Membership membership_of(const std::string& line) {
  std::istringstream fields(line);
  std::string number;
  std::string path;
  Membership membership;
  std::getline(fields, number, ':');
  std::getline(fields, membership.controllers, ':');
  std::getline(fields, path);
  membership.path = path;
  return membership;
}

bool has_cpu(const std::string& controllers) {
  return ("," + controllers + ",").find(",cpu,") != std::string::npos;
}

unsigned allowed_cores() {
  cpu_set_t allowed;
  CPU_ZERO(&allowed);
  if (sched_getaffinity(0, sizeof(allowed), &allowed) == 0) {
    return static_cast<unsigned>(CPU_COUNT(&allowed));
  }
  return std::thread::hardware_concurrency();  // more cores than a cpu_set_t has
}

unsigned count_cores() {
  std::ifstream file("/proc/self/cgroup");
  const std::string membership(std::istreambuf_iterator<char>(file), {});
  const double quota = core_quota("/sys/fs/cgroup", membership).value_or(HUGE_VAL);
  const double cores = std::min(static_cast<double>(allowed_cores()), std::ceil(quota));
  return std::max(1U, static_cast<unsigned>(cores));
}

}  // namespace

unsigned core_count() {
  static const unsigned count = count_cores();
  return count;
}

std::optional<double> core_quota(const std::filesystem::path& mounted,
                                 std::string_view membership) {
  std::optional<double> lowest;
  std::istringstream lines{std::string(membership)};
  for (std::string line; std::getline(lines, line);) {
    const Membership ours = membership_of(line);
    if (!ours.controllers.empty() && !has_cpu(ours.controllers)) continue;
    // Inside a container the path may be the one outside, while our own group is what is mounted:
    // then only the last step up exists.
    for (std::filesystem::path path = ours.path.relative_path();; path = path.parent_path()) {
      const std::optional<double> quota = quota_of(mounted / ours.controllers / path);
      if (quota) lowest = std::min(*quota, lowest.value_or(*quota));
      if (path.empty()) break;
    }
  }
  return lowest;
}

}  // namespace awlab::reports
