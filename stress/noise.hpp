// Scheduler noise, which makes threads meet that otherwise would not.
#ifndef AWLAB_STRESS_NOISE_HPP_
#define AWLAB_STRESS_NOISE_HPP_

#include <cstdint>
#include <string>
#include <vector>

#include "core/support/random.hpp"

namespace awlab::stress {

/// The kinds of noise to make.
struct Noise {
  bool yields = false;      // now and then, before a role
  bool priorities = false;  // a new priority for each batch
  bool affinity = false;    // a new core for each batch
  std::uint64_t seed = 0;
};

/// The reason why this process may not make the noise, with the remedy; empty if it may.
std::string complaint(const Noise& noise);

/// The noise of one worker. Used by that worker's thread alone.
class NoiseMaker {
 public:
  NoiseMaker(const Noise& noise, int worker);

  void before_batch();
  void before_role();

 private:
  const Noise noise_;
  Random random_;
  const std::vector<std::size_t> cores_;  // usable cores
};

}  // namespace awlab::stress

#endif  // AWLAB_STRESS_NOISE_HPP_
