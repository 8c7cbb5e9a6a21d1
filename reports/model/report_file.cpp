#include "reports/model/report_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <system_error>
#include <utility>

#include "core/support/as_size.hpp"
#include "reports/model/report_json.hpp"

namespace awlab::reports {
namespace {

namespace fs = std::filesystem;

std::string reason(int error_number) { return std::generic_category().message(error_number); }

Error cannot(const char* verb, const fs::path& path, std::string_view why) {
  return Error{fmt::format("cannot {} '{}': {}", verb, one_line(path.string()), why)};
}

// A file descriptor. close() reports the errors that the destructor must swallow.
class File {
 public:
  explicit File(int fd) : fd_(fd) {}
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  ~File() {
    if (fd_ >= 0) ::close(fd_);
  }
  [[nodiscard]] bool is_open() const { return fd_ >= 0; }
  [[nodiscard]] int fd() const { return fd_; }
  bool close() { return ::close(std::exchange(fd_, -1)) == 0; }

 private:
  int fd_;
};

// Removes the file unless it has been renamed away.
class Temporary {
 public:
  explicit Temporary(fs::path path) : path_(std::move(path)) {}
  Temporary(const Temporary&) = delete;
  Temporary& operator=(const Temporary&) = delete;
  ~Temporary() {
    if (!path_.empty()) ::unlink(path_.c_str());
  }
  bool rename_to(const fs::path& target) {
    if (::rename(path_.c_str(), target.c_str()) != 0) return false;
    path_.clear();
    return true;
  }

 private:
  fs::path path_;
};

bool write_all(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(fd, bytes.data(), bytes.size());
    if (written < 0 && errno != EINTR) return false;
    if (written > 0) bytes.remove_prefix(as_size(written));
  }
  return true;
}

// The file to replace. Links are resolved, so that /dev/stdout or a link to a shared disk survives.
Result<fs::path> resolve(const fs::path& path) {
  std::error_code ignored;
  const fs::file_status status = fs::status(path, ignored);
  if (fs::is_directory(status)) return cannot("write", path, "it is a directory");
  if (fs::exists(status) && !fs::is_regular_file(status)) {
    return cannot("write", path, "it is not a regular file");
  }
  if (!path.has_filename()) return cannot("write", path, "it names no file");
  if (!fs::is_symlink(fs::symlink_status(path, ignored))) return path;
  std::error_code error;
  fs::path real = fs::canonical(path, error);
  if (error) return cannot("write", path, error.message());
  return real;
}

fs::path temporary_name(const fs::path& target) {
  static std::atomic<unsigned> counter = 0;
  return target.parent_path() / fmt::format(".awlab-{}-{}.tmp", ::getpid(), counter.fetch_add(1));
}

// Replaces `target`, which errors call `path`.
Status replace(const fs::path& target, const fs::path& path, std::string_view bytes) {
  fs::path name = temporary_name(target);
  int fd = -1;
  do {  // a killed process of the same id may have left this name
    fd = ::open(name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (fd < 0 && errno == EEXIST) name = temporary_name(target);
  } while (fd < 0 && (errno == EEXIST || errno == EINTR));
  File file(fd);
  if (!file.is_open()) return cannot("write", path, reason(errno));
  Temporary temporary(name);

  if (!write_all(file.fd(), bytes) || ::fsync(file.fd()) != 0 || !file.close()) {
    return cannot("write", path, reason(errno));
  }
  if (!temporary.rename_to(target)) return cannot("write", path, reason(errno));

  // Makes the new name itself durable. Some file systems cannot; the data is safe either way.
  const fs::path parent = target.parent_path();
  const File directory(
      ::open(parent.empty() ? "." : parent.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (directory.is_open()) ::fsync(directory.fd());
  return {};
}

}  // namespace

std::string ErrorIn::operator()(std::string_view error) const {
  return fmt::format("'{}': {}", one_line(path.string()), error);
}

Status replace_file(const fs::path& path, std::string_view bytes) {
  return resolve(path).and_then(
      [&](const fs::path& target) { return replace(target, path, bytes); });
}

Result<std::string> read_file(const fs::path& path, std::size_t max_bytes) {
  const File file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file.is_open()) return cannot("read", path, reason(errno));
  struct stat status = {};
  if (::fstat(file.fd(), &status) != 0) return cannot("read", path, reason(errno));
  const auto too_large = [&] {
    return cannot("read", path, fmt::format("larger than {} MB", max_bytes / 1'000'000));
  };
  if (S_ISREG(status.st_mode) && static_cast<std::uint64_t>(status.st_size) > max_bytes) {
    return too_large();
  }
  std::string bytes;
  if (S_ISREG(status.st_mode)) bytes.reserve(as_size(status.st_size));
  std::string buffer(std::size_t{1} << 16, '\0');
  while (true) {
    const ssize_t got = ::read(file.fd(), buffer.data(), buffer.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return cannot("read", path, reason(errno));
    if (got == 0) return bytes;
    bytes.append(buffer, 0, as_size(got));
    if (bytes.size() > max_bytes) return too_large();
  }
}

Status write_report(const fs::path& path, const Report& report) {
  return replace_file(path, to_text(report));
}

Result<Report> read_report(const fs::path& path) {
  return read_file(path, JsonLimits{}.bytes).and_then([&](const std::string& text) {
    return parse_report(text).map_error(ErrorIn{path});
  });
}

}  // namespace awlab::reports
