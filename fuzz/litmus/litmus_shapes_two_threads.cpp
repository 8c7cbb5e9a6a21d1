// Litmus shapes of two threads: SB, MP, LB, S, R, 2+2W. Fences have their own table.
#include "fuzz/litmus/litmus_shapes.hpp"

namespace awlab::machine::litmus {
namespace {

// SB: each thread writes one location and then reads the other.
std::vector<LitmusShape> store_buffering() {
  return {
      {.name = "sb_relaxed",
       .source = "tutorial, SB; nothing orders a write and a read of another location",
       .program = {{{store(x, 1), load(y)}, {store(y, 1), load(x)}}},
       .allowed = {{0, 0}, {0, 1}, {1, 0}, {1, 1}}},
      {.name = "sb_release_acquire",
       .source = "[atomics.order] p2: synchronising needs a read of the other's write",
       .program = {{{store(x, 1, rel), load(y, acq)}, {store(y, 1, rel), load(x, acq)}}},
       .allowed = {{0, 0}, {0, 1}, {1, 0}, {1, 1}}},
      {.name = "sb_seq_cst",
       .source = "[atomics.order] p4: one of the writes is first in the single order S",
       .program = {{{store(x, 1, sc), load(y, sc)}, {store(y, 1, sc), load(x, sc)}}},
       .allowed = {{0, 1}, {1, 0}, {1, 1}}},
      {.name = "sb_seq_cst_stores_relaxed_loads",
       .source = "[atomics.order] p4: S holds seq_cst operations only; the loads are not",
       .program = {{{store(x, 1, sc), load(y)}, {store(y, 1, sc), load(x)}}},
       .allowed = {{0, 0}, {0, 1}, {1, 0}, {1, 1}}},
      {.name = "sb_release_stores_seq_cst_loads",
       .source = "[atomics.order] p4: S holds seq_cst operations only; the stores are not",
       .program = {{{store(x, 1, rel), load(y, sc)}, {store(y, 1, rel), load(x, sc)}}},
       .allowed = {{0, 0}, {0, 1}, {1, 0}, {1, 1}}},
      {.name = "sb_seq_cst_in_one_thread_only",
       .source = "[atomics.order] p4: S does not hold the other thread's operations",
       .program = {{{store(x, 1, sc), load(y, sc)}, {store(y, 1, rel), load(x, acq)}}},
       .allowed = {{0, 0}, {0, 1}, {1, 0}, {1, 1}}},
      {.name = "sb_two_acq_rel_rmws_do_not_order",
       .source = "hb by hand: both read the initial value, so neither synchronises",
       .program = {{{store(x, 1), fetch_add(y, 0, acq_rel)},
                    {store(y, 1), fetch_add(x, 0, acq_rel)}}},
       .allowed = {{0, 0}, {0, 1}, {1, 0}, {1, 1}}},
      // Registers: z, y, z, x. One of the RMWs of z reads from the other and synchronises.
      {.name = "sb_rmws_on_one_location_act_as_fences",
       .source = "[atomics.order]: an RMW reads the last value, so one RMW reads the other",
       .program = {{{store(x, 1), fetch_add(z, 0, acq_rel), load(y)},
                    {store(y, 1), fetch_add(z, 0, acq_rel), load(x)}}},
       .allowed = {{0, 0, 0, 1}, {0, 1, 0, 0}, {0, 1, 0, 1}}},
  };
}

// MP: a message in x, a flag in y. Registers: flag, message.
std::vector<LitmusShape> message_passing() {
  return {
      {.name = "mp_relaxed",
       .source = "tutorial, MP; without synchronisation the message may be stale",
       .program = {{{store(x, 1), store(y, 1)}, {load(y), load(x)}}},
       .allowed = {{0, 0}, {0, 1}, {1, 0}, {1, 1}}},
      {.name = "mp_release_acquire",
       .source = "[atomics.order] p2 with write-read coherence, [intro.races]",
       .program = {{{store(x, 1), store(y, 1, rel)}, {load(y, acq), load(x)}}},
       .allowed = {{0, 0}, {0, 1}, {1, 1}}},
      {.name = "mp_release_store_relaxed_load",
       .source = "[atomics.order] p2: the load must be an acquire",
       .program = {{{store(x, 1), store(y, 1, rel)}, {load(y), load(x)}}},
       .allowed = {{0, 0}, {0, 1}, {1, 0}, {1, 1}}},
      {.name = "mp_relaxed_store_acquire_load",
       .source = "[atomics.order] p2: the store must be a release",
       .program = {{{store(x, 1), store(y, 1)}, {load(y, acq), load(x)}}},
       .allowed = {{0, 0}, {0, 1}, {1, 0}, {1, 1}}},
      {.name = "mp_acquire_on_the_message_only",
       .source = "[atomics.order] p2: orders what follows the acquire, not what precedes it",
       .program = {{{store(x, 1), store(y, 1, rel)}, {load(y), load(x, acq)}}},
       .allowed = {{0, 0}, {0, 1}, {1, 0}, {1, 1}}},
      {.name = "mp_release_on_the_message_only",
       .source = "[atomics.order] p2: orders what precedes the release, not what follows it",
       .program = {{{store(x, 1, rel), store(y, 1)}, {load(y, acq), load(x, acq)}}},
       .allowed = {{0, 0}, {0, 1}, {1, 0}, {1, 1}}},
      {.name = "mp_seq_cst_flag",
       .source = "[atomics.order] p1, p2: seq_cst includes release and acquire",
       .program = {{{store(x, 1), store(y, 1, sc)}, {load(y, sc), load(x)}}},
       .allowed = {{0, 0}, {0, 1}, {1, 1}}},
      {.name = "mp_release_store_seq_cst_load",
       .source = "[atomics.order] p2: a seq_cst load is an acquire",
       .program = {{{store(x, 1), store(y, 1, rel)}, {load(y, sc), load(x)}}},
       .allowed = {{0, 0}, {0, 1}, {1, 1}}},
      // Registers: the RMW's, flag, message.
      {.name = "mp_release_by_rmw",
       .source = "[atomics.order] p2: an RMW may be the release",
       .program = {{{store(x, 1), fetch_add(y, 1, rel)}, {load(y, acq), load(x)}}},
       .allowed = {{0, 0, 0}, {0, 0, 1}, {0, 1, 1}}},
      {.name = "mp_acquire_by_rmw",
       .source = "[atomics.order] p2: an RMW may be the acquire",
       .program = {{{store(x, 1), store(y, 1, rel)}, {fetch_add(y, 0, acq), load(x)}}},
       .allowed = {{0, 0}, {0, 1}, {1, 1}}},
      {.name = "mp_acquire_rmw_does_not_release",
       .source = "[atomics.order] p2: an RMW releases only if its order does",
       .program = {{{store(x, 1), fetch_add(y, 1, acq)}, {load(y, acq), load(x)}}},
       .allowed = {{0, 0, 0}, {0, 0, 1}, {0, 1, 0}, {0, 1, 1}}},
      {.name = "mp_release_rmw_does_not_acquire",
       .source = "[atomics.order] p2: an RMW acquires only if its order does",
       .program = {{{store(x, 1), store(y, 1, rel)}, {fetch_add(y, 0, rel), load(x)}}},
       .allowed = {{0, 0}, {0, 1}, {1, 0}, {1, 1}}},
  };
}

// LB: each thread reads one location and then writes the other.
std::vector<LitmusShape> load_buffering() {
  return {
      {.name = "lb_relaxed",
       .source = "Lahav et al. 2017: RC11 has acyclic(po | rf), which the standard only recommends",
       .program = {{{load(x), store(y, 1)}, {load(y), store(x, 1)}}},
       .allowed = {{0, 0}, {0, 1}, {1, 0}}},
      {.name = "lb_release_acquire",
       .source = "[atomics.order] p2: reading both ones would be a cycle in happens-before",
       .program = {{{load(x, acq), store(y, 1, rel)}, {load(y, acq), store(x, 1, rel)}}},
       .allowed = {{0, 0}, {0, 1}, {1, 0}}},
      {.name = "lb_acquire_in_one_thread_only",
       .source = "Lahav et al. 2017: acyclic(po | rf) whatever the orders",
       .program = {{{load(x, acq), store(y, 1, rel)}, {load(y), store(x, 2)}}},
       .allowed = {{0, 0}, {0, 1}, {2, 0}}},
      {.name = "lb_of_rmws",
       .source = "Lahav et al. 2017: acyclic(po | rf), with an RMW as the write",
       .program = {{{load(x), fetch_add(y, 1)}, {load(y), fetch_add(x, 1)}}},
       // Registers: x, y, y, x. Nobody else writes what an RMW adds to.
       .allowed = {{0, 0, 0, 0}, {0, 0, 1, 0}, {1, 0, 0, 0}}},
      {.name = "lb_with_a_cas",
       .source =
           "Lahav et al. 2017: acyclic(po | rf), whether the compare-exchange succeeds or not",
       .program = {{{load(x), store(y, 1)}, {cas(y, 1, 2), store(x, 1)}}},
       .allowed = {{0, 0, 1, 1}, {0, 1, 1, 2}, {1, 0, 1, 1}},
       .with_memory = true},
  };
}

// S: x = 2; y = 1 | read y; x = 1. Vectors: y read, final x, final y.
// R: x = 1; y = 1 | y = 2; read x. Vectors: x read, final x, final y.
// 2+2W: x = 1; y = 2 | y = 1; x = 2. Vectors: final x, final y.
std::vector<LitmusShape> write_write() {
  return {
      {.name = "s_relaxed",
       .source = "tutorial, S; nothing orders the two writes of x",
       .program = {{{store(x, 2), store(y, 1)}, {load(y), store(x, 1)}}},
       .allowed = {{0, 1, 1}, {0, 2, 1}, {1, 1, 1}, {1, 2, 1}},
       .with_memory = true},
      {.name = "s_release_acquire",
       .source = "[intro.races], write-write coherence: x = 2 happens before x = 1",
       .program = {{{store(x, 2), store(y, 1, rel)}, {load(y, acq), store(x, 1)}}},
       .allowed = {{0, 1, 1}, {0, 2, 1}, {1, 1, 1}},
       .with_memory = true},
      {.name = "s_release_store_relaxed_load",
       .source = "[atomics.order] p2: the load must be an acquire",
       .program = {{{store(x, 2), store(y, 1, rel)}, {load(y), store(x, 1)}}},
       .allowed = {{0, 1, 1}, {0, 2, 1}, {1, 1, 1}, {1, 2, 1}},
       .with_memory = true},
      {.name = "r_relaxed",
       .source = "tutorial, R; nothing orders the writes of one thread, nor write and read",
       .program = {{{store(x, 1), store(y, 1)}, {store(y, 2), load(x)}}},
       .allowed = {{0, 1, 1}, {0, 1, 2}, {1, 1, 1}, {1, 1, 2}},
       .with_memory = true},
      {.name = "r_release_acquire",
       .source = "[atomics.order] p2: nobody reads y, so nothing synchronises",
       .program = {{{store(x, 1, rel), store(y, 1, rel)}, {store(y, 2, rel), load(x, acq)}}},
       .allowed = {{0, 1, 1}, {0, 1, 2}, {1, 1, 1}, {1, 1, 2}},
       .with_memory = true},
      {.name = "r_seq_cst",
       .source = "Lahav et al. 2017, psc: po, mo, po, rb would be a cycle",
       .program = {{{store(x, 1, sc), store(y, 1, sc)}, {store(y, 2, sc), load(x, sc)}}},
       .allowed = {{0, 1, 1}, {1, 1, 1}, {1, 1, 2}},
       .with_memory = true},
      {.name = "2_2w_relaxed",
       .source = "tutorial, 2+2W; each location has its own modification order",
       .program = {{{store(x, 1), store(y, 2)}, {store(y, 1), store(x, 2)}}},
       .allowed = {{1, 1}, {1, 2}, {2, 1}, {2, 2}},
       .with_memory = true},
      {.name = "2_2w_release",
       .source = "[atomics.order] p2: nobody reads, so nothing synchronises",
       .program = {{{store(x, 1, rel), store(y, 2, rel)}, {store(y, 1, rel), store(x, 2, rel)}}},
       .allowed = {{1, 1}, {1, 2}, {2, 1}, {2, 2}},
       .with_memory = true},
      {.name = "2_2w_seq_cst",
       .source = "Lahav et al. 2017, psc: po, mo, po, mo would be a cycle",
       .program = {{{store(x, 1, sc), store(y, 2, sc)}, {store(y, 1, sc), store(x, 2, sc)}}},
       .allowed = {{1, 2}, {2, 1}, {2, 2}},
       .with_memory = true},
  };
}

}  // namespace

std::vector<LitmusShape> two_thread_shapes() {
  std::vector<LitmusShape> all = store_buffering();
  for (const auto& table : {message_passing(), load_buffering(), write_write()}) {
    all.insert(all.end(), table.begin(), table.end());
  }
  return all;
}

}  // namespace awlab::machine::litmus
