// Wakers for tests: every call is written to a journal, and any call can be scripted to throw or to
// call back into the cell. For one thread only.
//
// Each handle is told apart from its clones, so that a handle used after its release, released
// twice or never released fails the test that did it [P2].
#ifndef AWLAB_CORE_TESTING_TEST_WAKER_HPP_
#define AWLAB_CORE_TESTING_TEST_WAKER_HPP_

#include <gtest/gtest.h>

#include <array>
#include <cstddef>
#include <deque>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "core/support/as_size.hpp"
#include "core/waker.hpp"

namespace awlab {

/// The events of a test, in order. Events inside a call are indented below that call.
class Journal {
 public:
  using Entries = std::vector<std::string>;

  static void write(const std::string& entry) {
    entries_.push_back(std::string(2 * depth_, ' ') + entry);
  }

  /// Indents the entries that are written while it lives.
  class Inside {
   public:
    Inside() { ++depth_; }
    ~Inside() { --depth_; }
    Inside(const Inside&) = delete;
    Inside& operator=(const Inside&) = delete;
  };

  /// The entries written by `f`.
  template <class F>
  static Entries of(F&& f) {
    entries_.clear();
    std::forward<F>(f)();
    return std::exchange(entries_, {});
  }

 private:
  inline static Entries entries_;
  inline static std::size_t depth_ = 0;
};

/// The exception of a scripted call. Deliberately no std::exception: only an exact rethrow
/// preserves it.
struct TestError {
  std::string from;
};

/// The name of the function that threw in `f`, such as "clone new"; "nobody" if `f` returned.
template <class F>
std::string thrown_by(F&& f) {
  try {
    std::forward<F>(f)();
  } catch (const TestError& error) {
    return error.from;
  }
  return "nobody";
}

enum class Call { kClone, kWake, kWakeByRef, kDrop };

/// A task to wake. It must outlive its handles. Its destructor checks that all of them were
/// released and that every scripted call was made (else the test did not test what it claims).
class TestTask {
 public:
  explicit TestTask(std::string name) : name_(std::move(name)) {}
  TestTask(const TestTask&) = delete;
  TestTask& operator=(const TestTask&) = delete;

  ~TestTask() {
    EXPECT_EQ(live_handles_, 0) << name_ << ": handles neither woken nor dropped";
    for (std::size_t call = 0; call < kCalls; ++call) {
      EXPECT_FALSE(scripts_[call]) << name_ << ": scripted " << kNames[call] << " never called";
    }
  }

  /// A new handle, made without a call of the table.
  Waker waker() { return Waker(make_handle(), table()); }

  /// Runs `f` once, inside the next `call` of any handle: in a clone before there is a new handle,
  /// in a wake or a drop after the handle was released.
  void inside_next(Call call, std::function<void()> f) { scripts_[as_size(call)] = std::move(f); }

  /// Throws TestError once, from the next `call` (not a drop) of any handle.
  void throw_from_next(Call call) {
    inside_next(call, [from = entry(call)] { throw TestError{from}; });
  }

  /// For a test with scripted calls that may or may not be made.
  void forget_scripts() { scripts_ = {}; }

  int count(Call call) const { return counts_[as_size(call)]; }
  int woken() const { return count(Call::kWake) + count(Call::kWakeByRef); }
  int live_handles() const { return live_handles_; }

  static const WakerVTable& table() {
    static constexpr WakerVTable kTable = {&TestTask::clone, &TestTask::wake,
                                           &TestTask::wake_by_ref, &TestTask::drop};
    return kTable;
  }

 private:
  struct Handle {
    TestTask* task;
    bool live;
  };

  static constexpr std::size_t kCalls = 4;
  static constexpr std::array<const char*, kCalls> kNames = {"clone", "wake", "wake_by_ref",
                                                             "drop"};

  std::string entry(Call call) const { return kNames[as_size(call)] + (" " + name_); }

  Handle* make_handle() {
    ++live_handles_;
    return &handles_.emplace_back(Handle{this, true});
  }

  static TestTask& enter(void* data, Call call) {
    const Handle& handle = *static_cast<Handle*>(data);
    TestTask& task = *handle.task;
    EXPECT_TRUE(handle.live) << task.entry(call) << ": through a handle already released";
    Journal::write(task.entry(call));
    ++task.counts_[as_size(call)];
    return task;
  }

  static void release(void* data) {
    Handle& handle = *static_cast<Handle*>(data);
    handle.live = false;
    --handle.task->live_handles_;
  }

  void run_script(Call call) {
    if (const auto script = std::exchange(scripts_[as_size(call)], nullptr)) {
      const Journal::Inside inside;
      script();
    }
  }

  static RawWaker clone(void* data) {
    TestTask& task = enter(data, Call::kClone);
    task.run_script(Call::kClone);
    return {task.make_handle(), &table()};
  }
  static void wake(void* data) {
    TestTask& task = enter(data, Call::kWake);
    release(data);
    task.run_script(Call::kWake);
  }
  static void wake_by_ref(void* data) {
    enter(data, Call::kWakeByRef).run_script(Call::kWakeByRef);
  }
  static void drop(void* data) noexcept {
    TestTask& task = enter(data, Call::kDrop);
    release(data);
    task.run_script(Call::kDrop);
  }

  const std::string name_;
  std::deque<Handle> handles_;  // kept to the end, so that a late use is seen, and is not undefined
  int live_handles_ = 0;
  std::array<int, kCalls> counts_{};
  std::array<std::function<void()>, kCalls> scripts_;
};

}  // namespace awlab

#endif  // AWLAB_CORE_TESTING_TEST_WAKER_HPP_
