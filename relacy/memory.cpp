#include "relacy/memory.hpp"

#include "core/support/as_size.hpp"
#include "relacy/upstream.hpp"
// Must come after upstream's headers, which must not see ours half defined.
#include <array>
#include <cstdlib>
#include <memory>
#include <new>
#include <ostream>
#include <utility>

#include "core/support/exception_state.hpp"
#include "core/trace/memory_order.hpp"
#include "relacy/heap.hpp"
#include "relacy/late_access.hpp"

namespace awlab::relacy {
namespace {

// Upstream's switch between its own `new`, which is a branching point, and the C library's.
struct UpstreamsAllocation : rl::context {
  static int& disabled() { return rl::ctx().*(&UpstreamsAllocation::disable_alloc_); }
};

// A value and the number of the operation that wrote it. Comparisons and arithmetic use the value
// alone.
struct Tagged {
  static constexpr std::uint32_t kNobody = ~std::uint32_t{0};  // adds nothing, and hands it on

  std::uint64_t value = 0;
  std::uint32_t writer = 0;
  std::uint8_t bytes = 8;

  [[nodiscard]] Tagged with(std::uint64_t other) const {
    return {truncated(other, bytes), writer, bytes};
  }
  friend bool operator==(const Tagged& a, const Tagged& b) { return a.value == b.value; }
  friend Tagged operator+(const Tagged& a, const Tagged& b) {
    return b.writer == kNobody ? a : b.with(a.value + b.value);
  }
  friend Tagged operator-(const Tagged& a, const Tagged& b) { return b.with(a.value - b.value); }
  friend Tagged operator&(const Tagged& a, const Tagged& b) { return b.with(a.value & b.value); }
  friend Tagged operator|(const Tagged& a, const Tagged& b) { return b.with(a.value | b.value); }
  friend Tagged operator^(const Tagged& a, const Tagged& b) { return b.with(a.value ^ b.value); }
  friend std::ostream& operator<<(std::ostream& out, const Tagged& t) { return out << t.value; }
};

using Word = rl::atomic<Tagged>;

// An object. None is reused within an execution, so that Relacy sees a use after the end.
struct Object {
  const void* address;
  bool is_plain;
  bool is_destroyed;
  rl::var_data* shadow;       // of a plain object
  std::uint32_t last_writer;  // of an atomic object
  alignas(Word) std::array<std::byte, sizeof(Word)> storage;

  Word& word() { return *std::launder(reinterpret_cast<Word*>(storage.data())); }
};

std::array<Object, kMaxObjects> objects;
std::size_t objects_used = 0;

Trace* trace = nullptr;  // null: nothing is recorded
bool is_outside = false;
bool check_has_failed = false;
int failed_on = kOutside;
bool too_many_objects = false;
bool accessed_late = false;
std::array<std::uint64_t, kMaxThreads + 1> operations_of{};
std::array<std::uint64_t, kMaxThreads + 1> waits_of{};
std::uint32_t operations_recorded = 0;  // numbers operations from 1; 0 is the initial value
std::array<std::int32_t, Trace::kCapacity + 1> event_of{};  // by operation

std::uint32_t next_number() {
  return trace != nullptr && operations_recorded < Trace::kCapacity ? ++operations_recorded : 0;
}

void count() { ++operations_of[as_size(Memory::current_thread())]; }

constexpr rl::memory_order to_relacy(std::memory_order order) {
  switch (order) {
    case std::memory_order_relaxed:
      return rl::mo_relaxed;
    case std::memory_order_consume:
      return rl::mo_consume;
    case std::memory_order_acquire:
      return rl::mo_acquire;
    case std::memory_order_release:
      return rl::mo_release;
    case std::memory_order_acq_rel:
      return rl::mo_acq_rel;
    default:
      return rl::mo_seq_cst;
  }
}

rl::debug_info to_relacy(const CallSite& at) {
  return {at.function_name(), at.file_name(), at.line()};
}

// Records a step in the trace. The value `left` was written by operation number `number`; 0: by
// none.
void record(Step step, std::memory_order order, const void* object, const Tagged& found,
            std::uint64_t left, std::uint32_t number, const CallSite& at, bool spurious = false) {
  if (trace == nullptr) return;
  TraceEvent event;
  event.step = step;
  event.thread = static_cast<std::int8_t>(Memory::current_thread());
  event.order = order;
  event.object = object;
  event.read = found.value;
  event.written = left;
  event.spurious = spurious;
  if (is_read(step) || step == Step::kWait) event.reads_from = event_of[found.writer];
  event.function = at.function_name();
  const std::int32_t index = trace->add(event);
  if (number != 0) event_of[number] = index;
}

Tagged rmw(Word& word, Step step, const Tagged& operand, rl::memory_order order,
           const rl::debug_info& at) {
  switch (step) {
    case Step::kFetchAdd:
      return word.rmw(rl::rmw_type_t<rl::rmw_type_add>(), operand, order, at);
    case Step::kFetchSub:
      return word.rmw(rl::rmw_type_t<rl::rmw_type_sub>(), operand, order, at);
    case Step::kFetchAnd:
      return word.rmw(rl::rmw_type_t<rl::rmw_type_and>(), operand, order, at);
    case Step::kFetchOr:
      return word.rmw(rl::rmw_type_t<rl::rmw_type_or>(), operand, order, at);
    case Step::kFetchXor:
      return word.rmw(rl::rmw_type_t<rl::rmw_type_xor>(), operand, order, at);
    default:
      return word.rmw(rl::rmw_type_t<rl::rmw_type_swap>(), operand, order, at);
  }
}

Answer cas(Object& object, const Operation& operation, const Tagged& desired, const CallSite& at) {
  Tagged found{operation.expected, 0, operation.bytes};
  const bool too_strong = acquires(operation.failure) && !acquires(operation.order);
  const rl::memory_order success = to_relacy(operation.order);
  const rl::memory_order failure = too_strong ? rl::mo_relaxed : to_relacy(operation.failure);
  const bool swapped = operation.op == Step::kWeakCas
                           ? object.word().compare_exchange(rl::bool_t<true>(), found, desired,
                                                            success, failure, to_relacy(at))
                           : object.word().compare_exchange(rl::bool_t<false>(), found, desired,
                                                            success, failure, to_relacy(at));
  count();
  if (swapped) {
    // Relacy does not return the value that a successful compare-exchange found: the last one.
    const Tagged last{operation.expected, std::exchange(object.last_writer, desired.writer)};
    record(Step::kCas, operation.order, object.address, last, desired.value, desired.writer, at);
    return {operation.expected, true};
  }
  if (too_strong) rl::atomic_thread_fence(rl::mo_acquire, to_relacy(at));
  record(Step::kCasFailed, operation.failure, object.address, found, desired.value, 0, at,
         found.value == operation.expected);
  return {found.value, false};
}

Answer access(Object& object, const Operation& operation, const CallSite& at) {
  const rl::memory_order order = to_relacy(operation.order);
  if (operation.op == Step::kLoad) {
    const Tagged found = object.word().load(order, to_relacy(at));
    record(Step::kLoad, operation.order, object.address, found, found.value, 0, at);
    return {found.value};
  }
  const Tagged operand{operation.operand, next_number(), operation.bytes};
  if (is_cas(operation.op)) return cas(object, operation, operand, at);
  Tagged found{};
  if (operation.op == Step::kStore) {
    object.word().store(operand, order, to_relacy(at));
  } else {
    found = rmw(object.word(), operation.op, operand, order, to_relacy(at));
  }
  object.last_writer = operand.writer;
  count();
  record(operation.op, operation.order, object.address, found,
         truncated(modified(operation, found.value), operation.bytes), operand.writer, at);
  return {found.value};
}

// The threads that wait on an object, and those that were notified and have not gone on.
struct Waiter {
  const Object* object;
  bool notified;
};
std::array<Waiter, kMaxThreads + 1> waiters{};

Waiter& waiter(std::size_t thread) { return waiters.at(thread); }

// Waits on `object` for a notify, unless its newest value differs from the old one. Looking at the
// newest value is a read-modify-write that leaves it as it is: later reads see no older one.
Answer wait(Object& object, const Operation& operation, const CallSite& at) {
  const Tagged found =
      object.word().rmw(rl::rmw_type_t<rl::rmw_type_add>(),
                        Tagged{0, Tagged::kNobody, operation.bytes}, rl::mo_relaxed, to_relacy(at));
  if (found.value != operation.expected) return {found.value, false};
  record(Step::kWait, std::memory_order_relaxed, object.address, found, found.value, 0, at);
  const int thread = Memory::current_thread();
  if (thread == kOutside) rl::ctx().fail_test("", rl::test_result_deadlock, to_relacy(at));
  Waiter& mine = waiter(static_cast<std::size_t>(thread));
  mine = {&object, false};
  while (!mine.notified) rl::ctx().park_current_thread(false, false, false, to_relacy(at));
  mine = {};
  record(Step::kNotified, std::memory_order_relaxed, object.address, {}, 0, 0, at);
  return {found.value, false};  // there is nothing left to wait for
}

void notify(const Object& object, const Operation& operation, const CallSite& at) {
  record(operation.op, std::memory_order_relaxed, object.address, {}, 0, 0, at);
  std::array<std::size_t, kMaxThreads + 1> waiting{};
  unsigned count = 0;
  for (std::size_t i = 0; i < waiters.size(); ++i) {
    if (waiters[i].object == &object && !waiters[i].notified) waiting[count++] = i;
  }
  if (count == 0) return;
  unsigned first = 0;
  unsigned end = count;
  if (operation.op == Step::kNotifyOne) {
    first = count == 1 ? 0 : rl::ctx().rand(count, rl::sched_type_user);
    end = first + 1;
  }
  for (unsigned i = first; i < end; ++i) {
    waiter(waiting[i]).notified = true;
    rl::ctx().unpark_thread(static_cast<rl::thread_id_t>(waiting[i]), false, to_relacy(at));
  }
}

void access_plain(Object& object, Step step, const CallSite& at) {
  record(step, std::memory_order_relaxed, object.address, {}, 0, 0, at);
  auto& thread = *rl::ctx().threadx_;
  const bool ordered =
      step == Step::kPlainRead ? object.shadow->load(thread) : object.shadow->store(thread);
  if (!ordered) rl::ctx().fail_test("", rl::test_result_data_race, to_relacy(at));
}

void destroy(Object& object) {
  if (trace != nullptr) trace->end_object(object.address, Memory::current_thread());
  if (object.is_plain) {
    rl::ctx().var_dtor(object.shadow);
  } else {
    std::destroy_at(&object.word());
  }
}

}  // namespace

Location Memory::create(std::uint64_t value, std::uint8_t bytes, const void* address) {
  const Heap::Scope not_scenario_code(false);
  if (objects_used == kMaxObjects) {
    too_many_objects = true;
    violated();
  }
  Object& object = objects[objects_used];
  object.address = address;
  object.is_plain = bytes == 0;
  object.is_destroyed = false;
  if (object.is_plain) {
    object.shadow = rl::ctx().var_ctor();
    object.shadow->init(*rl::ctx().threadx_);
  } else {
    object.last_writer = 0;
    ::new (static_cast<void*>(object.storage.data())) Word(Tagged{value, 0, bytes});
  }
  if (trace != nullptr) trace->add_object(address, bytes, current_thread());
  return static_cast<Location>(objects_used++);
}

Answer Memory::perform(const Operation& operation, const CallSite& at) {
  const Heap::Scope not_scenario_code(false);
  Object& object = objects[operation.location];
  const bool accesses = operation.op != Step::kFence && operation.op != Step::kYield;
  if (accesses && object.is_destroyed) {
    accessed_late = true;
    if (trace != nullptr && operation.op != Step::kDestroy) {
      trace->add(late_access(*trace, operation, object.address, current_thread(), at));
    }
    violated();
  }
  if (operation.op == Step::kYield || operation.op == Step::kWait) {
    ++waits_of[as_size(current_thread())];
  }
  if (is_plain(operation.op)) {
    access_plain(object, operation.op, at);
    return {};
  }
  if (operation.op == Step::kDestroy) {
    destroy(object);
    object.is_destroyed = true;
    return {};
  }
  const ExceptionState mine;
  if (operation.op == Step::kYield) {
    rl::ctx().yield(1, to_relacy(at));
    return {};
  }
  if (operation.op == Step::kFence) {
    rl::atomic_thread_fence(to_relacy(operation.order), to_relacy(at));
    record(Step::kFence, operation.order, nullptr, {}, 0, 0, at);
    return {};
  }
  if (operation.op == Step::kWait) return wait(object, operation, at);
  if (is_notify(operation.op)) {
    notify(object, operation, at);
    return {};
  }
  return access(object, operation, at);
}

void Memory::check_failed() {
  if (!check_has_failed) failed_on = current_thread();
  check_has_failed = true;
  violated();
}

int Memory::current_thread() {
  return is_outside ? kOutside : static_cast<int>(rl::ctx().threadx_->index_);
}

void Memory::outside(bool is) { is_outside = is; }

std::uint64_t Memory::waits() { return waits_of[as_size(current_thread())]; }

std::uint64_t Memory::operations() { return operations_of[as_size(current_thread())]; }

void Memory::note(const TraceEvent& event) {
  if (trace != nullptr) trace->add(event);
}

void Memory::watch_scenario(const void* begin, std::size_t size) {
  if (trace != nullptr) trace->set_scenario(begin, size);
}

void Memory::watch(int cell, const void* begin, std::size_t size) {
  if (trace != nullptr) trace->set_cell(cell, begin, size);
}

void Memory::violated() {
  const Heap::Scope not_scenario_code(false);
  rl::ctx().fail_test("", rl::test_result_user_assert_failed, {"", "", 0});
}

void Memory::start(Trace* into) {
  trace = into;
  is_outside = check_has_failed = too_many_objects = accessed_late = false;
  operations_recorded = 0;
  event_of[0] = kInitial;
  objects_used = 0;
  waiters = {};
  Heap::start();
}

unsigned Memory::choose(unsigned limit) {
  const Heap::Scope not_scenario_code(false);
  return rl::ctx().rand(limit, rl::sched_type_user);
}

void Memory::freed_twice() {
  const Heap::Scope not_scenario_code(false);
  rl::ctx().fail_test("", rl::test_result_double_free, {"", "", 0});
  std::abort();  // not reached: the execution does not go on
}

void Memory::end() {
  if (Heap::live() != 0) rl::ctx().fail_test("", rl::test_result_memory_leak, {"", "", 0});
}

void Memory::leave_allocation_to_us() {
  if (UpstreamsAllocation::disabled() == 0) ++UpstreamsAllocation::disabled();
}

bool Memory::was_accessed_late() { return accessed_late; }
bool Memory::has_failed_check() { return check_has_failed; }
int Memory::thread_of_failed_check() { return failed_on; }
bool Memory::has_too_many_objects() { return too_many_objects; }

void Permit::wait(const CallSite& at) {
  const Heap::Scope not_scenario_code(false);
  const ExceptionState mine;
  while (!given_) {
    waiting_ = static_cast<int>(rl::ctx().threadx_->index_);
    rl::ctx().park_current_thread(false, false, false, to_relacy(at));
  }
  given_ = false;
}

void Permit::give(const CallSite& at) {
  const Heap::Scope not_scenario_code(false);
  given_ = true;
  if (waiting_ >= 0) {
    rl::ctx().unpark_thread(static_cast<rl::thread_id_t>(std::exchange(waiting_, -1)), false,
                            to_relacy(at));
  }
}

}  // namespace awlab::relacy
