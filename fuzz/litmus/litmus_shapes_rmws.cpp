// Litmus shapes of read-modify-writes: their values, their atomicity, and compare-exchange.
#include <limits>

#include "fuzz/litmus/litmus_shapes.hpp"

namespace awlab::machine::litmus {
namespace {

std::vector<LitmusShape> values_and_atomicity() {
  constexpr std::uint64_t max = std::numeric_limits<std::uint64_t>::max();
  return {
      // 12 & 10 = 8, 8 | 3 = 11, 11 ^ 6 = 13, 13 - 5 = 8, 8 + 1 = 9, then 7.
      {.name = "rmw_values",
       .source = "[atomics.types.int]: each yields the old value",
       .program = {{{store(x, 12), rmw(Step::kFetchAnd, x, 10), rmw(Step::kFetchOr, x, 3),
                     rmw(Step::kFetchXor, x, 6), rmw(Step::kFetchSub, x, 5), fetch_add(x, 1),
                     exchange(x, 7), load(x)}}},
       .allowed = {{12, 8, 11, 13, 8, 9, 7, 7}},
       .with_memory = true},
      {.name = "rmw_values_wrap_around",
       .source = "[atomics.types.int]: unsigned arithmetic wraps",
       .program = {{{rmw(Step::kFetchSub, x, 1), fetch_add(x, 2), load(x)}}},
       .allowed = {{0, max, 1}}},
      {.name = "fetch_adds_of_two_threads_lose_nothing",
       .source = "[atomics.order]: an RMW reads the last value before its own write",
       .program = {{{fetch_add(x, 1), fetch_add(x, 1)}, {fetch_add(x, 1), fetch_add(x, 1)}}},
       .allowed = {{0, 1, 2, 3, 4},
                   {0, 2, 1, 3, 4},
                   {0, 3, 1, 2, 4},
                   {1, 2, 0, 3, 4},
                   {1, 3, 0, 2, 4},
                   {2, 3, 0, 1, 4}},
       .with_memory = true},
      {.name = "fetch_adds_of_three_threads_lose_nothing",
       .source = "[atomics.order]: an RMW reads the last value before its own write",
       .program = {{{fetch_add(x, 1)}, {fetch_add(x, 1)}, {fetch_add(x, 1)}}},
       .allowed =
           {{0, 1, 2, 3}, {0, 2, 1, 3}, {1, 0, 2, 3}, {1, 2, 0, 3}, {2, 0, 1, 3}, {2, 1, 0, 3}},
       .with_memory = true},
      {.name = "exchanges_form_a_chain",
       .source = "[atomics.order]: each exchange reads the one just before it",
       .program = {{{exchange(x, 1)}, {exchange(x, 2)}, {exchange(x, 3)}}},
       .allowed =
           {{0, 1, 2, 3}, {0, 3, 1, 2}, {2, 0, 1, 3}, {3, 0, 2, 1}, {3, 1, 0, 2}, {2, 3, 0, 1}},
       .with_memory = true},
      {.name = "no_store_between_an_rmw_and_what_it_reads",
       .source = "Lahav et al. 2017, atomicity: rmw & (rb;mo) is empty",
       .program = {{{fetch_add(x, 1)}, {store(x, 10)}}},
       .allowed = {{0, 10}, {10, 11}},
       .with_memory = true},
      // Registers: the RMW's, then two reads. 1 is the RMW of 0, 11 that of 10.
      {.name = "a_reader_sees_rmw_and_store_in_modification_order",
       .source = "[intro.races], read-read coherence with atomicity",
       .program = {{{fetch_add(x, 1)}, {store(x, 10)}, {load(x), load(x)}}},
       .allowed = {{0, 0, 0},
                   {0, 0, 1},
                   {0, 0, 10},
                   {0, 1, 1},
                   {0, 1, 10},
                   {0, 10, 10},
                   {10, 0, 0},
                   {10, 0, 10},
                   {10, 0, 11},
                   {10, 10, 10},
                   {10, 10, 11},
                   {10, 11, 11}}},
      // The thread has seen y, which was stored after x; its RMW may still precede x.
      {.name = "rmw_after_a_relaxed_flag_may_precede_the_message",
       .source = "[atomics.order]: last in modification order, which is not last in time",
       .program = {{{store(x, 1), store(y, 1)}, {load(y), fetch_add(x, 10)}}},
       .allowed = {{0, 0, 1, 1}, {0, 1, 11, 1}, {1, 0, 1, 1}, {1, 1, 11, 1}},
       .with_memory = true},
      {.name = "rmw_after_an_acquired_flag_follows_the_message",
       .source = "[intro.races], write-write coherence",
       .program = {{{store(x, 1), store(y, 1, rel)}, {load(y, acq), fetch_add(x, 10)}}},
       .allowed = {{0, 0, 1, 1}, {0, 1, 11, 1}, {1, 1, 11, 1}},
       .with_memory = true},
  };
}

std::vector<LitmusShape> compare_exchange() {
  return {
      {.name = "strong_cas_must_succeed",
       .source = "[atomics.types.operations]: only the weak form may fail spuriously",
       .program = {{{cas(x, 0, 1)}}},
       .allowed = {{0, 1}},
       .with_memory = true},
      {.name = "weak_cas_may_fail_spuriously",
       .source = "[atomics.types.operations]: a weak compare-exchange may fail",
       .program = {{{weak_cas(x, 0, 1)}}},
       .allowed = {{0, 0}, {0, 1}},
       .with_memory = true},
      {.name = "weak_cas_that_finds_another_value_fails",
       .source = "[atomics.types.operations]: nothing is written then",
       .program = {{{store(x, 3), weak_cas(x, 0, 1)}}},
       .allowed = {{3, 3}},
       .with_memory = true},
      {.name = "two_strong_cas_compete",
       .source = "Lahav et al. 2017, atomicity: two RMWs cannot read one write",
       .program = {{{cas(x, 0, 1)}, {cas(x, 0, 2)}}},
       .allowed = {{0, 1, 1}, {2, 0, 2}},
       .with_memory = true},
      {.name = "two_weak_cas_compete",
       .source = "[atomics.types.operations]: either or both may fail spuriously",
       .program = {{{weak_cas(x, 0, 1)}, {weak_cas(x, 0, 2)}}},
       .allowed = {{0, 0, 0}, {0, 0, 1}, {0, 1, 1}, {0, 0, 2}, {2, 0, 2}},
       .with_memory = true},
      {.name = "cas_chain",
       .source = "[atomics.types.operations]: the second needs the first",
       .program = {{{cas(x, 0, 1)}, {cas(x, 1, 2)}}},
       .allowed = {{0, 0, 1}, {0, 1, 2}},
       .with_memory = true},
      // The value is 0 again after 1; the CAS cannot tell.
      {.name = "cas_does_not_see_aba",
       .source = "[atomics.types.operations]: values are compared, not writes",
       .program = {{{store(x, 1), store(x, 0)}, {cas(x, 0, 5)}}},
       // 0 with 0: it read the initial value and its write comes before both stores.
       .allowed = {{0, 5}, {0, 0}, {1, 0}},
       .with_memory = true},
      {.name = "failing_cas_may_read_a_stale_store",
       .source = "[atomics.types.operations]: a failing compare-exchange is a load, as in MP",
       .program = {{{store(x, 1), store(y, 1)}, {load(y), cas(x, 5, 6)}}},
       .allowed = {{0, 0}, {0, 1}, {1, 0}, {1, 1}}},
      // Both fail on a value that the successful one has already replaced.
      {.name = "failing_cas_of_two_threads_read_one_store",
       .source = "[atomics.types.operations]: a failing compare-exchange is a load",
       .program = {{{cas(x, 5, 6)}, {cas(x, 7, 8)}, {exchange(x, 1)}}},
       .allowed = {{0, 0, 0}, {0, 1, 0}, {1, 0, 0}, {1, 1, 0}}},
      {.name = "failing_cas_is_coherent",
       .source = "[intro.races], read-read coherence",
       .program = {{{store(x, 1)}, {load(x), cas(x, 5, 6), load(x)}}},
       .allowed = {{0, 0, 0}, {0, 0, 1}, {0, 1, 1}, {1, 1, 1}}},
      {.name = "failing_cas_with_acquire_failure_synchronises",
       .source = "[atomics.types.operations]: a failure has the failure order",
       .program = {{{store(x, 1), store(y, 1, rel)}, {cas(y, 5, 6, acq_rel, acq), load(x)}}},
       .allowed = {{0, 0}, {0, 1}, {1, 1}}},
      {.name = "failing_cas_with_relaxed_failure_does_not_synchronise",
       .source = "[atomics.types.operations]: a failure has the failure order",
       .program = {{{store(x, 1), store(y, 1, rel)}, {cas(y, 5, 6, acq_rel, rlx), load(x)}}},
       .allowed = {{0, 0}, {0, 1}, {1, 0}, {1, 1}}},
      {.name = "failing_cas_may_have_the_stronger_order",
       .source = "[atomics.types.operations]: failure may be stronger than success, since C++17",
       .program = {{{store(x, 1), store(y, 1, rel)}, {cas(y, 5, 6, rlx, acq), load(x)}}},
       .allowed = {{0, 0}, {0, 1}, {1, 1}}},
      {.name = "successful_cas_has_the_success_order",
       .source = "[atomics.types.operations]; the failure order does not count then",
       .program = {{{store(x, 1), store(y, 1, rel)}, {cas(y, 1, 2, rlx, acq), load(x)}}},
       // Flag 0 fails and finds no release; flag 1 succeeds, relaxed.
       .allowed = {{0, 0}, {0, 1}, {1, 0}, {1, 1}}},
      {.name = "strong_cas_acquires_when_it_succeeds",
       .source = "[atomics.types.operations]: a strong one that finds its value succeeds",
       .program = {{{store(x, 1), store(y, 1, rel)}, {cas(y, 1, 2, acq, rlx), load(x)}}},
       .allowed = {{0, 0}, {0, 1}, {1, 1}}},
      {.name = "weak_cas_does_not_acquire_when_it_fails_spuriously",
       .source = "[atomics.types.operations]: a spurious failure has the failure order too",
       .program = {{{store(x, 1), store(y, 1, rel)}, {weak_cas(y, 1, 2, acq, rlx), load(x)}}},
       .allowed = {{0, 0}, {0, 1}, {1, 0}, {1, 1}}},
      // Registers: CAS, flag, message. Only a CAS that succeeded has released: flag 1.
      {.name = "cas_releases_when_it_succeeds",
       .source = "[atomics.order] p2: an RMW may be the release",
       .program = {{{store(x, 1), weak_cas(y, 0, 1, rel)}, {load(y, acq), load(x)}}},
       .allowed = {{0, 0, 0}, {0, 0, 1}, {0, 1, 1}}},
      // SB whose reads are failing CAS: x = 1 | CAS y, y = 1 | CAS x.
      {.name = "sb_failing_cas_with_seq_cst_failure",
       .source = "[atomics.order] p4: a failure with order seq_cst is in S",
       .program = {{{store(x, 1, sc), cas(y, 5, 6, sc, sc)},
                    {store(y, 1, sc), cas(x, 5, 6, sc, sc)}}},
       .allowed = {{0, 1}, {1, 0}, {1, 1}}},
      {.name = "sb_failing_cas_with_acquire_failure",
       .source = "[atomics.order] p4: a failure with order acquire is not in S",
       .program = {{{store(x, 1, sc), cas(y, 5, 6, sc, acq)},
                    {store(y, 1, sc), cas(x, 5, 6, sc, acq)}}},
       .allowed = {{0, 0}, {0, 1}, {1, 0}, {1, 1}}},
      // Two threads announce themselves by an exchange and then look for the other.
      {.name = "sb_seq_cst_exchange_and_load",
       .source = "[atomics.order] p4: the exchanges and loads are in S",
       .program = {{{exchange(x, 1, sc), load(y, sc)}, {exchange(y, 1, sc), load(x, sc)}}},
       .allowed = {{0, 0, 0, 1}, {0, 1, 0, 0}, {0, 1, 0, 1}}},
  };
}

}  // namespace

std::vector<LitmusShape> rmw_shapes() {
  std::vector<LitmusShape> all = values_and_atomicity();
  const std::vector<LitmusShape> more = compare_exchange();
  all.insert(all.end(), more.begin(), more.end());
  return all;
}

}  // namespace awlab::machine::litmus
