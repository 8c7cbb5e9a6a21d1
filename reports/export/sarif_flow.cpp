#include "reports/export/sarif_flow.hpp"

#include <fmt/format.h>

#include <cassert>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "reports/export/sarif_location.hpp"
#include "reports/page/interleaving_figure.hpp"

namespace awlab::reports {
namespace {

// The step's action, in one line.
std::string sentence(const TraceStep& step) {
  std::string out = fmt::format("step {}: ", step.step);
  if (!step.call.empty()) out += fmt::format("{}: ", step.call);
  out += step.operation;
  if (step.order) out += fmt::format(" ({})", *step.order);
  if (!step.object.empty()) out += fmt::format(" on {}", step.object);
  if (step.value_read && step.value_written) {
    out += fmt::format(": {} -> {}", *step.value_read, *step.value_written);
  } else if (step.value_read) {
    out += fmt::format(": reads {}", *step.value_read);
  } else if (step.value_written) {
    out += fmt::format(": writes {}", *step.value_written);
  }
  if (step.reads_from) out += fmt::format(", from step {}", *step.reads_from);
  if (!step.site.empty()) out += fmt::format(" at {}", step.site);
  if (!step.note.empty()) out += fmt::format("; {}", step.note);
  return out;
}

// The number of the cell's calls that a thread is in. Even if calls are not steps of the trace,
// each step names the call that it belongs to.
class Depth {
 public:
  std::size_t of(const TraceStep& step) {
    if (step.operation == "call") return open_++;
    if (step.operation == "return" || step.operation == "throws") {
      if (open_ > 0) --open_;
      return open_;
    }
    return open_ == 0 && !step.call.empty() ? 1 : open_;
  }

 private:
  std::size_t open_ = 0;
};

struct Thread {
  std::string id;
  Json locations = Json::array();
  Depth depth{};
};

// A step outside the cell's calls belongs to the scenario, which is not in the subject's file.
Json location_of(const TraceStep& step, std::string_view source) {
  Json location;
  const std::optional<int> line = line_in(source, step.site);
  if (line || (!step.call.empty() && !step.site.empty())) {
    location["physicalLocation"] = sarif_place(source, line);
  }
  if (!line && !step.site.empty()) {
    location["logicalLocations"] =
        Json::array({Json::object({{"fullyQualifiedName", step.site}, {"kind", "function"}})});
  }
  location["message"] = sarif_message(sentence(step));
  return location;
}

// The text as in the file: names that differ only in bytes that are not UTF-8 become equal.
std::string as_written(const std::string& text) {
  const std::string json = Json(text).dump(-1, ' ', false, Json::error_handler_t::replace);
  return Json::parse(json).get<std::string>();
}

}  // namespace

Json sarif_flow(std::span<const TraceStep> trace, std::string_view source) {
  assert(!trace.empty());
  std::vector<Thread> threads;
  std::map<std::uint64_t, std::size_t> known;
  std::set<std::string> ids;
  for (std::size_t i = 0; i < trace.size(); ++i) {
    const TraceStep& step = trace[i];
    const auto [place, is_first] = known.try_emplace(step.thread, threads.size());
    if (is_first) {
      std::string id = as_written(step.thread_name);
      while (!ids.insert(id).second) id += fmt::format(" ({})", step.thread);
      threads.push_back({.id = std::move(id)});
    }
    Thread& thread = threads[place->second];
    Json location;
    location["location"] = location_of(step, source);
    location["nestingLevel"] = thread.depth.of(step);
    location["executionOrder"] = i + 1;
    if (step.note == kDecisive) location["importance"] = "essential";
    thread.locations.push_back(std::move(location));
  }
  Json flows = Json::array();
  for (Thread& thread : threads) {
    flows.push_back(
        Json::object({{"id", std::move(thread.id)}, {"locations", std::move(thread.locations)}}));
  }
  return Json::object({{"threadFlows", std::move(flows)}});
}

}  // namespace awlab::reports
