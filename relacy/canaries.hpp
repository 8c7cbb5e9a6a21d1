// Canaries: faults that the lane must catch in every run, or its green verdict is worth nothing.
#ifndef AWLAB_RELACY_CANARIES_HPP_
#define AWLAB_RELACY_CANARIES_HPP_

#include <vector>

#include "reports/report.hpp"

namespace awlab::relacy {

/// Runs each canary's program, which stands beside this one, and tells whether it was caught with
/// the kind that the catalogue names. A program that is missing or dies counts as not caught.
std::vector<reports::Canary> run_canaries();

}  // namespace awlab::relacy

#endif  // AWLAB_RELACY_CANARIES_HPP_
