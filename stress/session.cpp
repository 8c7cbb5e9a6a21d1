#include "stress/session.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/support/cores.hpp"
#include "stress/crash.hpp"
#include "stress/sanitizer_report.hpp"
#include "stress/story.hpp"

namespace awlab::stress {
namespace {

using Clock = std::chrono::steady_clock;

// One crew plays for this long, then the other.
constexpr std::chrono::milliseconds kSegment{500};
constexpr std::chrono::milliseconds kTick{50};
// One segment in this many has as many workers as roles, so that no worker plays two.
constexpr std::uint64_t kManyOnceIn = 8;

int usual_workers() { return std::clamp(static_cast<int>(reports::core_count()), 2, kMaxThreads); }

}  // namespace

Session::Session(const SubjectModule& subject, const StressOptions& options, std::uint64_t seed,
                 StressFindings& findings, std::uint64_t batch, const Tally& tally)
    : endless_seconds_(options.endless_seconds),
      findings_(findings),
      seed_(seed),
      plan_(subject.cell->promises, options.scenario, options.producers, seed),
      rounds_(subject, plan_, findings, batch, tally) {
  Noise noise = options.noise;
  noise.seed = seed;
  const auto hire = [&](int threads) {
    crews_.push_back(std::make_unique<Crew>(CrewOptions{.threads = threads, .noise = noise}));
  };
  hire(options.threads > 0 ? options.threads : usual_workers());
  if (options.threads == 0 && usual_workers() < kMaxThreads) hire(kMaxThreads);
}

Crew& Session::next_crew() {
  return ++segments_ % kManyOnceIn == 0 ? *crews_.back() : *crews_.front();
}

bool Session::run(const std::function<bool()>& goes_on) {
  bool comes_back = true;
  while (comes_back && goes_on()) comes_back = play(next_crew(), goes_on);
  take_reports();
  return comes_back;
}

bool Session::play(Crew& crew, const std::function<bool()>& goes_on) {
  const Clock::time_point end = Clock::now() + kSegment;
  Monitor monitor(crew, endless_seconds_);
  rounds_.begin(crew.threads());
  crew.start(rounds_);
  while (!crew.is_idle()) {
    std::this_thread::sleep_for(kTick);
    take_reports();
    if (Clock::now() >= end || !goes_on()) rounds_.stop();
    if (cannot_go_on(monitor)) return false;
  }
  crew.wait();
  slow_rounds_ += monitor.slow_rounds();
  return true;
}

bool Session::cannot_go_on(const Monitor& monitor) {
  const Rounds::Progress at = rounds_.progress();
  if (const std::optional<HeldCrash> crashed = crash()) {
    Round* round = crashed->round;
    const bool playing = round != nullptr && crashed->recorder != nullptr;
    findings_.add_unfinished(at.scenario, at.producers, seed_, "the round did not end",
                             crashed->violation,
                             playing ? story_of(*round, *crashed->recorder) : Trace(),
                             playing ? round->scenario().names() : TraceNames());
    return true;
  }
  const std::optional<int> role = monitor.endless_role();
  if (role) {
    findings_.add_unfinished(at.scenario, at.producers, seed_,
                             fmt::format("role {} does not end", *role),
                             {Property::kP9, Kind::kDeadlock, "every call comes back",
                              "a role does not come back from a call"},
                             Trace(), TraceNames());
  }
  return role.has_value();
}

void Session::take_reports() {
  for (const SanitizerReport& report : take_sanitizer_reports()) {
    const PlayItem* item = static_cast<const PlayItem*>(report.context);
    findings_.add(item == nullptr ? "none" : item->scenario->name,
                  item == nullptr ? 0 : item->producers, report);
  }
}

}  // namespace awlab::stress
