#include "reports/lane/directory_lock.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <utility>

namespace awlab::lane {

reports::Result<DirectoryLock> DirectoryLock::take(const std::filesystem::path& directory) {
  const auto cannot = [&](const char* what, const std::error_code& why) {
    return reports::Error{
        fmt::format("cannot {} the directory {}: {}", what, directory.string(), why.message())};
  };
  const auto reason = [] { return std::error_code(errno, std::generic_category()); };
  std::error_code failed;
  std::filesystem::create_directories(directory, failed);
  if (failed) return cannot("make", failed);
  const int descriptor = open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return cannot("open", reason());
  DirectoryLock lock(descriptor);
  if (flock(descriptor, LOCK_EX | LOCK_NB) == 0) return lock;
  if (errno != EWOULDBLOCK) return cannot("lock", reason());
  return reports::Error{fmt::format(
      "another run writes to {}: wait for its end, or give another --out", directory.string())};
}

DirectoryLock::DirectoryLock(DirectoryLock&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)) {}

DirectoryLock::~DirectoryLock() {
  if (descriptor_ >= 0) close(descriptor_);
}

}  // namespace awlab::lane
