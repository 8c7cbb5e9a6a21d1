// The memory that this process holds: flat over hours, unless something leaks.
#ifndef AWLAB_STRESS_MEMORY_HPP_
#define AWLAB_STRESS_MEMORY_HPP_

#include <algorithm>

#include "reports/model/report.hpp"

namespace awlab::stress {

/// Resident memory of the process in MiB; 0 if the system does not report it.
double resident_mib();

/// Memory use during a run, sampled now and then.
class Memory {
 public:
  void sample() {
    last_ = resident_mib();
    first_ = first_ == 0 ? last_ : first_;
    most_ = std::max(most_, last_);
  }
  [[nodiscard]] reports::Json to_json() const {
    return {{"first", first_}, {"last", last_}, {"most", most_}};
  }

 private:
  double first_ = 0;
  double last_ = 0;
  double most_ = 0;
};

}  // namespace awlab::stress

#endif  // AWLAB_STRESS_MEMORY_HPP_
