// Scheduler noise: what makes threads meet where they otherwise would not.
#ifndef AWLAB_STRESS_NOISE_HPP_
#define AWLAB_STRESS_NOISE_HPP_

#include <cstdint>
#include <string>
#include <vector>

#include "core/support/random.hpp"

namespace awlab::stress {

/// Which kinds there are.
struct Noise {
  bool yields = false;      // now and then, before a role
  bool priorities = false;  // another one for each batch
  bool affinity = false;    // another core for each batch
  std::uint64_t seed = 0;
};

/// Why this process may not make it, with the remedy; empty if it may.
std::string complaint(const Noise& noise);

/// The noise of one worker: used by its thread alone.
class NoiseMaker {
 public:
  NoiseMaker(const Noise& noise, int worker);

  void before_batch();
  void before_role();

 private:
  const Noise noise_;
  Random random_;
  const std::vector<std::size_t> cores_;  // to choose from
};

}  // namespace awlab::stress

#endif  // AWLAB_STRESS_NOISE_HPP_
