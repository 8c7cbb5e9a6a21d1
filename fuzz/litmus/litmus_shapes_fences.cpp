// Litmus shapes of fences, in the right places and the wrong ones, and of seq_cst fences together
// with seq_cst accesses.
#include "fuzz/litmus/litmus_shapes.hpp"

namespace awlab::machine::litmus {
namespace {

// MP: a message in x, a flag in y. Registers: flag, message.
std::vector<LitmusShape> message_passing() {
  const LitmusVectors passed = {{0, 0}, {0, 1}, {1, 1}};
  const LitmusVectors anything = {{0, 0}, {0, 1}, {1, 0}, {1, 1}};
  return {
      {.name = "mp_release_fence_acquire_load",
       .source = "[atomics.fences] p3",
       .program = {{{store(x, 1), fence(rel), store(y, 1)}, {load(y, acq), load(x)}}},
       .allowed = passed},
      {.name = "mp_release_store_acquire_fence",
       .source = "[atomics.fences] p4",
       .program = {{{store(x, 1), store(y, 1, rel)}, {load(y), fence(acq), load(x)}}},
       .allowed = passed},
      {.name = "mp_both_fences",
       .source = "[atomics.fences] p2",
       .program = {{{store(x, 1), fence(rel), store(y, 1)}, {load(y), fence(acq), load(x)}}},
       .allowed = passed},
      {.name = "mp_acq_rel_fences",
       .source = "[atomics.fences] p2, p5: an acq_rel fence is both",
       .program = {{{store(x, 1), fence(acq_rel), store(y, 1)},
                    {load(y), fence(acq_rel), load(x)}}},
       .allowed = passed},
      {.name = "mp_seq_cst_fences",
       .source = "[atomics.fences] p2, p5: a seq_cst fence is both",
       .program = {{{store(x, 1), fence(sc), store(y, 1)}, {load(y), fence(sc), load(x)}}},
       .allowed = passed},
      {.name = "mp_acquire_fence_where_release_is_due",
       .source = "[atomics.fences] p2: the fence before the store must be a release fence",
       .program = {{{store(x, 1), fence(acq), store(y, 1)}, {load(y), fence(acq), load(x)}}},
       .allowed = anything},
      {.name = "mp_release_fence_where_acquire_is_due",
       .source = "[atomics.fences] p2: the fence after the load must be an acquire fence",
       .program = {{{store(x, 1), fence(rel), store(y, 1)}, {load(y), fence(rel), load(x)}}},
       .allowed = anything},
      {.name = "mp_release_fence_only",
       .source = "[atomics.fences] p3: the load must be an acquire",
       .program = {{{store(x, 1), fence(rel), store(y, 1)}, {load(y), load(x)}}},
       .allowed = anything},
      {.name = "mp_acquire_fence_only",
       .source = "[atomics.fences] p4: the store must be a release",
       .program = {{{store(x, 1), store(y, 1)}, {load(y), fence(acq), load(x)}}},
       .allowed = anything},
      {.name = "mp_seq_cst_fence_in_the_writer_only",
       .source = "[atomics.fences]: one seq_cst fence has no other to be ordered with",
       .program = {{{store(x, 1), fence(sc), store(y, 1)}, {load(y), load(x)}}},
       .allowed = anything},
      {.name = "mp_release_fence_after_the_flag",
       .source = "[atomics.fences] p2: the fence must be before the store",
       .program = {{{store(x, 1), store(y, 1), fence(rel)}, {load(y, acq), load(x)}}},
       .allowed = anything},
      {.name = "mp_release_fence_before_the_message",
       .source = "[atomics.fences] p2: what follows the fence is not released",
       .program = {{{fence(rel), store(x, 1), store(y, 1)}, {load(y, acq), load(x)}}},
       .allowed = anything},
      {.name = "mp_acquire_fence_before_the_flag",
       .source = "[atomics.fences] p4: the fence must be after the load",
       .program = {{{store(x, 1), store(y, 1, rel)}, {fence(acq), load(y), load(x)}}},
       .allowed = anything},
      {.name = "mp_acquire_fence_after_the_message",
       .source = "[atomics.fences] p4: what precedes the fence is not ordered",
       .program = {{{store(x, 1), store(y, 1, rel)}, {load(y), load(x), fence(acq)}}},
       .allowed = anything},
      {.name = "mp_release_fence_before_two_stores",
       .source = "[atomics.fences] p3: every later store of the thread counts",
       .program = {{{store(x, 1), fence(rel), store(y, 1), store(y, 2)}, {load(y, acq), load(x)}}},
       .allowed = {{0, 0}, {0, 1}, {1, 1}, {2, 1}}},
      {.name = "mp_release_fence_before_an_rmw",
       .source = "[atomics.fences] p3: an RMW is a store too",
       .program = {{{store(x, 1), fence(rel), fetch_add(y, 1)}, {load(y, acq), load(x)}}},
       .allowed = {{0, 0, 0}, {0, 0, 1}, {0, 1, 1}}},
      {.name = "mp_acquire_fence_after_an_rmw",
       .source = "[atomics.fences] p4: an RMW is a load too",
       .program = {{{store(x, 1), store(y, 1, rel)}, {fetch_add(y, 0), fence(acq), load(x)}}},
       .allowed = passed},
      {.name = "mp_acquire_fence_after_a_failed_cas",
       .source = "[atomics.fences] p4: a failed compare-exchange is a load",
       .program = {{{store(x, 1), store(y, 1, rel)}, {cas(y, 5, 6), fence(acq), load(x)}}},
       .allowed = passed},
  };
}

// ISA2: thread 1 passes on, behind a fence, what thread 0 published. Registers: y, z, x.
std::vector<LitmusShape> passing_on() {
  const LitmusVectors passed = without(bits(3), {{1, 1, 0}});
  const auto isa2 = [](std::memory_order middle) {
    return LitmusProgram{{{store(x, 1), store(y, 1, rel)},
                          {load(y), fence(middle), store(z, 1)},
                          {load(z, acq), load(x)}}};
  };
  return {
      {.name = "isa2_acq_rel_fence_in_the_middle",
       .source = "[atomics.fences] p2, p5: what the fence acquires, it releases too",
       .program = isa2(acq_rel),
       .allowed = passed},
      {.name = "isa2_seq_cst_fence_in_the_middle",
       .source = "[atomics.fences] p2, p5: what the fence acquires, it releases too",
       .program = isa2(sc),
       .allowed = passed},
      {.name = "isa2_acquire_fence_in_the_middle",
       .source = "[atomics.fences] p2: an acquire fence releases nothing",
       .program = isa2(acq),
       .allowed = bits(3)},
      {.name = "isa2_release_fence_in_the_middle",
       .source = "[atomics.fences] p2: a release fence acquires nothing",
       .program = isa2(rel),
       .allowed = bits(3)},
      {.name = "isa2_release_fence_before_the_acquire_fence",
       .source = "[atomics.fences] p2: what is acquired after the release fence is not released",
       .program = {{{store(x, 1), store(y, 1, rel)},
                    {load(y), fence(rel), fence(acq), store(z, 1)},
                    {load(z, acq), load(x)}}},
       .allowed = bits(3)},
      {.name = "isa2_seq_cst_fence_against_seq_cst_loads",
       .source = "Lahav et al. 2017: psc has no rf, so the fence is not before the load of z",
       .program = {{{store(x, 1), fence(sc), store(y, 1, rel)},
                    {load(y, acq), store(z, 1)},
                    {load(z, sc), load(x, sc)}}},
       .allowed = bits(3)},
  };
}

// SB. Registers: y, x.
std::vector<LitmusShape> store_buffering() {
  const LitmusVectors one_sees = {{0, 1}, {1, 0}, {1, 1}};
  const LitmusVectors anything = {{0, 0}, {0, 1}, {1, 0}, {1, 1}};
  return {
      {.name = "sb_seq_cst_fences",
       .source = "[atomics.order] p4.4: one of the fences is first in S",
       .program = {{{store(x, 1), fence(sc), load(y)}, {store(y, 1), fence(sc), load(x)}}},
       .allowed = one_sees},
      {.name = "sb_acq_rel_fences",
       .source = "[atomics.order] p4: only seq_cst fences are in S",
       .program = {{{store(x, 1), fence(acq_rel), load(y)},
                    {store(y, 1), fence(acq_rel), load(x)}}},
       .allowed = anything},
      {.name = "sb_seq_cst_fence_in_one_thread_only",
       .source = "[atomics.order] p4: the other thread has nothing in S",
       .program = {{{store(x, 1), fence(sc), load(y)}, {store(y, 1), load(x)}}},
       .allowed = anything},
      {.name = "sb_seq_cst_fence_against_seq_cst_accesses",
       .source = "[atomics.order] p4.2, p4.3: a fence is ordered with accesses in S too",
       .program = {{{store(x, 1), fence(sc), load(y)}, {store(y, 1, sc), load(x, sc)}}},
       .allowed = one_sees},
      {.name = "sb_seq_cst_fence_against_a_seq_cst_load",
       .source = "[atomics.order] p4.3: what the load behind the fence misses must be in S",
       .program = {{{store(x, 1), fence(sc), load(y)}, {store(y, 1), load(x, sc)}}},
       .allowed = anything},
      {.name = "sb_seq_cst_fences_after_the_loads",
       .source = "[atomics.order] p4.4: the fences must be between store and load",
       .program = {{{store(x, 1), load(y), fence(sc)}, {store(y, 1), load(x), fence(sc)}}},
       .allowed = anything},
  };
}

// R, S, 2+2W with fences between the accesses; vectors end with the final x, y.
std::vector<LitmusShape> write_write() {
  return {
      {.name = "r_seq_cst_fences",
       .source = "[atomics.order] p4.4: with y = 1 before y = 2, the fence after x = 1 is first",
       .program = {{{store(x, 1), fence(sc), store(y, 1)}, {store(y, 2), fence(sc), load(x)}}},
       .allowed = {{0, 1, 1}, {1, 1, 1}, {1, 1, 2}},
       .with_memory = true},
      {.name = "r_seq_cst_fence_against_seq_cst_accesses",
       .source = "Lahav et al. 2017, psc_base: fence, hb;mo, po, rb;hb would be a cycle",
       .program = {{{store(x, 1), fence(sc), store(y, 1)}, {store(y, 2, sc), load(x, sc)}}},
       .allowed = {{0, 1, 1}, {1, 1, 1}, {1, 1, 2}},
       .with_memory = true},
      {.name = "r_seq_cst_fence_in_the_writer_only",
       .source = "[atomics.order] p4: the other thread has nothing in S",
       .program = {{{store(x, 1), fence(sc), store(y, 1)}, {store(y, 2), load(x)}}},
       .allowed = {{0, 1, 1}, {0, 1, 2}, {1, 1, 1}, {1, 1, 2}},
       .with_memory = true},
      {.name = "2_2w_seq_cst_fences",
       .source = "[atomics.order] p4.4: each fence would be before the other, by mo",
       .program = {{{store(x, 1), fence(sc), store(y, 2)}, {store(y, 1), fence(sc), store(x, 2)}}},
       .allowed = {{1, 2}, {2, 1}, {2, 2}},
       .with_memory = true},
      {.name = "2_2w_seq_cst_fence_in_one_thread_only",
       .source = "[atomics.order] p4: the other thread has nothing in S",
       .program = {{{store(x, 1), fence(sc), store(y, 2)}, {store(y, 1), store(x, 2)}}},
       .allowed = {{1, 1}, {1, 2}, {2, 1}, {2, 2}},
       .with_memory = true},
      {.name = "s_fences",
       .source = "[atomics.fences] p2, with write-write coherence",
       .program = {{{store(x, 2), fence(rel), store(y, 1)}, {load(y), fence(acq), store(x, 1)}}},
       .allowed = {{0, 1, 1}, {0, 2, 1}, {1, 1, 1}},
       .with_memory = true},
  };
}

}  // namespace

std::vector<LitmusShape> fence_shapes() {
  std::vector<LitmusShape> all = message_passing();
  for (const auto& table : {passing_on(), store_buffering(), write_write()}) {
    all.insert(all.end(), table.begin(), table.end());
  }
  return all;
}

}  // namespace awlab::machine::litmus
