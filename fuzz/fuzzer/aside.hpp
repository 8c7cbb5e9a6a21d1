// Work on inputs that may crash or never end, done in a process of its own.
#ifndef AWLAB_FUZZ_FUZZER_ASIDE_HPP_
#define AWLAB_FUZZ_FUZZER_ASIDE_HPP_

#include <functional>
#include <string>

namespace awlab::fuzz {

/// The outcome of the work.
struct Aside {
  bool crashed = false;  // or took too long; false if it was cut short
  std::string result;    // empty if there is none
};

/// Does `work` in a child, for at most a minute; a request to end the lane cuts it short. The child
/// is gone when this returns, and does not outlive the lane. An exception of `work` is no crash.
Aside do_aside(const std::function<std::string()>& work);

}  // namespace awlab::fuzz

#endif  // AWLAB_FUZZ_FUZZER_ASIDE_HPP_
