// The report that every lane writes: plain data, one struct per object of report.schema.json.
//
// Create a Report with new_report() (environment.hpp), append Lanes, add_finding() each violation
// found, finish() it, and write_report() (report_file.hpp). A checkpoint is the same without
// finish().
//
// The rules that give a verdict its worth live here and nowhere else: a lane passes only if it had
// canaries and all of them died; a report passes only if it is finished and all its lanes passed.
// All functions are free of side effects beyond their arguments and may be called from any thread.
#ifndef AWLAB_REPORTS_MODEL_REPORT_HPP_
#define AWLAB_REPORTS_MODEL_REPORT_HPP_

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/contract/contract.hpp"
#include "core/support/result.hpp"

namespace awlab::reports {

/// Fields keep the order in which they were added: equal reports are equal byte for byte.
using Json = nlohmann::ordered_json;

/// The version that this code writes. It reads every version with the same major number: a minor
/// version only adds fields.
inline constexpr std::string_view kSchemaVersion = "1.0";

/// The largest count and the largest seed: every JSON reader, even JavaScript's, keeps it exact.
inline constexpr std::uint64_t kMaxCount = (std::uint64_t{1} << 53) - 1;

enum class Verdict { kPass, kFail, kInconclusive };

// One enumeration for contract and reports; the names are those of the schema.
using awlab::Kind;
using awlab::kind_from_string;
using awlab::to_string;

/// The program that wrote the report.
struct Tool {
  std::string name;
  std::string version;
  std::string commit;         // full git hash, or "unknown"
  std::optional<bool> dirty;  // differs from that commit; empty if the commit is unknown
};

/// The machine of the run, without anything that names a person or a place.
struct Host {
  std::string os;
  std::string kernel;
  std::string cpu;
  std::uint64_t cores = 0;
  std::uint64_t memory_bytes = 0;
};

struct Build {
  std::string compiler;   // id and version
  std::string flags;      // may be empty
  std::string sanitizer;  // "none", "thread", "address", "address,undefined", …
};

struct Shard {
  std::uint64_t index = 0;  // below total
  std::uint64_t total = 1;
};

struct Run {
  std::string id;
  std::string started_at;                    // RFC 3339, UTC, whole seconds
  std::optional<std::string> finished_at{};  // empty: a checkpoint of a run that did not end
  std::string command;                       // to paste into a shell
  std::uint64_t seed = 0;                    // at most kMaxCount
  Shard shard;
};

/// The cell under test.
struct Subject {
  std::string name;    // the type, or the fault's id
  std::string source;  // the header, relative to the repository or as the user gave it
  std::string sha256;  // of that header, 64 lower-case hex digits (computed by CMake)
};

/// A fault that the lane must kill in the same run.
struct Canary {
  std::string fault;
  bool killed = false;
  double seconds = 0;  // until it was killed, or spent in vain
};

/// One way of testing, and its results in this run.
struct Lane {
  std::string lane;  // explore, fuzz, relacy or stress, with an optional suffix: stress-tsan
  Verdict verdict = Verdict::kInconclusive;
  double seconds = 0;
  std::uint64_t executions = 0;
  std::vector<std::string> limits;  // what this lane cannot see; at least one sentence
  std::vector<Canary> canaries;
  Json coverage = Json::object();
  Json stats = Json::object();
};

/// The number of replays that showed the finding again: k of n. n = 0: not tried.
struct Replay {
  std::uint64_t k = 0;
  std::uint64_t n = 0;
};

struct Schedule {
  std::uint64_t steps = 0;
  std::uint64_t context_switches = 0;
  bool minimized = false;
};

/// One event of the failing execution, in the order of execution.
struct TraceStep {
  std::uint64_t step = 0;    // strictly increasing within a trace; may skip
  std::uint64_t thread = 0;  // index
  std::string thread_name;   // "consumer", "producer 1"
  std::string call{};        // the subject's function that it belongs to, or empty
  std::string operation;     // "load", "store", "fetch_or", "cas", "wake", …
  std::string object{};      // "state", "slot", "num", or empty

  std::optional<std::string> order{};          // "acquire", …; empty: not atomic
  std::optional<std::string> value_read{};     // in the object's own words: "REGISTERING|WAKING"
  std::optional<std::string> value_written{};  // likewise
  std::optional<std::uint64_t> reads_from{};   // the earlier step that wrote value_read, if any

  std::string note{};  // the meaning for the property, or empty
  std::string site{};  // file:line in the subject, or empty
};

/// A violated property with its evidence.
struct Finding {
  std::string id{};  // set by add_finding()
  Kind kind = Kind::kCrash;
  std::string property;  // "P1" … "P10" of the contract, "none" for a crash without one
  std::string lane;      // the Lane::lane that found it
  std::vector<std::string> also_in{};  // further lanes of the run that found it, in order
  std::string scenario;
  std::optional<std::uint64_t> producers{};  // none for a program, which has threads of its own
  std::string subject;                       // Subject::name, or the fault's id
  std::string signature;                     // from make_signature()
  std::string summary;                       // one line
  std::string explanation;
  std::optional<std::string> artifact{};  // the input file, relative to the report's directory
  std::string reproduce;                  // one command to paste
  Replay replay;
  std::optional<Schedule> schedule{};  // empty: the lane does not control the schedule
  std::vector<TraceStep> trace{};
};

struct Report {
  std::string schema_version{kSchemaVersion};
  Tool tool;
  Host host;
  Build build;
  Run run;
  Subject subject;
  Verdict verdict = Verdict::kInconclusive;
  std::vector<Lane> lanes{};
  std::vector<Finding> findings{};
};

[[nodiscard]] std::string_view to_string(Verdict verdict);
/// Empty if `text` is not one of the names.
[[nodiscard]] std::optional<Verdict> verdict_from_string(std::string_view text);

/// The verdict of a lane.
/// @param found     it has a finding on the subject
/// @param complete  it did everything it set out to do
/// @param canaries  the faults that it ran beside the subject, in the same run
[[nodiscard]] Verdict lane_verdict(bool found, bool complete, std::span<const Canary> canaries);

/// The verdict that follows from lanes, findings and whether the run is finished; ignores
/// `report.verdict`. fail: a finding or a failed lane. pass: finished, and every lane passed (at
/// least one). Else inconclusive.
[[nodiscard]] Verdict overall_verdict(const Report& report);

/// 0 pass, 1 fail, 3 inconclusive (2 is for usage and environment errors).
[[nodiscard]] int exit_code(Verdict verdict);

/// The name of a bug, the same in every run and on every machine: "missed_wakeup-P1-0badcafe".
/// @param property  "P1" … "P10", or "none"
/// @param site      the place in the subject, as a function or a step of the protocol. Addresses,
///                  line numbers and directories are ignored, so a stack frame's text may be
///                  passed.
/// @param first,second  the two operations that clash, in any order; one may be empty
[[nodiscard]] std::string make_signature(Kind kind, std::string_view property,
                                         std::string_view site, std::string_view first,
                                         std::string_view second = {});

/// The short name of a finding: equal for the same bug in the same subject.
[[nodiscard]] std::string finding_id(std::string_view signature, std::string_view subject);

/// Sets `finding.id` and appends the finding, unless the report already has one with the same
/// signature and subject: one bug is one finding. @return whether it was appended
bool add_finding(Report& report, Finding finding);

/// Marks the run as finished at `finished_at` (see utc_time()) and sets the overall verdict.
void finish(Report& report, std::string finished_at);

/// Checks the rules between fields that a schema cannot express, and the verdict rules once more.
/// @return an error that starts with the JSON path of the first violation: "run.shard.index: …"
[[nodiscard]] Status check_consistency(const Report& report);

}  // namespace awlab::reports

#endif  // AWLAB_REPORTS_MODEL_REPORT_HPP_
