#include "reports/nightly/heartbeat.hpp"

#include <fmt/format.h>

#include "reports/model/report_file.hpp"

namespace awlab::nightly {
namespace {

constexpr auto kBetweenBeats = std::chrono::seconds(5);

}  // namespace

Heartbeat::Heartbeat(std::filesystem::path file) : file_(std::move(file)) { beat(); }

void Heartbeat::beat() {
  const Clock::time_point now = Clock::now();
  if (last_ && now - *last_ < kBetweenBeats) return;
  last_ = now;
  static_cast<void>(reports::replace_file(file_, "running\n"));
}

void Heartbeat::end(reports::Verdict verdict) {
  static_cast<void>(reports::replace_file(file_, fmt::format("ended {}\n", to_string(verdict))));
}

}  // namespace awlab::nightly
