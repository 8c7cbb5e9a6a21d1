// Litmus shapes with plain accesses: happens-before decides whether they race.
//
// Straight-line code cannot look at a flag before it touches the data. So wherever two threads
// access the same plain location and one writes, some execution races (the one that runs both
// accesses next to each other), and the sets tell what the executions without a race show: none, if
// the flag does not synchronise.
#include "fuzz/litmus/litmus_shapes.hpp"

namespace awlab::machine::litmus {
namespace {

// A plain message 42 in x, a flag in y. Registers: flag, message.
std::vector<LitmusShape> message_passing() {
  return {
      {.name = "plain_mp_release_acquire",
       .source = "[intro.races] p21: no race if one happens before the other",
       .program = {{{write_plain(x, 42), store(y, 1, rel)}, {load(y, acq), read_plain(x)}}},
       .allowed = {{1, 42}},
       .racy = true},
      {.name = "plain_mp_relaxed",
       .source = "[intro.races] p21: nothing synchronises, so every execution races",
       .program = {{{write_plain(x, 42), store(y, 1)}, {load(y), read_plain(x)}}},
       .allowed = {},
       .racy = true},
      {.name = "plain_mp_relaxed_load",
       .source = "[intro.races] p21 with [atomics.order] p2: the load must be an acquire",
       .program = {{{write_plain(x, 42), store(y, 1, rel)}, {load(y), read_plain(x)}}},
       .allowed = {},
       .racy = true},
      {.name = "plain_mp_fences",
       .source = "[intro.races] p21 with [atomics.fences] p2",
       .program = {{{write_plain(x, 42), fence(rel), store(y, 1)},
                    {load(y), fence(acq), read_plain(x)}}},
       .allowed = {{1, 42}},
       .racy = true},
      {.name = "plain_sb_seq_cst_fences_do_not_synchronise_without_a_read",
       .source = "[atomics.fences] p2: a fence synchronises only through a value read",
       .program = {{{write_plain(x, 42), fence(sc)}, {fence(sc), read_plain(x)}}},
       .allowed = {},
       .racy = true},
      {.name = "plain_mp_release_sequence_broken_by_own_store",
       .source = "[intro.races] p5: since C++20 flag 2 releases nothing",
       .program = {{{write_plain(x, 42), store(y, 1, rel), store(y, 2)},
                    {load(y, acq), read_plain(x)}}},
       .allowed = {{1, 42}},
       .racy = true},
      {.name = "plain_mp_release_sequence_broken_by_foreign_store",
       .source = "[intro.races] p5: flag 2 releases nothing",
       .program = {{{write_plain(x, 42), store(y, 1, rel)},
                    {store(y, 2)},
                    {load(y, acq), read_plain(x)}}},
       .allowed = {{1, 42}},
       .racy = true},
      // Registers: RMW, flag, message; flag 1 is the release store, 11 the RMW that continues it.
      {.name = "plain_mp_release_sequence_continued_by_rmw",
       .source = "[intro.races] p5: an RMW continues",
       .program = {{{write_plain(x, 42), store(y, 1, rel)},
                    {fetch_add(y, 10)},
                    {load(y, acq), read_plain(x)}}},
       .allowed = {{0, 1, 42}, {1, 1, 42}, {1, 11, 42}},
       .racy = true},
      {.name = "plain_mp_failing_cas_with_acquire_failure",
       .source = "[atomics.types.operations]: a failure has the failure order",
       .program = {{{write_plain(x, 42), store(y, 1, rel)},
                    {cas(y, 5, 6, acq, acq), read_plain(x)}}},
       .allowed = {{1, 42}},
       .racy = true},
      {.name = "plain_mp_failing_cas_with_relaxed_failure",
       .source = "[atomics.types.operations]: a failure has the failure order",
       .program = {{{write_plain(x, 42), store(y, 1, rel)},
                    {cas(y, 5, 6, acq, rlx), read_plain(x)}}},
       .allowed = {},
       .racy = true},
      // Three threads; the flag is handed on through z. Registers: y, z, message.
      {.name = "plain_isa2_release_acquire",
       .source = "[intro.races]: happens-before is transitive",
       .program = {{{write_plain(x, 42), store(y, 1, rel)},
                    {load(y, acq), store(z, 1, rel)},
                    {load(z, acq), read_plain(x)}}},
       .allowed = {{1, 1, 42}},
       .racy = true},
  };
}

std::vector<LitmusShape> ownership() {
  return {
      {.name = "plain_data_of_one_thread",
       .source = "[intro.races] p21: a race needs two threads",
       .program = {{{write_plain(x, 1), write_plain(x, 2), read_plain(x)}, {store(y, 1)}}},
       .allowed = {{2, 2, 1}},
       .with_memory = true},
      {.name = "plain_read_before_the_write_does_not_see_it",
       .source = "[intro.races] p13: visible is only what happens before the read",
       .program = {{{read_plain(x), write_plain(x, 1), read_plain(x)}}},
       .allowed = {{0, 1}}},
      {.name = "plain_reads_do_not_race",
       .source = "[intro.races] p2: two reads do not conflict",
       .program = {{{read_plain(x)}, {read_plain(x)}}},
       .allowed = {{0, 0}}},
      {.name = "plain_writes_of_different_locations_do_not_race",
       .source = "[intro.races] p2: a conflict is about one location",
       .program = {{{write_plain(x, 1), read_plain(x)}, {write_plain(y, 2), read_plain(y)}}},
       .allowed = {{1, 2, 1, 2}},
       .with_memory = true},
      {.name = "plain_writes_race",
       .source = "[intro.races] p2, p21",
       .program = {{{write_plain(x, 1)}, {write_plain(x, 2)}}},
       .allowed = {},
       .racy = true},
      // Two threads take turns: the data goes over by y and comes back by z. Registers of the
      // first: z, data; of the second: y. Without a race both flags were seen.
      {.name = "plain_data_goes_over_and_comes_back",
       .source = "[intro.races] p13, p21: the last write in happens-before is the one visible",
       .program = {{{write_plain(x, 1), store(y, 1, rel), load(z, acq), read_plain(x)},
                    {load(y, acq), write_plain(x, 2), store(z, 1, rel)}}},
       .allowed = {{1, 2, 1, 2, 1, 1}},
       .with_memory = true,
       .racy = true},
      // Two threads compete for the slot y; each writes x before it tries and would read it after.
      {.name = "plain_data_published_by_cas_and_taken_by_cas",
       .source = "[atomics.order] p2: the CAS that reads the other's value synchronises with it",
       .program = {{{write_plain(x, 42), cas(y, 0, 1, rel)}, {cas(y, 1, 2, acq), read_plain(x)}}},
       .allowed = {{0, 1, 42}},
       .racy = true},
      // Each enters by an acq_rel RMW of y and writes x then: the second is ordered by nothing, for
      // the first leaves no release after its write.
      {.name = "plain_writes_after_an_rmw_race",
       .source = "[atomics.order] p2: a release orders what precedes it",
       .program = {{{fetch_add(y, 1, acq_rel), write_plain(x, 1)},
                    {fetch_add(y, 1, acq_rel), write_plain(x, 2)}}},
       .allowed = {},
       .racy = true},
      // Each writes x before an RMW, or after: in the first order the write is released, in the
      // other it races.
      {.name = "plain_write_before_one_rmw_and_after_the_other",
       .source = "[atomics.order] p2: the second RMW acquires what the first released",
       .program = {{{write_plain(x, 1), fetch_add(y, 1, acq_rel)},
                    {fetch_add(y, 1, acq_rel), write_plain(x, 2)}}},
       .allowed = {{0, 1, 2, 2}},
       .with_memory = true,
       .racy = true},
  };
}

}  // namespace

std::vector<LitmusShape> plain_shapes() {
  std::vector<LitmusShape> all = message_passing();
  const std::vector<LitmusShape> more = ownership();
  all.insert(all.end(), more.begin(), more.end());
  return all;
}

}  // namespace awlab::machine::litmus
