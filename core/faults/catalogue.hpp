// The catalogue of faults: the change that each makes to our cell, and the verdict it must get.
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
  std::vector<std::string> scenarios;  // the scenarios that show it
  std::string relacy_blind;            // why Relacy cannot see it; empty if it does
  std::string stress_blind;            // why real threads on x86-64 cannot; empty if they do
  std::string stress_by_chance;        // why that depends on the processor; empty if it does not
  std::string stress_seen_on;          // the processors on which they did, if it depends on that
  std::string tsan_blind;              // why they miss it under ThreadSanitizer, but not without
  bool needs_tsan = false;             // the processor forgives it: only ThreadSanitizer sees it
  bool needs_asan = false;             // a late access: only AddressSanitizer sees it

  [[nodiscard]] bool survives() const { return kinds.empty(); }
  [[nodiscard]] bool names(Kind kind) const;
  /// The reason that this lane, such as "relacy" or "stress-tsan", cannot see it; empty if it must.
  [[nodiscard]] std::string blind(std::string_view lane) const;
  /// The reason that the processor and its timing decide whether this lane sees it; empty if they
  /// do not. No test may ask for it: `lab detect` tells whether a host has shown it.
  [[nodiscard]] std::string by_chance(std::string_view lane) const;
  /// True if this lane must find it: it is harmful, and the lane is not blind for it.
  [[nodiscard]] bool must_show(std::string_view lane) const;
  /// True if it may show in this lane as any kind, and as a crash: a data race on real threads is
  /// undefined behaviour.
  [[nodiscard]] bool shows_as_any_kind(std::string_view lane) const;
  /// True if a finding of `kind` proves that this lane has seen it: a kind that is named above, or
  /// any that it shows as. ThreadSanitizer has to see the race itself.
  [[nodiscard]] bool shown_by(Kind kind, std::string_view lane) const;
};

/// All faults in the order of core/faults/catalogue.json, which is compiled in.
const std::vector<Fault>& catalogue();

/// The faults that `lane`, such as "explore" or "stress-tsan", must catch in every run: one for
/// each kind of thing that it must be able to see on any host.
const std::vector<std::string>& canaries_of(std::string_view lane);

/// The fault with this id, or null.
const Fault* find_fault(std::string_view id);

}  // namespace awlab

#endif  // AWLAB_CORE_FAULTS_CATALOGUE_HPP_
