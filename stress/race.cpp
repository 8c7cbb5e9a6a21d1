#include "stress/race.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "core/contract/contract.hpp"
#include "core/trace/wording.hpp"

namespace awlab::stress {
namespace {

constexpr std::string_view kSlot = "the slot";
constexpr std::string_view kData = "the subject's data";
constexpr std::string_view kWakersData = "the waker's data";
constexpr std::string_view kPublished = "what is published through the cell";

std::string file_name(std::string_view path) { return std::filesystem::path(path).filename(); }

// The name of the header that holds the subject's code. A fault is a copy of our header.
std::string header_of(const SubjectInfo& subject) {
  return subject.own ? "atomic_waker.hpp" : file_name(subject.source);
}

bool is_lambda(const Frame& frame) { return short_function(frame.function) == "operator"; }

std::string name_of(const Frame& frame) {
  const std::string name = short_function(frame.function);
  return is_lambda(frame) ? "a lambda" : name.substr(0, name.find('<'));
}

// The two ways to register are one operation of the protocol, and so are the two ways to wake.
std::string operation_of(const std::string& call) {
  return call.starts_with("register") ? "register" : call == "take_waker" ? "wake" : call;
}

// From the access out to the scenario: the frames beyond it only play rounds.
std::string stack_text(const std::vector<Frame>& stack) {
  std::string text;
  int number = 0;
  for (const Frame& frame : stack) {
    const std::string file = file_name(frame.file);
    if (file == "round.hpp") break;
    if (file.empty()) continue;  // the sanitizer's own frame
    text += fmt::format("\n      #{:<2} {:<24} {}:{}", number++, name_of(frame), file, frame.line);
  }
  return text;
}

std::string in_words(const Site& site, const Access& access) {
  return fmt::format("{} in {}{}, by thread {}", site.what, site.function,
                     site.call == site.function ? "" : fmt::format(", called by {}", site.call),
                     access.thread);
}

reports::TraceStep step_of(const Site& site, const Access& access, std::uint64_t number) {
  reports::TraceStep step;
  step.step = number;
  step.thread = access.thread;
  step.thread_name = fmt::format("thread {}", access.thread);
  step.call = site.call;
  step.operation = access.what;
  step.note = "decisive";
  step.site = site.function;
  return step;
}

}  // namespace

Site site_of(const SubjectInfo& subject, const Access& access) {
  const std::string header = header_of(subject);
  std::vector<const Frame*> own;  // frames in the subject, innermost first
  const Frame* outer = nullptr;   // frame in the scenario
  bool in_waker = false;
  for (const Frame& frame : access.stack) {
    const std::string file = file_name(frame.file);
    in_waker = in_waker || (own.empty() && file == "ledger.hpp");
    if (is_lambda(frame)) continue;
    if (file == header) own.push_back(&frame);
    if (outer == nullptr && frame.file.find("/core/scenario") != std::string::npos) outer = &frame;
  }
  const std::string_view object = in_waker      ? kWakersData
                                  : own.empty() ? kPublished
                                  : subject.own ? kSlot
                                                : kData;
  const Frame unknown{.function = "unknown", .file = "", .line = 0};
  const Frame& first = !own.empty() ? *own.front() : outer != nullptr ? *outer : unknown;
  const Frame& last = !own.empty() ? *own.back() : first;
  return {name_of(last), name_of(first), std::string(object),
          fmt::format("{} of {}", access.what, object)};
}

bool is_consequence(const reports::Finding& finding) {
  return finding.kind == Kind::kDataRace && finding.summary.find(kWakersData) != std::string::npos;
}

Reported describe_report(const SubjectInfo& subject, const SanitizerReport& report) {
  const bool race = report.description == "data-race" && report.accesses.size() >= 2;
  Reported reported;
  reports::Finding& finding = reported.finding;
  finding.kind = race ? Kind::kDataRace : Kind::kSanitizer;
  finding.property = race ? info(Property::kP4).id : "none";
  finding.subject = subject.name;

  std::vector<Site> sites;
  std::string chain;
  std::string stacks;
  for (const Access& access : report.accesses) {
    const Site& site = sites.emplace_back(site_of(subject, access));
    chain += "\n  - " + in_words(site, access);
    stacks += fmt::format("\n    {}{}", in_words(site, access), stack_text(access.stack));
    finding.trace.push_back(step_of(site, access, finding.trace.size()));
  }
  if (race) {
    finding.signature =
        reports::make_signature(finding.kind, finding.property, sites[0].object,
                                operation_of(sites[0].call), operation_of(sites[1].call));
    finding.summary = fmt::format("{} in {} races with {} in {}", sites[0].what, sites[0].call,
                                  sites[1].what, sites[1].call);
  } else {
    const std::string call = sites.empty() ? "" : sites[0].call;
    finding.signature =
        reports::make_signature(finding.kind, finding.property, call, report.description);
    finding.summary = fmt::format("the {} sanitizer reports {}{}", report.sanitizer,
                                  report.description, call.empty() ? "" : " in " + call);
  }
  const std::string expected =
      race ? std::string(info(Property::kP4).law) : "nothing for the sanitizer to report";
  finding.explanation =
      fmt::format("Expected: {}.\nActual: {}.{}{}", expected,
                  report.detail.empty() ? finding.summary : report.detail, chain, stacks);
  reported.text = fmt::format(
      "\nFINDING {}: {}\n  property   {}\n  expected   {}\n  in short   {}\n  why{}\n  stacks{}\n",
      finding.signature, to_string(finding.kind), finding.property, expected, finding.summary,
      chain, stacks);
  return reported;
}

}  // namespace awlab::stress
