// Litmus shapes of three and four threads: IRIW, WRC, ISA2, RWC, W+RWC, Z6.U, 3.SB, 3.LB. They show
// how far a write that one thread has seen is known to another.
#include "fuzz/litmus/litmus_shapes.hpp"

namespace awlab::machine::litmus {
namespace {

using Threads = std::vector<std::vector<Instruction>>;

/// Two writers, two readers that look in opposite order. Registers: x, y, y, x.
LitmusProgram iriw(Instruction write_x, Instruction write_y, std::memory_order first,
                   std::memory_order second) {
  return {
      {{write_x}, {write_y}, {load(x, first), load(y, second)}, {load(y, first), load(x, second)}}};
}

/// The same with fences between the loads of both readers, or of the first only.
LitmusProgram iriw_fenced(std::memory_order first, bool both) {
  Threads threads = iriw(store(x, 1), store(y, 1), first, rlx).threads;
  threads[2].insert(threads[2].begin() + 1, fence(sc));
  if (both) threads[3].insert(threads[3].begin() + 1, fence(sc));
  return {threads};
}

std::vector<LitmusShape> independent_reads() {
  return {
      {.name = "iriw_relaxed",
       .source = "tutorial, IRIW; nothing makes two readers agree",
       .program = iriw(store(x, 1), store(y, 1), rlx, rlx),
       .allowed = bits(4)},
      {.name = "iriw_release_acquire",
       .source = "[atomics.order] p2: the readers do not synchronise with each other",
       .program = iriw(store(x, 1, rel), store(y, 1, rel), acq, acq),
       .allowed = bits(4)},
      {.name = "iriw_seq_cst",
       .source = "[atomics.order] p4: both readers see the writes in the order S",
       .program = iriw(store(x, 1, sc), store(y, 1, sc), sc, sc),
       .allowed = without(bits(4), {{1, 0, 1, 0}})},
      {.name = "iriw_seq_cst_stores_acquire_loads",
       .source = "[atomics.order] p4: the loads are not in S",
       .program = iriw(store(x, 1, sc), store(y, 1, sc), acq, acq),
       .allowed = bits(4)},
      {.name = "iriw_acquire_then_seq_cst_loads",
       .source = "Lahav et al. 2017, IRIW-acq-sc: allowed, so that Power can be compiled to",
       .program = iriw(store(x, 1, sc), store(y, 1, sc), acq, sc),
       .allowed = bits(4)},
      // Here RC11 is weaker than C++20, where [atomics.order] p3-p4 put the load that misses y
      // before the load that sees it, across the write that is not seq_cst.
      {.name = "iriw_release_stores_seq_cst_loads",
       .source = "Lahav et al. 2017: psc has rb only to a seq_cst write, and the writes are not",
       .program = iriw(store(x, 1, rel), store(y, 1, rel), sc, sc),
       .allowed = bits(4)},
      {.name = "iriw_relaxed_with_seq_cst_fences",
       .source = "Lahav et al. 2017, psc_F: hb;eco;hb with eco = rb;rf, in both directions",
       .program = iriw_fenced(rlx, true),
       .allowed = without(bits(4), {{1, 0, 1, 0}})},
      {.name = "iriw_acquire_with_seq_cst_fences",
       .source = "Lahav et al. 2017, psc_F: as with relaxed loads",
       .program = iriw_fenced(acq, true),
       .allowed = without(bits(4), {{1, 0, 1, 0}})},
      {.name = "iriw_with_a_seq_cst_fence_in_one_reader_only",
       .source = "Lahav et al. 2017, psc_F: one fence has no other to be ordered with",
       .program = iriw_fenced(acq, false),
       .allowed = bits(4)},
  };
}

// WRC: x = 1 | read x; y = 1 | read y; read x. ISA2: x = 1; y = 1 | read y; z = 1 | read z; read x.
std::vector<LitmusShape> causality() {
  return {
      {.name = "wrc_relaxed",
       .source = "tutorial, WRC; reading is not synchronising",
       .program = {{{store(x, 1)}, {load(x), store(y, 1)}, {load(y), load(x)}}},
       .allowed = bits(3)},
      {.name = "wrc_release_acquire",
       .source = "[intro.races]: happens-before is transitive",
       .program = {{{store(x, 1, rel)}, {load(x, acq), store(y, 1, rel)}, {load(y, acq), load(x)}}},
       .allowed = without(bits(3), {{1, 1, 0}})},
      {.name = "wrc_relaxed_write_and_first_read",
       .source = "[intro.races], read-read coherence: the first read of x happens before the other",
       .program = {{{store(x, 1)}, {load(x), store(y, 1, rel)}, {load(y, acq), load(x)}}},
       .allowed = without(bits(3), {{1, 1, 0}})},
      {.name = "wrc_without_the_second_acquire",
       .source = "[atomics.order] p2: the load of y must be an acquire",
       .program = {{{store(x, 1, rel)}, {load(x, acq), store(y, 1, rel)}, {load(y), load(x)}}},
       .allowed = bits(3)},
      {.name = "wrc_fences",
       .source = "[atomics.fences] p2, with read-read coherence for x",
       .program = {{{store(x, 1)},
                    {load(x), fence(acq_rel), store(y, 1)},
                    {load(y), fence(acq), load(x)}}},
       .allowed = without(bits(3), {{1, 1, 0}})},
      {.name = "isa2_relaxed",
       .source = "tutorial, ISA2; nothing synchronises",
       .program = {{{store(x, 1), store(y, 1)}, {load(y), store(z, 1)}, {load(z), load(x)}}},
       .allowed = bits(3)},
      {.name = "isa2_release_acquire",
       .source = "[intro.races]: happens-before is transitive",
       .program = {{{store(x, 1), store(y, 1, rel)},
                    {load(y, acq), store(z, 1, rel)},
                    {load(z, acq), load(x)}}},
       .allowed = without(bits(3), {{1, 1, 0}})},
      {.name = "isa2_with_a_relaxed_middle",
       .source = "[atomics.order] p2: the thread in the middle neither acquires nor releases",
       .program = {{{store(x, 1), store(y, 1, rel)},
                    {load(y), store(z, 1)},
                    {load(z, acq), load(x)}}},
       .allowed = bits(3)},
  };
}

// RWC: x = 1 | read x; read y | y = 1; read x.
// W+RWC: x = 1; y = 1 | read y; read z | z = 1; read x.
std::vector<LitmusShape> read_write_causality() {
  return {
      {.name = "rwc_relaxed",
       .source = "tutorial, RWC",
       .program = {{{store(x, 1)}, {load(x), load(y)}, {store(y, 1), load(x)}}},
       .allowed = bits(3)},
      {.name = "rwc_release_acquire",
       .source = "[atomics.order] p2: the third thread acquires nothing that matters",
       .program = {{{store(x, 1, rel)},
                    {load(x, acq), load(y, acq)},
                    {store(y, 1, rel), load(x, acq)}}},
       .allowed = bits(3)},
      {.name = "rwc_seq_cst",
       .source = "[atomics.order] p4: x = 1, read x, read y, y = 1, read x in S",
       .program = {{{store(x, 1, sc)}, {load(x, sc), load(y, sc)}, {store(y, 1, sc), load(x, sc)}}},
       .allowed = without(bits(3), {{1, 0, 0}})},
      {.name = "rwc_seq_cst_fences",
       .source = "Lahav et al. 2017, RWC+syncs: RC11 forbids what C11 allowed",
       .program = {{{store(x, 1)},
                    {load(x), fence(sc), load(y)},
                    {store(y, 1), fence(sc), load(x)}}},
       .allowed = without(bits(3), {{1, 0, 0}})},
      {.name = "rwc_with_one_seq_cst_fence",
       .source = "Lahav et al. 2017, psc_F: one fence has no other to be ordered with",
       .program = {{{store(x, 1)}, {load(x), load(y)}, {store(y, 1), fence(sc), load(x)}}},
       .allowed = bits(3)},
      {.name = "w_rwc_release_acquire",
       .source = "[atomics.order] p2: nobody reads z = 1",
       .program = {{{store(x, 1), store(y, 1, rel)},
                    {load(y, acq), load(z, acq)},
                    {store(z, 1, rel), load(x, acq)}}},
       .allowed = bits(3)},
      {.name = "w_rwc_seq_cst_fences",
       .source = "Lahav et al. 2017, psc_F: rb one way, rb;hb the other",
       .program = {{{store(x, 1), store(y, 1, rel)},
                    {load(y, acq), fence(sc), load(z)},
                    {store(z, 1), fence(sc), load(x)}}},
       .allowed = without(bits(3), {{1, 0, 0}})},
      {.name = "w_rwc_seq_cst_but_for_the_flag",
       .source = "Lahav et al. 2017, scb: po;hb;po orders x = 1 before the read of z, over y",
       .program = {{{store(x, 1, sc), store(y, 1, rel)},
                    {load(y, acq), load(z, sc)},
                    {store(z, 1, sc), load(x, sc)}}},
       .allowed = without(bits(3), {{1, 0, 0}})},
      {.name = "w_rwc_seq_cst_fence_after_the_flag",
       .source = "Lahav et al. 2017, psc_base: rb;hb;[F], with hb from another thread",
       .program = {{{store(x, 1), store(y, 1, rel)},
                    {load(y, acq), fence(sc), load(z)},
                    {store(z, 1, sc), load(x, sc)}}},
       .allowed = without(bits(3), {{1, 0, 0}})},
      {.name = "w_rwc_seq_cst_fence_before_the_flag",
       .source = "Lahav et al. 2017, psc_base: [F];hb;rb, with hb to another thread",
       .program = {{{store(x, 1), fence(sc), store(y, 1)},
                    {load(y, acq), load(z)},
                    {store(z, 1, sc), load(x, sc)}}},
       .allowed = without(bits(3), {{1, 0, 0}})},
      // The flag is of the location of the seq_cst store: po to another location is what psc takes.
      {.name = "rwc_flag_at_the_location_of_the_seq_cst_store",
       .source = "Lahav et al. 2017: scb has po;hb;po only with po to other locations",
       .program = {{{store(x, 1, sc), store(x, 2, rel)},
                    {load(x, acq), load(y, sc)},
                    {store(y, 1, sc), load(x, sc)}}},
       .allowed = crossed({{0}, {1}, {2}}, crossed(bits(1), {{0}, {1}, {2}}))},
      // The same with a synchronisation that comes straight from the seq_cst store: no po before.
      {.name = "w_rwc_seq_cst_store_is_the_flag",
       .source = "Lahav et al. 2017, scb: hb between locations counts only with po at both ends",
       .program = {{{store(x, 1, sc)},
                    {load(x, acq), load(z, sc)},
                    {store(z, 1, sc), load(x, sc)}}},
       .allowed = bits(3)},
  };
}

std::vector<LitmusShape> around_the_ring() {
  return {
      // RWC whose first reader tells another thread, which has the fence. Registers: x, y, z, x.
      {.name = "rwc_seq_cst_fence_behind_a_message",
       .source = "Lahav et al. 2017, psc_F: hb;eco;hb with eco = rb;rf and hb between threads",
       .program = {{{store(x, 1)},
                    {load(x), store(y, 1, rel)},
                    {load(y, acq), fence(sc), load(z)},
                    {store(z, 1), fence(sc), load(x)}}},
       .allowed = without(bits(4), {{1, 1, 0, 0}})},
      // Registers: RMW of y, y, x. The pairs (RMW, y) by where the RMW stands in the modification
      // order; x is free with each of them: no seq_cst edge leaves x = 1, for the write of y after
      // it is no seq_cst one. RC11 allows {1, 3, 0}, which C11 forbade.
      {.name = "z6_u",
       .source = "Lahav et al. 2017, sec. 2.1, Z6.U",
       .program = {{{store(x, 1, sc), store(y, 1, rel)},
                    {fetch_add(y, 1, sc), load(y)},
                    {store(y, 3, sc), load(x, sc)}}},
       .allowed = {{0, 1, 0},
                   {0, 1, 1},
                   {0, 3, 0},
                   {0, 3, 1},
                   {1, 2, 0},
                   {1, 2, 1},
                   {1, 3, 0},
                   {1, 3, 1},
                   {3, 1, 0},
                   {3, 1, 1},
                   {3, 4, 0},
                   {3, 4, 1}}},
      // Only with y = 1 before y = 3 in the modification order; that is sure only if the RMW read 1
      // and the load after it 3.
      {.name = "z6_u_seq_cst_flag",
       .source = "Lahav et al. 2017, psc: po, mo, po, rb would be a cycle",
       .program = {{{store(x, 1, sc), store(y, 1, sc)},
                    {fetch_add(y, 1, sc), load(y)},
                    {store(y, 3, sc), load(x, sc)}}},
       .allowed = {{0, 1, 0},
                   {0, 1, 1},
                   {0, 3, 0},
                   {0, 3, 1},
                   {1, 2, 0},
                   {1, 2, 1},
                   {1, 3, 1},
                   {3, 1, 0},
                   {3, 1, 1},
                   {3, 4, 0},
                   {3, 4, 1}}},
      {.name = "3sb_relaxed",
       .source = "tutorial, SB with three threads",
       .program = {{{store(x, 1), load(y)}, {store(y, 1), load(z)}, {store(z, 1), load(x)}}},
       .allowed = bits(3)},
      {.name = "3sb_seq_cst",
       .source = "[atomics.order] p4: one of the writes is first in S",
       .program = {{{store(x, 1, sc), load(y, sc)},
                    {store(y, 1, sc), load(z, sc)},
                    {store(z, 1, sc), load(x, sc)}}},
       .allowed = without(bits(3), {{0, 0, 0}})},
      {.name = "3sb_seq_cst_fences",
       .source = "[atomics.order] p4: one of the fences is first in S",
       .program = {{{store(x, 1), fence(sc), load(y)},
                    {store(y, 1), fence(sc), load(z)},
                    {store(z, 1), fence(sc), load(x)}}},
       .allowed = without(bits(3), {{0, 0, 0}})},
      {.name = "3lb_relaxed",
       .source = "Lahav et al. 2017: acyclic(po | rf)",
       .program = {{{load(x), store(y, 1)}, {load(y), store(z, 1)}, {load(z), store(x, 1)}}},
       .allowed = without(bits(3), {{1, 1, 1}})},
  };
}

}  // namespace

std::vector<LitmusShape> many_thread_shapes() {
  std::vector<LitmusShape> all = independent_reads();
  for (const auto& table : {causality(), read_write_causality(), around_the_ring()}) {
    all.insert(all.end(), table.begin(), table.end());
  }
  return all;
}

}  // namespace awlab::machine::litmus
