// The shape that most scenarios share: one consumer, and producers that publish and wake.
#ifndef AWLAB_CORE_SCENARIO_PUBLISHED_HPP_
#define AWLAB_CORE_SCENARIO_PUBLISHED_HPP_

#include "core/scenario/scenario.hpp"
#include "core/support/as_size.hpp"

namespace awlab::scenarios {

/// Each of N producers: num += 1; wake(). The consumer's part is consume().
template <ScenarioPlatform P>
class Published : public Scene<P> {
 public:
  using Scene<P>::Scene;

  void thread(int index) final {
    if (index == this->kConsumer) {
      consume();
    } else {
      this->published(num_.fetch_add(1, std::memory_order_relaxed) + 1);
      this->wake();
    }
  }

 protected:
  virtual void consume() = 0;

  /// register(a new handle of `id`).
  void register_new(WakerId id) {
    const Waker waker = this->ledger().make(id);
    this->register_by_ref(waker, id);
  }

  /// register(a new handle of `id`); check. The handle lives on until after the look: releasing it
  /// earlier would put an event between the registration and the look.
  void register_and_check(WakerId id) {
    const Waker waker = this->ledger().make(id);
    this->register_by_ref(waker, id);
    check();
  }

  /// register_waker(a new handle of `id`); check.
  void give_and_check(WakerId id) {
    this->register_waker(this->ledger().make(id), id);
    check();
  }

  /// check num == N.
  bool check() { return Scene<P>::check(num_, as_size(this->producers())); }

 private:
  typename Scene<P>::Word num_{0};
};

}  // namespace awlab::scenarios

#endif  // AWLAB_CORE_SCENARIO_PUBLISHED_HPP_
