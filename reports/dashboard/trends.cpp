#include "reports/dashboard/trends.hpp"

#include <algorithm>
#include <cmath>
#include <set>
#include <string_view>
#include <utility>

#include "reports/dashboard/finding_states.hpp"
#include "reports/model/report_json.hpp"

namespace awlab::reports {
namespace {

constexpr std::size_t kMostName = 60;  // bytes of a name in a chart

// The series for which `is_it` is true; else a new one if there is room; else null.
template <class Series>
Series* find_or_add(std::vector<Series>& all, auto is_it, Series fresh) {
  const auto found = std::ranges::find_if(all, is_it);
  if (found != all.end()) return &*found;
  return all.size() < kMostSeries ? &all.emplace_back(std::move(fresh)) : nullptr;
}

// Three digits are enough for a chart and keep the page small.
Json rounded(double value) {
  if (value == 0 || !std::isfinite(value)) return 0;
  const double unit = std::pow(10, std::floor(std::log10(value)) - 2);
  const double whole = std::round(value / unit);
  return unit >= 1 ? Json(std::round(whole * unit)) : Json(whole / std::round(1 / unit));
}

}  // namespace

Trends find_trends(const History& history) {
  Trends trends{.runs = runs_of_subject(history), .rates = {}, .canaries = {}};
  const std::size_t runs = trends.runs.size();
  std::set<std::string_view> lanes_left_out;
  std::set<std::pair<std::string_view, std::string_view>> canaries_left_out;
  for (std::size_t i = 0; i < runs; ++i) {
    for (const LaneSummary& lane : trends.runs[i]->lanes) {
      RateSeries* const rates =
          find_or_add(trends.rates, [&](const RateSeries& s) { return s.lane == lane.lane; },
                      {lane.lane, std::vector<std::optional<double>>(runs)});
      if (rates == nullptr) lanes_left_out.insert(lane.lane);
      if (rates != nullptr && lane.seconds > 0) {
        rates->rates[i] = static_cast<double>(lane.executions) / lane.seconds;
      }
      for (const Canary& canary : lane.canaries) {
        CanarySeries* const series = find_or_add(
            trends.canaries,
            [&](const CanarySeries& s) { return s.lane == lane.lane && s.fault == canary.fault; },
            {lane.lane, canary.fault, std::vector<std::optional<Canary>>(runs)});
        if (series == nullptr) {
          canaries_left_out.insert({lane.lane, canary.fault});
        } else {
          series->results[i] = canary;
        }
      }
    }
  }
  trends.left_out = lanes_left_out.size() + canaries_left_out.size();
  return trends;
}

std::string trends_json(const Trends& trends) {
  Json runs = Json::array();
  for (const RunSummary* run : trends.runs) {
    runs.push_back({run->started_at, to_string(run->verdict), run->findings.size()});
  }
  Json rates = Json::array();
  for (const RateSeries& series : trends.rates) {
    Json values = Json::array();
    for (const auto& rate : series.rates) values.push_back(rate ? rounded(*rate) : Json());
    rates.push_back({{"lane", one_line(series.lane, kMostName)}, {"values", std::move(values)}});
  }
  Json canaries = Json::array();
  for (const CanarySeries& series : trends.canaries) {
    Json seconds = Json::array();
    Json alive = Json::array();  // the runs in which it survived
    for (std::size_t i = 0; i < series.results.size(); ++i) {
      const auto& result = series.results[i];
      seconds.push_back(result ? rounded(result->seconds) : Json());
      if (result && !result->killed) alive.push_back(i);
    }
    canaries.push_back({{"lane", one_line(series.lane, kMostName)},
                        {"fault", one_line(series.fault, kMostName)},
                        {"seconds", std::move(seconds)},
                        {"alive", std::move(alive)}});
  }
  return script_json({{"runs", runs}, {"rates", rates}, {"canaries", canaries}});
}

std::string script_json(const Json& json) {
  constexpr std::string_view kLineSeparator = "\u2028";
  constexpr std::string_view kParagraphSeparator = "\u2029";
  const std::string text = json.dump(-1, ' ', false, Json::error_handler_t::replace);
  std::string out;
  out.reserve(text.size());
  for (std::string_view rest = text; !rest.empty();) {
    std::size_t used = 1;
    if (rest.starts_with('<')) {
      out += "\\u003c";
    } else if (rest.starts_with('>')) {
      out += "\\u003e";
    } else if (rest.starts_with('&')) {
      out += "\\u0026";
    } else if (rest.starts_with(kLineSeparator)) {
      out += "\\u2028";
      used = kLineSeparator.size();
    } else if (rest.starts_with(kParagraphSeparator)) {
      out += "\\u2029";
      used = kParagraphSeparator.size();
    } else {
      out += rest.front();
    }
    rest.remove_prefix(used);
  }
  return out;
}

}  // namespace awlab::reports
