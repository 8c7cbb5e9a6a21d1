// Litmus shapes of release sequences: C++20 lets read-modify-writes of any thread continue one, and
// plain stores none. Mostly a message in x and a flag in y.
#include "fuzz/litmus/litmus_shapes.hpp"

namespace awlab::machine::litmus {
namespace {

// Registers: RMW of y, flag, message. The RMW adds 10, so the flag tells where it stands: 1 is the
// release store itself; 11 continues it, 10 is before it, with no release at its head.
const LitmusVectors& continued_by_one_rmw() {
  static const LitmusVectors vectors = {{0, 0, 0}, {0, 0, 1}, {0, 10, 0}, {0, 10, 1}, {0, 1, 1},
                                        {1, 0, 0}, {1, 0, 1}, {1, 1, 1},  {1, 11, 1}};
  return vectors;
}

std::vector<LitmusShape> broken() {
  return {
      // Flag 1 is the release store, 2 starts anew and releases nothing.
      {.name = "rs_broken_by_own_relaxed_store",
       .source = "[intro.races] p5: since C++20 a store of the same thread does not continue",
       .program = {{{store(x, 1), store(y, 1, rel), store(y, 2)}, {load(y, acq), load(x)}}},
       .allowed = {{0, 0}, {0, 1}, {1, 1}, {2, 0}, {2, 1}}},
      {.name = "rs_broken_by_foreign_relaxed_store",
       .source = "[intro.races] p5: a store of another thread never continued",
       .program = {{{store(x, 1), store(y, 1, rel)}, {store(y, 2)}, {load(y, acq), load(x)}}},
       .allowed = {{0, 0}, {0, 1}, {1, 1}, {2, 0}, {2, 1}}},
      {.name = "rs_renewed_by_own_release_store",
       .source = "[atomics.order] p2: the second store is a release itself",
       .program = {{{store(x, 1), store(y, 1, rel), store(y, 2, rel)}, {load(y, acq), load(x)}}},
       .allowed = {{0, 0}, {0, 1}, {1, 1}, {2, 1}}},
      {.name = "rs_of_foreign_release_store_is_its_own",
       .source = "[atomics.order] p2: the second store releases its own thread's past only",
       .program = {{{store(x, 1), store(y, 1, rel)}, {store(y, 2, rel)}, {load(y, acq), load(x)}}},
       .allowed = {{0, 0}, {0, 1}, {1, 1}, {2, 0}, {2, 1}}},
      // Flag 11 continues the release, 12 the store that broke it, 10 the initial value.
      {.name = "rs_broken_by_own_store_then_rmw",
       .source = "[intro.races] p5: the RMW continues the sequence of what it reads, if any",
       .program = {{{store(x, 1), store(y, 1, rel), store(y, 2)},
                    {fetch_add(y, 10)},
                    {load(y, acq), load(x)}}},
       .allowed = {{0, 0, 0}, {0, 0, 1}, {0, 10, 0}, {0, 10, 1}, {0, 1, 1},  {0, 2, 0}, {0, 2, 1},
                   {1, 0, 0}, {1, 0, 1}, {1, 1, 1},  {1, 11, 1}, {1, 2, 0},  {1, 2, 1}, {2, 0, 0},
                   {2, 0, 1}, {2, 1, 1}, {2, 2, 0},  {2, 2, 1},  {2, 12, 0}, {2, 12, 1}}},
  };
}

std::vector<LitmusShape> continued() {
  return {
      {.name = "rs_continued_by_foreign_relaxed_rmw",
       .source = "[intro.races] p5: an RMW continues, by any thread and of any order",
       .program = {{{store(x, 1), store(y, 1, rel)}, {fetch_add(y, 10)}, {load(y, acq), load(x)}}},
       .allowed = continued_by_one_rmw()},
      // Registers: the exchange's, flag, message. A store in its place would break the sequence.
      {.name = "rs_continued_by_foreign_relaxed_exchange",
       .source = "[intro.races] p5: an exchange is an RMW though its value depends on nothing",
       .program = {{{store(x, 1), store(y, 1, rel)}, {exchange(y, 2)}, {load(y, acq), load(x)}}},
       .allowed = {{0, 0, 0},
                   {0, 0, 1},
                   {0, 1, 1},
                   {0, 2, 0},
                   {0, 2, 1},
                   {1, 0, 0},
                   {1, 0, 1},
                   {1, 1, 1},
                   {1, 2, 1}}},
      {.name = "rs_continued_by_own_relaxed_rmw",
       .source = "[intro.races] p5: an RMW continues, by the same thread too",
       .program = {{{store(x, 1), store(y, 1, rel), exchange(y, 2)}, {load(y, acq), load(x)}}},
       .allowed = {{1, 0, 0}, {1, 0, 1}, {1, 1, 1}, {1, 2, 1}}},
      // Registers: first CAS, second CAS, flag, message. Each flag but 0 has the release at its
      // head.
      {.name = "rs_continued_by_two_relaxed_rmws",
       .source = "[intro.races] p5: the sequence may be of any length",
       .program = {{{store(x, 1), store(y, 1, rel)},
                    {cas(y, 1, 2)},
                    {cas(y, 2, 3)},
                    {load(y, acq), load(x)}}},
       .allowed = {{0, 0, 0, 0},
                   {0, 0, 0, 1},
                   {0, 0, 1, 1},
                   {0, 1, 0, 0},
                   {0, 1, 0, 1},
                   {0, 1, 1, 1},
                   {1, 0, 0, 0},
                   {1, 0, 0, 1},
                   {1, 0, 1, 1},
                   {1, 0, 2, 1},
                   {1, 1, 0, 0},
                   {1, 1, 0, 1},
                   {1, 1, 1, 1},
                   {1, 1, 2, 1},
                   {1, 2, 0, 0},
                   {1, 2, 0, 1},
                   {1, 2, 1, 1},
                   {1, 2, 2, 1},
                   {1, 2, 3, 1}}},
      // z is what the RMW's own thread did before; an RMW that does not release keeps it back.
      {.name = "rs_acquire_rmw_in_the_middle",
       .source = "[intro.races] p5: the RMW passes on the sequence, not its own thread's past",
       .program = {{{store(x, 1), store(y, 1, rel)},
                    {store(z, 1), fetch_add(y, 10, acq)},
                    {load(y, acq), load(x), load(z)}}},
       .allowed = crossed(continued_by_one_rmw(), {{0}, {1}})},
      {.name = "rs_acq_rel_rmw_in_the_middle",
       .source = "[atomics.order] p2: the RMW passes on the sequence and heads its own",
       .program = {{{store(x, 1), store(y, 1, rel)},
                    {store(z, 1), fetch_add(y, 10, acq_rel)},
                    {load(y, acq), load(x), load(z)}}},
       .allowed = without(crossed(continued_by_one_rmw(), {{0}, {1}}),
                          {{0, 10, 0, 0}, {0, 10, 1, 0}, {1, 11, 1, 0}})},
      {.name = "rs_release_rmw_in_the_middle",
       .source = "[intro.races] p5: the RMW heads a new sequence and the old one goes on",
       .program = {{{store(x, 1), store(y, 1, rel)},
                    {store(z, 1), fetch_add(y, 10, rel)},
                    {load(y, acq), load(x), load(z)}}},
       .allowed = without(crossed(continued_by_one_rmw(), {{0}, {1}}),
                          {{0, 10, 0, 0}, {0, 10, 1, 0}, {1, 11, 1, 0}})},
      {.name = "rs_headed_by_a_release_fence",
       .source = "[atomics.fences] p2-p3: the store after the fence heads the sequence",
       .program = {{{store(x, 1), fence(rel), store(y, 1)},
                    {fetch_add(y, 10)},
                    {load(y, acq), load(x)}}},
       .allowed = continued_by_one_rmw()},
      {.name = "rs_read_before_an_acquire_fence",
       .source = "[atomics.fences] p4: the relaxed read takes its value from the sequence",
       .program = {{{store(x, 1), store(y, 1, rel)},
                    {fetch_add(y, 10)},
                    {load(y), fence(acq), load(x)}}},
       .allowed = continued_by_one_rmw()},
      {.name = "rs_both_ends_are_fences",
       .source = "[atomics.fences] p2, with an RMW between the fences' accesses",
       .program = {{{store(x, 1), fence(rel), store(y, 1)},
                    {fetch_add(y, 10)},
                    {load(y), fence(acq), load(x)}}},
       .allowed = continued_by_one_rmw()},
      // The failed CAS writes nothing, so the flag it leaves is the release store's own.
      {.name = "rs_not_touched_by_a_failed_cas",
       .source = "[atomics.types.operations]: a failed compare-exchange is a load",
       .program = {{{store(x, 1), store(y, 1, rel)}, {cas(y, 5, 6)}, {load(y, acq), load(x)}}},
       .allowed = {{0, 0, 0}, {0, 0, 1}, {0, 1, 1}, {1, 0, 0}, {1, 0, 1}, {1, 1, 1}}},
  };
}

}  // namespace

std::vector<LitmusShape> sequence_shapes() {
  std::vector<LitmusShape> all = broken();
  const std::vector<LitmusShape> more = continued();
  all.insert(all.end(), more.begin(), more.end());
  return all;
}

}  // namespace awlab::machine::litmus
