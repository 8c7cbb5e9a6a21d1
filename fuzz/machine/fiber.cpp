#include "fuzz/machine/fiber.hpp"

#include <sys/mman.h>

#include <new>

#include "core/support/as_size.hpp"
#include "core/support/exception_state.hpp"

namespace awlab::machine {
namespace {

constexpr std::size_t kPage = 4096;
constexpr std::size_t kStack = 64 * kPage;
// Below each stack lies inaccessible memory: an overflow crashes instead of corrupting the next
// stack, also if a function's variables take several pages.
constexpr std::size_t kGuard = 16 * kPage;
constexpr std::size_t kAll = kMaxSimulatedThreads * (kGuard + kStack);

}  // namespace

Fibers::Fibers(Body body, void* context) : body_(body), context_(context) {
  void* memory = mmap(nullptr, kAll, PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (memory == MAP_FAILED) throw std::bad_alloc();
  stacks_ = static_cast<char*>(memory);
  for (std::size_t i = 0; i < kMaxSimulatedThreads; ++i) {
    if (mprotect(stacks_ + i * (kGuard + kStack), kGuard, PROT_NONE) != 0) {
      munmap(stacks_, kAll);
      throw std::bad_alloc();
    }
    asan_[i].lies_at(stacks_ + i * (kGuard + kStack) + kGuard, kStack);
  }
}

Fibers::~Fibers() { munmap(stacks_, kAll); }

void Fibers::switch_to(int thread) {
  const ExceptionState mine;
  const int here = current_;
  Context& next = contexts_[as_size(thread)];
  if (next == nullptr) {
    char* top = stacks_ + (as_size(thread) + 1) * (kGuard + kStack);
    next = boost::context::detail::make_fcontext(top, kStack, &Fibers::enter);
    asan_[as_size(thread)].begins();
  }
  current_ = thread;
  leaving_ = here;
  asan_[as_size(here)].leaves_for(asan_[as_size(thread)]);
  arrived(boost::context::detail::jump_fcontext(next, this), here);
}

// Saves the point at which the context that switched here continues.
void Fibers::arrived(boost::context::detail::transfer_t from, int here) {
  asan_[as_size(here)].came_from(asan_[as_size(leaving_)]);
  contexts_[as_size(leaving_)] = from.fctx;
  current_ = here;
}

void Fibers::enter(boost::context::detail::transfer_t from) {
  auto& self = *static_cast<Fibers*>(from.data);
  const int thread = self.current_;
  self.arrived(from, thread);
  ExceptionState::clear();
  self.body_(self.context_, thread);
}

}  // namespace awlab::machine
