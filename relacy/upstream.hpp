// The only place that includes the Relacy Race Detector.
//
// Its parts are included one by one and not through <relacy/relacy.hpp>, which would also define
// macros over new, delete, malloc, assert, the memory orders and all of POSIX threads. What stays is
// its replacement of the global operator new: while a simulation runs, allocations belong to it, and
// a deallocation is a branching point of its search. So nothing of the lab allocates inside an
// iteration.
#ifndef AWLAB_RELACY_UPSTREAM_HPP_
#define AWLAB_RELACY_UPSTREAM_HPP_

#include <relacy/base.hpp>
// Order matters from here on: the headers do not include all that they need.
#include <relacy/atomic.hpp>
#include <relacy/atomic_fence.hpp>
#include <relacy/context.hpp>
#include <relacy/context_base_impl.hpp>
#include <relacy/dyn_thread.hpp>
#include <relacy/stdlib/condition_variable.hpp>
#include <relacy/stdlib/event.hpp>
#include <relacy/stdlib/mutex.hpp>
#include <relacy/stdlib/semaphore.hpp>
#include <relacy/test_suite.hpp>
#include <relacy/thread_local.hpp>
#include <relacy/var.hpp>

// Upstream's name for "this source line" is a macro named with the dollar sign.
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wdollar-in-identifier-extension"
#undef $
#pragma clang diagnostic pop

#endif  // AWLAB_RELACY_UPSTREAM_HPP_
