#include "fuzz/fuzzer/fuzz_findings.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <utility>

#include "fuzz/fuzzer/aside.hpp"
#include "fuzz/schedule/input.hpp"
#include "reports/lane/subject_options.hpp"

namespace awlab::fuzz {
namespace {

constexpr std::uint64_t kReplays = 3;
// For one property: minimizing more forms of its violations is not worth the time.
constexpr int kMostForms = 8;
constexpr std::size_t kMostDoubts = 3;

// True if running `schedule` ends the process that does so.
bool crashes(const SubjectModule& subject, const Schedule& schedule) {
  return do_aside([&] {
           Harness harness(subject);
           replay(harness, schedule, 1);
           return std::string();
         })
      .crashed;
}

}  // namespace

Schedule FuzzFindings::schedule_of(std::string_view bytes) const {
  Input input;
  input.decode({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
  input.normalize();
  return {.subject = std::string(subject_.info.name),
          .scenario = std::string(kProgramScenario),
          .program = input.program,
          .signature = {},
          .decisions = input.decisions,
          .steps = {}};
}

std::string FuzzFindings::file_of(std::string_view signature) const {
  return std::filesystem::path(directory_) / artifact_of(signature);
}

reports::Result<bool> FuzzFindings::add(std::string_view input, bool minimize) {
  Schedule schedule = schedule_of(input);
  const Replayed replayed = replay(harness_, schedule, 1);
  Replayed again = replay(harness_, schedule, kReplays);
  if (!replayed.violation || again.failed == 0) {
    if (replayed.violation) again.change = first_change(replayed.steps, again.steps);
    doubt(again);
    return false;
  }
  const Violation violation = *replayed.violation;
  if (!seen_.insert(signature_of(subject_, replayed)).second) return false;
  int& forms = forms_[{violation.kind, violation.property}];
  if (forms == kMostForms) return false;
  ++forms;
  // In a process of its own: a smaller program may do what this one did not, and crash.
  Aside small;
  if (minimize) {
    small = do_aside([&] {
      return encode(
          Minimizer(subject_, {violation.kind, violation.property, ""}).minimize(schedule));
    });
  }
  const auto decoded = decode(small.result);
  const bool is_small =
      decoded && !small.crashed && replay(harness_, decoded.value(), 1).violation.has_value();
  if (is_small) schedule = decoded.value();
  Minimizer minimizer(subject_, {violation.kind, violation.property, ""});
  const Size size = minimizer.size_of(schedule);
  return keep(std::move(schedule), size, is_small);
}

// Notes a violation that was seen, and that these replays did not show.
void FuzzFindings::doubt(const Replayed& replayed) {
  if (doubts_.size() == kMostDoubts) return;
  doubts_.insert(fmt::format(
      "a violation that a worker found shows in {} of {} replays, so it is no finding: the subject "
      "is not deterministic{}",
      replayed.failed, replayed.replays,
      replayed.change ? ", and " + describe(*replayed.change, replayed.names.threads) : ""));
}

// Replaces the known schedule of the same bug if this one is smaller.
reports::Result<bool> FuzzFindings::keep(Schedule schedule, const Size& size, bool is_small) {
  const Replayed replayed = replay(harness_, schedule, kReplays);
  if (replayed.failed == 0 || !replayed.violation) {
    doubt(replayed);
    return false;
  }
  schedule.signature = signature_of(subject_, replayed);
  schedule.steps = replayed.steps;
  const Form form{size, encode(schedule)};
  const Key key(replayed.violation->kind, replayed.violation->property, schedule.signature);
  if (const auto known = found_.find(key); known != found_.end() && known->second.form <= form) {
    return false;
  }
  const std::string file = file_of(schedule.signature);
  lane::Found found =
      describe(subject_, "fuzz", schedule, replayed, lane::replay_command(subject_, file));
  found.finding.artifact = artifact_of(found.finding);
  found.finding.schedule->minimized = is_small;
  found_[key] = {form, std::move(found)};
  return write(file, form.schedule);
}

reports::Result<bool> FuzzFindings::write(const std::string& file, const std::string& bytes) const {
  if (directory_.empty()) return true;
  return write_artifact(file, bytes).map([] { return true; });
}

reports::Result<bool> FuzzFindings::add_crash(std::string_view input, const std::string& file) {
  const Key key(Kind::kCrash, Property::kP9, "");  // whatever was violated: one key for all
  if (found_.contains(key)) return false;
  Schedule schedule = schedule_of(input);
  std::uint64_t failed = 0;
  for (std::uint64_t i = 0; i < kReplays; ++i) failed += crashes(subject_, schedule) ? 1U : 0U;
  if (failed == 0) {
    unexplained_.insert(file);
    return false;
  }
  unexplained_.erase(file);
  Found& known = found_[key];
  reports::Finding& finding = known.found.finding;
  finding.kind = Kind::kCrash;
  finding.property = "none";
  finding.lane = "fuzz";
  finding.scenario = schedule.scenario;
  finding.subject = subject_.info.name;
  finding.signature = reports::make_signature(Kind::kCrash, "none", "", "");
  finding.summary = "a program ended its process";
  finding.explanation =
      "Expected: no sequence of calls ends the process.\n"
      "Actual: a signal or the time limit ended it. The schedule is not minimized.";
  finding.replay = {failed, kReplays};
  finding.artifact = artifact_of(finding);
  finding.reproduce = lane::replay_command(subject_, file_of(finding.signature));
  schedule.signature = finding.signature;
  known.form.schedule = encode(schedule);
  known.found.text =
      fmt::format("\nFINDING {}: {}\n  replays    {} of {} crash\n  reproduce  {}\n",
                  finding.signature, finding.summary, failed, kReplays, finding.reproduce);
  return write(file_of(finding.signature), known.form.schedule);
}

std::vector<reports::Finding> FuzzFindings::findings() const {
  std::vector<reports::Finding> all;
  for (const auto& [what, found] : found_) all.push_back(found.found.finding);
  return all;
}

std::string FuzzFindings::news() {
  std::string fresh;
  for (const auto& [what, found] : found_) {
    if (!told_.insert(found.found.text).second) continue;
    fresh += found.found.text;
    if (!directory_.empty()) {
      fresh += fmt::format("  schedule   {}, for ./lab replay and ./lab minimize\n\n",
                           file_of(found.found.finding.signature));
    }
  }
  return fresh;
}

std::string FuzzFindings::unexplained_text() const {
  std::string all;
  for (const std::string& file : unexplained_) {
    all += fmt::format("a worker crashed on {}, but {} replays did not crash\n", file, kReplays);
  }
  return all;
}

}  // namespace awlab::fuzz
