// The catalogue of faults: what each changes in our cell, and what the lab must say of it.
#ifndef AWLAB_CORE_FAULTS_CATALOGUE_HPP_
#define AWLAB_CORE_FAULTS_CATALOGUE_HPP_

#include <string>
#include <string_view>
#include <vector>

#include "core/contract/contract.hpp"

namespace awlab {

struct Fault {
  std::string id;
  std::string change;
  std::vector<Kind> kinds;             // findings it may cause; empty: proven harmless
  int producers = 0;                   // the least number that shows it
  std::vector<std::string> scenarios;  // where it shows
  std::string relacy_blind;            // why Relacy cannot see it; empty: it does
  std::string stress_blind;            // why real threads on x86-64 cannot; empty: they do
  std::string stress_by_chance;        // why it rests on the processor whether they do; empty: no
  std::string stress_seen_on;          // the processors on which they did, if it rests on that
  std::string tsan_blind;              // why they do not under ThreadSanitizer, though else they do
  bool needs_tsan = false;             // to be seen there: the processor forgives it

  [[nodiscard]] bool survives() const { return kinds.empty(); }
  /// Why this lane, such as "relacy" or "stress-tsan", cannot see it; empty if it must.
  [[nodiscard]] std::string blind(std::string_view lane) const;
  /// Why this lane may or may not see it, as the processor and its timing decide; empty if it does
  /// not rest on them. No test may ask for it: `lab detect` tells whether a host has shown it.
  [[nodiscard]] std::string by_chance(std::string_view lane) const;
};

/// All faults in the order of core/faults/catalogue.json, which is compiled in.
const std::vector<Fault>& catalogue();

/// The faults that the lane `engine` ("explore", "fuzz", "relacy" or "stress") must catch in every run:
/// one for each kind of thing that it must be able to see.
const std::vector<std::string>& canaries_of(std::string_view engine);

/// The fault called `id`, or null.
const Fault* find_fault(std::string_view id);

}  // namespace awlab

#endif  // AWLAB_CORE_FAULTS_CATALOGUE_HPP_
