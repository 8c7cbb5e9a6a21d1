// The memory of a program on the machine: every form of `new` and `delete`.
#include <gtest/gtest.h>

#include <cstring>
#include <string>

#include "core/testing/new_forms.hpp"
#include "fuzz/machine/arena.hpp"
#include "fuzz/machine/bodies.hpp"

namespace awlab::machine {
namespace {

using P = MachinePlatform;

// The number of live allocations, read anew: a compiler may take it that `new` changes no variable.
[[gnu::noinline]] std::size_t live() {
  asm volatile("" ::: "memory");
  return Arena::live();
}

void use_every_pair() {
  const bool simulated = Arena::active();
  for_each_pair_of_forms([&](const NewForm& make, const DeleteForm& end) {
    const std::size_t before = live();
    void* const p = make.allocate(100);
    const bool well_made = p != nullptr && is_aligned_to(p, make.alignment) &&
                           live() == before + (simulated ? 1U : 0U);
    std::memset(p, 0x55, 100);
    end.free(p, 100);
    const bool well_freed = live() == before;
    if (simulated) {
      P::check(well_made && well_freed);
    } else {
      EXPECT_TRUE(well_made) << make.name;
      EXPECT_TRUE(well_freed) << end.name;
    }
  });
}

TEST(ArenaNew, every_form_of_new_and_delete_is_of_one_kind_in_an_execution_and_outside) {
  use_every_pair();
  const Seen seen = run({[](Shared& shared) {
                           use_every_pair();
                           shared.x.store(1);
                         },
                         [](Shared& shared) {
                           shared.x.load();
                           use_every_pair();
                         }},
                        20);
  EXPECT_TRUE(seen.kinds.empty());
  EXPECT_EQ(seen.finished, 20);
  use_every_pair();
}

TEST(ArenaNew, the_standard_library_allocates_there_too) {
  const Seen seen = run({[](Shared& shared) {
    const std::size_t before = live();
    std::string text(100, 'x');
    P::check(live() == before + 1);
    text += std::to_string(shared.x.load());
    text.append(1000, 'y');
    P::check(live() == before + 1);
  }});
  EXPECT_TRUE(seen.kinds.empty());
}

}  // namespace
}  // namespace awlab::machine
