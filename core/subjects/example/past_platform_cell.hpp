// Users' subjects that do things past their platform, and some that may look so, for the tests. A
// comment at the end of a line names what the lab must find there.
#ifndef EXAMPLE_PAST_PLATFORM_CELL_HPP_
#define EXAMPLE_PAST_PLATFORM_CELL_HPP_

#include <pthread.h>
#include <unistd.h>
#if defined(__x86_64__)
#include <immintrin.h>
#endif

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdlib>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <random>
#include <semaphore>
#include <sstream>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "cell.hpp"

namespace example {

inline int made = 0;
inline const std::string kName = "const, and long enough to be allocated";
inline const int kNumber = [] { return 5; }();
inline constexpr int kNumbers[] = {1, 2, 3};

inline int& last_of_thread() {
  thread_local int last = 0;
  return last;  // unseen: thread_local last
}

template <class Platform>
class PastPlatformCell : public Cell<Platform> {
 public:
  void wake() {
    locks();
    atomics();
    threads();
    state();
    chance();
    instructions();
    Cell<Platform>::wake();
  }

 private:
  void locks() {
    mutex_.lock();  // unseen: std::mutex::lock
    pthread_mutex_t* const handle = mutex_.native_handle();
    pthread_mutex_unlock(handle);  // unseen: pthread_mutex_unlock
    changed_->notify_one();        // unseen: std::condition_variable::notify_one
    std::call_once(once_, [] {});  // unseen: std::call_once
    permits_.release();            // unseen: std::counting_semaphore::release
  }
  void atomics() {
    (void)flag_.test_and_set(std::memory_order_acquire);  // unseen: std::atomic_flag::test_and_set
    (void)word_.load(std::memory_order_relaxed);          // unseen: std::atomic::load
    word_.store(1, std::memory_order_release);            // unseen: std::atomic::store
    word_.fetch_add(1);                                   // unseen: std::atomic::fetch_add
    int expected = 2;
    word_.compare_exchange_weak(expected, 3);        // unseen: std::atomic::compare_exchange_weak
    word_.notify_one();                              // unseen: std::atomic::notify_one
    std::atomic_ref<int>(plain_).store(4);           // unseen: std::atomic_ref::store
    __atomic_store_n(&plain_, 5, __ATOMIC_RELEASE);  // unseen: an atomic store
    std::atomic_thread_fence(std::memory_order_seq_cst);  // unseen: std::atomic_thread_fence
    std::atomic_signal_fence(std::memory_order_seq_cst);
    shared_->reset();  // unseen: std::shared_ptr::reset
  }
  void threads() {
    (void)std::this_thread::get_id();  // unseen: std::this_thread::get_id
    std::this_thread::yield();         // unseen: std::this_thread::yield
    last_of_thread() = 1;
  }
  void state() {
    static int calls = 0;
    ++calls;                                                   // unseen: static calls
    ++made;                                                    // unseen: global made
    static const std::vector<int> table(std::size(kNumbers));  // unseen: static table
    plain_ = kNumber + kNumbers[0];
  }
  void chance() {
    using Clock = std::chrono::steady_clock;
    *start_ = Clock::now();                           // unseen: std::chrono::steady_clock::now
    plain_ = std::rand();                             // unseen: rand
    plain_ = std::getenv("HOME") != nullptr ? 1 : 0;  // unseen: getenv
    ::usleep(1);                                      // unseen: usleep
  }
  void instructions() {
    __asm__ volatile("" ::: "memory");
#if defined(__x86_64__)
    _mm_pause();
    __asm__ volatile("pause");
    __asm__ volatile("mfence" ::: "memory");  // unseen: inline assembly
    _mm_mfence();                             // unseen: the instruction mfence
#endif
  }

  std::mutex mutex_;
  std::condition_variable* changed_ = nullptr;
  std::once_flag once_;
  std::counting_semaphore<4> permits_{0};
  std::atomic_flag flag_;
  std::atomic<int> word_{0};
  int plain_ = 0;
  std::shared_ptr<int>* shared_ = nullptr;
  std::chrono::steady_clock::time_point* start_ = nullptr;
};

struct Shape {
  virtual ~Shape() = default;
  [[nodiscard]] virtual int corners() const { return 0; }
};
struct Square : Shape {
  [[nodiscard]] int corners() const override { return 4; }
};

/// Does nothing that depends on threads, time or anything but itself.
template <class Platform>
class SelfContainedCell : public Cell<Platform> {
 public:
  void wake() {
    const std::unique_ptr<Shape> shape = std::make_unique<Square>();
    std::vector<std::string> names(3, kName);
    names.push_back(std::to_string(kNumber + shape->corners()));
    std::map<int, std::string> by_number;
    for (const std::string& name : names) by_number[static_cast<int>(name.size())] = name;
    const std::function<std::size_t()> count = [&] { return by_number.size(); };
    std::mt19937 numbers(kNumbers[1]);
    std::ostringstream text;
    text << count() << numbers();
    if (text.str().empty()) throw std::exception();
    Cell<Platform>::wake();
  }
};

/// Takes a lock in each call, and nothing else.
template <class Platform>
class LockingCell : public Cell<Platform> {
 public:
  std::optional<awlab::Waker> take_waker() {
    const std::lock_guard lock(mutex_);
    return Cell<Platform>::take_waker();
  }

 private:
  std::mutex mutex_;
};

}  // namespace example

#endif  // EXAMPLE_PAST_PLATFORM_CELL_HPP_
