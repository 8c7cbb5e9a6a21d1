// The C++ runtime keeps the exceptions being handled per thread, but fibers on one thread must not
// share them. Each fiber keeps its own copy and restores it whenever it may have been switched.
//
// Source: Itanium C++ ABI, exception handling, section 2.2.2 (__cxa_eh_globals).
#ifndef AWLAB_CORE_SUPPORT_EXCEPTION_STATE_HPP_
#define AWLAB_CORE_SUPPORT_EXCEPTION_STATE_HPP_

#include <cxxabi.h>

#ifdef _LIBCPPABI_VERSION  // defines it, and does not declare it
namespace __cxxabiv1 {
struct __cxa_eh_globals;
extern "C" __cxa_eh_globals* __cxa_get_globals();
}  // namespace __cxxabiv1
#endif

namespace awlab {

class ExceptionState {
 public:
  /// Saves the calling fiber's state...
  ExceptionState() noexcept : saved_(globals()) {}
  ExceptionState(const ExceptionState&) = delete;
  ExceptionState& operator=(const ExceptionState&) = delete;
  /// ...and restores it: between the two lies an operation that may run other fibers.
  ~ExceptionState() { globals() = saved_; }

  /// Sets the state of a fiber that starts, whatever the fiber before it was handling.
  static void clear() noexcept { globals() = Globals{}; }

 private:
  // The layout fixed by the ABI.
  struct Globals {
    void* caught_exceptions = nullptr;
    unsigned int uncaught_exceptions = 0;
  };

  static Globals& globals() noexcept {
    return *reinterpret_cast<Globals*>(abi::__cxa_get_globals());
  }

  Globals saved_;
};

}  // namespace awlab

#endif  // AWLAB_CORE_SUPPORT_EXCEPTION_STATE_HPP_
