#include "core/faults/catalogue.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <nlohmann/json.hpp>

extern const char* const kCatalogueText;

namespace awlab {

namespace {

const nlohmann::json& text() {
  static const nlohmann::json parsed = nlohmann::json::parse(kCatalogueText);
  return parsed;
}

}  // namespace

const std::vector<Fault>& catalogue() {
  static const std::vector<Fault> faults = [] {
    std::vector<Fault> all;
    for (const nlohmann::json& entry : text().at("faults")) {
      Fault fault;
      fault.id = entry.at("id");
      fault.change = entry.at("change");
      for (const std::string name : entry.at("kinds")) {
        fault.kinds.push_back(kind_from_string(name).value());
      }
      fault.producers = entry.at("producers");
      fault.scenarios = entry.at("scenarios").get<std::vector<std::string>>();
      fault.relacy_blind = entry.value("relacy_blind", "");
      fault.stress_blind = entry.value("stress_blind", "");
      fault.stress_by_chance = entry.value("stress_by_chance", "");
      fault.stress_seen_on = entry.value("stress_seen_on", "");
      fault.tsan_blind = entry.value("tsan_blind", "");
      fault.needs_tsan = entry.value("needs_tsan", false);
      fault.needs_asan = entry.value("needs_asan", false);
      all.push_back(std::move(fault));
    }
    return all;
  }();
  return faults;
}

std::string Fault::blind(std::string_view lane) const {
  if (lane == "relacy") return relacy_blind;
  if (!lane.starts_with("stress")) return "";
  if (needs_asan) {
    return lane == "stress-asan" ? stress_blind
                                 : "the memory can still be read: only AddressSanitizer sees an "
                                   "access to freed memory";
  }
  if (lane == "stress-tsan") return stress_blind.empty() ? tsan_blind : stress_blind;
  return needs_tsan ? "the processor forgives it: only ThreadSanitizer sees the race"
                    : stress_blind;
}

std::string Fault::by_chance(std::string_view lane) const {
  if (!lane.starts_with("stress") || !blind(lane).empty() || stress_by_chance.empty()) return "";
  return stress_by_chance + "; seen on " + stress_seen_on;
}

bool Fault::names(Kind kind) const { return std::ranges::count(kinds, kind) > 0; }

bool Fault::must_show(std::string_view lane) const { return !survives() && blind(lane).empty(); }

bool Fault::shows_as_any_kind(std::string_view lane) const {
  return lane.starts_with("stress") && names(Kind::kDataRace);
}

bool Fault::shown_by(Kind kind, std::string_view lane) const {
  return names(kind) || (shows_as_any_kind(lane) && lane != "stress-tsan");
}

const std::vector<std::string>& canaries_of(std::string_view lane) {
  static const auto canaries =
      text().at("canaries").get<std::map<std::string, std::vector<std::string>, std::less<>>>();
  return canaries.find(lane)->second;
}

const Fault* find_fault(std::string_view id) {
  for (const Fault& fault : catalogue()) {
    if (fault.id == id) {
      return &fault;
    }
  }
  return nullptr;
}

}  // namespace awlab
