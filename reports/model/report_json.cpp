#include "reports/model/report_json.hpp"

#include <utility>

#include "reports/model/json_fields.hpp"

namespace awlab::reports {
void describe(auto& io, Is<Subject> auto& v) {
  io("name", v.name), io("source", v.source), io("sha256", v.sha256);
}

void describe(auto& io, Is<Canary> auto& v) {
  io("fault", v.fault), io("killed", v.killed), io("seconds", v.seconds);
}

void describe(auto& io, Is<Lane> auto& v) {
  io("lane", v.lane), io("verdict", v.verdict), io("seconds", v.seconds);
  io("executions", v.executions), io("limits", v.limits), io("canaries", v.canaries);
  io("coverage", v.coverage), io("stats", v.stats);
}

void describe(auto& io, Is<Replay> auto& v) { io("k", v.k), io("n", v.n); }

void describe(auto& io, Is<Schedule> auto& v) {
  io("steps", v.steps), io("context_switches", v.context_switches), io("minimized", v.minimized);
}

void describe(auto& io, Is<TraceStep> auto& v) {
  io("step", v.step), io("thread", v.thread), io("thread_name", v.thread_name);
  io("call", v.call), io("operation", v.operation), io("object", v.object);
  io("order", v.order), io("value_read", v.value_read), io("value_written", v.value_written);
  io("reads_from", v.reads_from), io("note", v.note), io("site", v.site);
}

void describe(auto& io, Is<Finding> auto& v) {
  io("id", v.id), io("kind", v.kind), io("property", v.property), io("lane", v.lane);
  io("scenario", v.scenario), io("subject", v.subject), io("signature", v.signature);
  io("summary", v.summary), io("explanation", v.explanation), io("artifact", v.artifact);
  io("reproduce", v.reproduce), io("replay", v.replay), io("schedule", v.schedule);
  io("trace", v.trace), io.if_there("also_in", v.also_in), io.if_there("producers", v.producers);
}

void describe(auto& io, Is<Report> auto& v) {
  io("schema_version", v.schema_version), io("tool", v.tool), io("host", v.host);
  io("build", v.build), io("run", v.run), io("subject", v.subject), io("verdict", v.verdict);
  io("lanes", v.lanes), io("findings", v.findings);
}

Json to_json(const Report& report) { return Writer::object(report); }
Json to_json(const Finding& finding) { return Writer::object(finding); }

Result<Report> from_json(const Json& json) { return Reader::read<Report>(json, "report"); }

std::string to_text(const Report& report) {
  return to_json(report).dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace awlab::reports
