// The cell in the two places it is used most: a task that parks until it is woken, and a oneshot
// channel that hands over a payload.
#ifndef AWLAB_CORE_SCENARIO_CHANNEL_HPP_
#define AWLAB_CORE_SCENARIO_CHANNEL_HPP_

#include <array>
#include <optional>

#include "core/scenario/published.hpp"
#include "core/support/as_size.hpp"

namespace awlab::scenarios {

/// Until num == N: register(w1); check; park until w1 is woken. The number of polls is bounded; an
/// execution that reaches the bound is cut, not judged complete.
template <ScenarioPlatform P>
class BlockOn : public Published<P> {
 public:
  explicit BlockOn(const Setup& setup) : Published<P>(setup) {
    this->ledger().script(this->kW1, {.on_wake = &BlockOn::unpark, .context = this});
  }

 private:
  void consume() override {
    const Waker w1 = this->ledger().make(this->kW1);
    for (int polls = 0; polls < this->producers() + 2; ++polls) {
      this->register_by_ref(w1, this->kW1);
      if (this->check()) return;
      parker_.park();
    }
    this->cut_short();
  }

  static void unpark(void* context) { static_cast<BlockOn*>(context)->parker_.unpark(); }

  typename P::Parker parker_;
};

/// Variants of a oneshot channel: the plain hand-over, or one side that goes away.
enum class OneshotVariant { kSend, kSenderDrop, kReceiverCancel };

/// Receiver: register(w1); look at each sender's flag (acquire) and read its payload if it is
/// ready. Senders: write the payload, set the flag (release), wake(). The payload is plain data.
///
/// kSenderDrop: the last sender goes away without a payload: it sets "closed" and wakes.
/// kReceiverCancel: a receiver that found nothing takes its waker out again and leaves.
template <ScenarioPlatform P, OneshotVariant Variant>
class Oneshot : public Scene<P> {
 public:
  explicit Oneshot(const Setup& setup) : Scene<P>(setup) {
    for (int i = 0; i < setup.producers; ++i) {
      channels_[as_size(i)].emplace();
    }
  }

  void thread(int index) override {
    if (index == this->kConsumer) {
      receive();
    } else {
      send(*channels_[as_size(index - 1)], index);
      this->published(1);
      this->wake();
    }
  }

  [[nodiscard]] TraceNames names() const override {
    TraceNames names = Scene<P>::names();
    names.threads.front() = "receiver";
    for (std::size_t i = 1; i < names.threads.size(); ++i) {
      names.threads[i] = "sender " + std::to_string(i);
    }
    names.publication = "flag";
    return names;
  }

 private:
  static constexpr std::size_t kEmpty = 0;
  static constexpr std::size_t kSent = 1;
  static constexpr std::size_t kClosed = 2;

  struct Channel {
    typename P::template plain<int> payload{0};
    typename Scene<P>::Word flag{kEmpty};
  };

  void send(Channel& channel, int index) {
    if (Variant == OneshotVariant::kSenderDrop && index == this->producers()) {
      channel.flag.store(kClosed, std::memory_order_release);
      return;
    }
    channel.payload.with_mut([&](int& payload) { return payload = index; });
    channel.flag.store(kSent, std::memory_order_release);
  }

  void receive() {
    const Waker w1 = this->ledger().make(this->kW1);
    this->register_by_ref(w1, this->kW1);
    bool ready = true;
    for (int i = 1; i <= this->producers(); ++i) {
      Channel& channel = *channels_[as_size(i - 1)];
      const std::size_t seen = channel.flag.load(std::memory_order_acquire);
      ready = ready && seen != kEmpty;
      if (seen == kSent) {
        P::check(channel.payload.with([](const int& payload) { return payload; }) == i);
      }
    }
    const bool goes = ready || Variant == OneshotVariant::kReceiverCancel;
    this->ledger().looked(goes ? 1 : 0, goes);
    if (Variant == OneshotVariant::kReceiverCancel && !ready) this->take_and_wake();
  }

  std::array<std::optional<Channel>, kMaxThreads> channels_;
};

template <ScenarioPlatform P>
using OneshotSend = Oneshot<P, OneshotVariant::kSend>;
template <ScenarioPlatform P>
using OneshotSenderDrop = Oneshot<P, OneshotVariant::kSenderDrop>;
template <ScenarioPlatform P>
using OneshotReceiverCancel = Oneshot<P, OneshotVariant::kReceiverCancel>;

}  // namespace awlab::scenarios

#endif  // AWLAB_CORE_SCENARIO_CHANNEL_HPP_
