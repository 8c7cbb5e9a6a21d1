// That two runs do not write to one directory at once: the lock of an output directory.
#ifndef AWLAB_REPORTS_LANE_DIRECTORY_LOCK_HPP_
#define AWLAB_REPORTS_LANE_DIRECTORY_LOCK_HPP_

#include <filesystem>

#include "core/support/result.hpp"

namespace awlab::lane {

/// Held from take() to its end, and no longer than the process lives.
class DirectoryLock {
 public:
  /// Makes the directory if there is none, and takes it. Does not wait.
  /// @return an error if that cannot be, or if another run has taken it
  static reports::Result<DirectoryLock> take(const std::filesystem::path& directory);

  DirectoryLock(DirectoryLock&& other) noexcept;
  DirectoryLock& operator=(DirectoryLock&&) = delete;
  ~DirectoryLock();

 private:
  explicit DirectoryLock(int descriptor) : descriptor_(descriptor) {}

  int descriptor_;
};

}  // namespace awlab::lane

#endif  // AWLAB_REPORTS_LANE_DIRECTORY_LOCK_HPP_
