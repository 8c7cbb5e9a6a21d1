// The only place that includes the Relacy Race Detector.
//
// Its parts are included one by one and not through <relacy/relacy.hpp>, which would also define
// macros over new, delete, malloc, assert, the memory orders and all of POSIX threads. Its
// replacement of some forms of the global operator new remains. They are switched to the C library
// for as long as a simulation runs, and the programs have all forms of their own (heap_new.cpp).
#ifndef AWLAB_RELACY_UPSTREAM_HPP_
#define AWLAB_RELACY_UPSTREAM_HPP_

#include <relacy/base.hpp>
// The order matters from here on: the headers do not include everything that they need.
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

// Upstream's macro for "this source line" is named with the dollar sign.
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wdollar-in-identifier-extension"
#undef $
#pragma clang diagnostic pop

#endif  // AWLAB_RELACY_UPSTREAM_HPP_
