#include "stress/memory.hpp"

#include <unistd.h>

#include <fstream>

namespace awlab::stress {

double resident_mib() {
  std::ifstream file("/proc/self/statm");
  double size = 0;
  double resident = 0;
  file >> size >> resident;
  return resident * static_cast<double>(sysconf(_SC_PAGESIZE)) / (1U << 20U);
}

}  // namespace awlab::stress
