// The words for threads, calls and steps of an execution, as tables, reports and stories use them.
#ifndef AWLAB_CORE_TRACE_WORDING_HPP_
#define AWLAB_CORE_TRACE_WORDING_HPP_

#include <string>
#include <string_view>

#include "core/trace/history.hpp"
#include "core/trace/objects.hpp"
#include "core/trace/trace.hpp"

namespace awlab {

class Wording {
 public:
  /// Both must outlive it.
  Wording(const History& history, const TraceNames& names)
      : history_(history), names_(names), objects_(history, names) {}

  /// "consumer", "the check from outside".
  [[nodiscard]] std::string thread(int number) const;
  /// "w1", or "its waker" if there is none.
  [[nodiscard]] std::string waker(WakerId waker) const;
  /// The maker of event `i`: "producer 1's wake", "consumer's register(w1)", "consumer".
  [[nodiscard]] std::string actor(Index i) const;
  /// The event: "fetch_or(acq_rel) on the state: WAITING -> WAKING".
  [[nodiscard]] std::string event(Index i) const;
  /// The place of event `i` in the code, the same in all lanes and runs: of the step itself, or of
  /// the last atomic step before it in its call, as real threads show no others.
  [[nodiscard]] std::string place(Index i) const;
  [[nodiscard]] const ObjectNames& objects() const { return objects_; }

 private:
  const History& history_;
  const TraceNames& names_;
  ObjectNames objects_;
};

/// The innermost name of a function as compilers print it: "take_waker".
std::string short_function(std::string_view pretty);

}  // namespace awlab

#endif  // AWLAB_CORE_TRACE_WORDING_HPP_
