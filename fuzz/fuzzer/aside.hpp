// Work on inputs that may crash or never end, done in a process of its own.
#ifndef AWLAB_FUZZ_FUZZER_ASIDE_HPP_
#define AWLAB_FUZZ_FUZZER_ASIDE_HPP_

#include <functional>
#include <string>

namespace awlab::fuzz {

/// What came of it.
struct Aside {
  bool crashed = false;  // or took too long; not if it was cut short
  std::string result;    // empty if there is none
};

/// Does `work` in a child, for at most a minute. Once the lane is asked to end, it is cut short. The
/// child is gone when this returns, and does not outlive the lane. What `work` throws is no crash.
Aside do_aside(const std::function<std::string()>& work);

}  // namespace awlab::fuzz

#endif  // AWLAB_FUZZ_FUZZER_ASIDE_HPP_
