#include "fuzz/fuzzer/corpus.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <stdexcept>
#include <string_view>

#include "fuzz/fuzzer/aside.hpp"
#include "fuzz/fuzzer/target.hpp"
#include "reports/model/report_file.hpp"

namespace awlab::fuzz {
namespace {

namespace fs = std::filesystem;

// The file name of an input: any name will do that is always the same for the same bytes.
std::string name_of(std::string_view bytes) {
  std::uint64_t a = 0xcbf29ce484222325U;  // FNV-1a
  for (const char byte : bytes) a = (a ^ static_cast<unsigned char>(byte)) * 0x100000001b3U;
  return fmt::format("{:016x}{:016x}{:08x}", a, a * 0x9e3779b97f4a7c15U, bytes.size());
}

bool is_ours(const fs::path& file) {
  const std::string name = file.filename();
  return name.size() == 40 &&
         std::ranges::all_of(name, [](char c) { return std::isxdigit(c) != 0; });
}

std::vector<fs::path> inputs_of(const std::string& directory) {
  std::vector<fs::path> files;
  std::error_code failed;
  for (const fs::directory_entry& entry : fs::directory_iterator(directory, failed)) {
    if (is_ours(entry.path())) files.push_back(entry.path());
  }
  // Small files first, and always in the same order.
  std::ranges::sort(files, {}, [](const fs::path& file) {
    std::error_code gone;
    return std::pair(fs::file_size(file, gone), file);
  });
  return files;
}

void keep_what_does_something_new(const std::string& directory) {
  Target& target = Target::instance();
  target.reaction = [](const Input&, const Violation&, std::uint32_t) {};
  std::array<std::uint8_t, Feedback::kCounters> done{};
  for (const fs::path& file : inputs_of(directory)) {
    const auto bytes = reports::read_file(file, kMaxInputBytes);
    bool is_new = false;
    if (bytes) {
      std::ranges::fill(counters(), std::uint8_t{0});
      const bool ran = target.run(
          {reinterpret_cast<const std::uint8_t*>(bytes.value().data()), bytes.value().size()});
      for (std::size_t i = 0; ran && i < done.size(); ++i) {
        is_new = is_new || (counters()[i] != 0 && done[i] == 0);
        done[i] |= counters()[i];
      }
    }
    std::error_code failed;
    if (!is_new) fs::remove(file, failed);
  }
}

}  // namespace

reports::Status add_to_corpus(const std::string& directory, const std::vector<Input>& inputs) {
  std::error_code failed;
  fs::create_directories(directory, failed);
  if (failed) {
    return reports::Error{
        fmt::format("cannot make the directory {}: {}", directory, failed.message())};
  }
  for (const Input& input : inputs) {
    std::array<std::uint8_t, kMaxInputBytes> buffer{};
    const std::string bytes(reinterpret_cast<const char*>(buffer.data()), encode(input, buffer));
    const fs::path file = fs::path(directory) / name_of(bytes);
    if (fs::exists(file, failed)) continue;
    if (const auto written = reports::replace_file(file, bytes); !written) return written;
  }
  return {};
}

std::size_t minimize_corpus(const std::string& directory) {
  do_aside([&] {
    keep_what_does_something_new(directory);
    return std::string();
  });
  return inputs_of(directory).size();
}

}  // namespace awlab::fuzz
