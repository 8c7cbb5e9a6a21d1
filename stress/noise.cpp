#include "stress/noise.hpp"

#include <sched.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <thread>

namespace awlab::stress {
namespace {

constexpr std::size_t kNiceness = 15;  // levels from 0, the niceness of other processes
constexpr std::size_t kYieldOnceIn = 4;

// On Linux each thread has a niceness of its own.
bool set_niceness(int niceness) {
  const auto thread = static_cast<id_t>(syscall(SYS_gettid));
  return setpriority(PRIO_PROCESS, thread, niceness) == 0;
}

// The cores that the calling thread may use.
std::vector<std::size_t> usable_cores() {
  cpu_set_t cores;
  CPU_ZERO(&cores);
  sched_getaffinity(0, sizeof(cores), &cores);
  std::vector<std::size_t> usable;
  for (std::size_t core = 0; core < CPU_SETSIZE; ++core) {
    if (CPU_ISSET(core, &cores)) usable.push_back(core);
  }
  return usable;
}

void set_core(std::size_t core) {
  cpu_set_t cores;
  CPU_ZERO(&cores);
  CPU_SET(core, &cores);
  sched_setaffinity(0, sizeof(cores), &cores);
}

}  // namespace

std::string complaint(const Noise& noise) {
  bool may_return = true;
  if (noise.priorities) {
    std::thread([&] { may_return = set_niceness(1) && set_niceness(0); }).join();
  }
  return may_return ? ""
                    : "--noise priorities needs the right to raise priorities: run as root or with "
                      "CAP_SYS_NICE";
}

NoiseMaker::NoiseMaker(const Noise& noise, int worker)
    : noise_(noise),
      random_(noise.seed + static_cast<std::uint64_t>(worker)),
      cores_(usable_cores()) {}

void NoiseMaker::before_batch() {
  if (noise_.priorities) set_niceness(static_cast<int>(random_.below(kNiceness)));
  if (noise_.affinity && !cores_.empty()) set_core(cores_[random_.below(cores_.size())]);
}

void NoiseMaker::before_role() {
  if (noise_.yields && random_.one_in(kYieldOnceIn)) std::this_thread::yield();
}

}  // namespace awlab::stress
