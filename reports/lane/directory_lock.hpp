// An exclusive lock on an output directory, so that two runs cannot write to it at once.
#ifndef AWLAB_REPORTS_LANE_DIRECTORY_LOCK_HPP_
#define AWLAB_REPORTS_LANE_DIRECTORY_LOCK_HPP_

#include <filesystem>

#include "core/support/result.hpp"

namespace awlab::lane {

/// Holds the lock from take() to its destruction, and no longer than the process lives.
class DirectoryLock {
 public:
  /// Creates the directory if necessary and locks it. Does not wait.
  /// @return an error if that fails, or if another run holds the lock
  [[nodiscard]] static reports::Result<DirectoryLock> take(const std::filesystem::path& directory);

  DirectoryLock(DirectoryLock&& other) noexcept;
  DirectoryLock& operator=(DirectoryLock&&) = delete;
  ~DirectoryLock();

 private:
  explicit DirectoryLock(int descriptor) : descriptor_(descriptor) {}

  int descriptor_;
};

}  // namespace awlab::lane

#endif  // AWLAB_REPORTS_LANE_DIRECTORY_LOCK_HPP_
