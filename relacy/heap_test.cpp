// The heap of the code under test on Relacy: every form of `new` and `delete`, leaks, double frees,
// and addresses that come again.
#include "relacy/heap.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "core/testing/new_forms.hpp"
#include "relacy/bodies.hpp"

namespace awlab::relacy {
namespace {

using P = RelacyPlatform;

void use_every_pair() {
  for_each_pair_of_forms([](const NewForm& make, const DeleteForm& end) {
    void* const p = make.allocate(100);
    P::check(p != nullptr && is_aligned_to(p, make.alignment));
    std::memset(p, 0x55, 100);
    end.free(p, 100);
  });
}

TEST(Heap, every_form_of_new_and_delete_is_of_one_kind_in_a_simulation_and_outside) {
  use_every_pair();
  const SearchOutcome outcome = run_bodies(
      [](Shared& shared) {
        use_every_pair();
        shared.word.store(1);
      },
      [](Shared& shared) {
        shared.word.load();
        use_every_pair();
      },
      {.search = Search::kRandom, .executions = 100});
  EXPECT_FALSE(outcome.violation) << outcome.violation->actual;
  EXPECT_EQ(outcome.executions, 100U);
  use_every_pair();
}

TEST(Heap, each_allocation_in_a_simulation_is_counted_by_its_form) {
  for (const NewForm& make : kNewForms) {
    const SearchOutcome outcome = run_bodies(
        [&](Shared& /*shared*/) {
          static_cast<void>(make.allocate(8));
          P::check(Heap::live() == 1);
        },
        &idle);
    ASSERT_TRUE(outcome.violation) << make.name;
    EXPECT_EQ(outcome.violation->kind, Kind::kWakerLifetime) << make.name << ": it was left";
    EXPECT_EQ(outcome.names.threads.size(), 2U);
  }
  for (const DeleteForm& end : kDeleteForms) {
    const SearchOutcome outcome = run_bodies(
        [&](Shared& /*shared*/) {
          void* p = nullptr;
          for (const NewForm& make : kNewForms) {
            const bool array = std::strstr(make.name, "[]") != nullptr;
            if (array == end.is_array && (make.alignment == 64) == end.is_aligned) {
              p = make.allocate(8);
              break;
            }
          }
          end.free(p, 8);
          P::check(Heap::live() == 0);
        },
        &idle);
    EXPECT_FALSE(outcome.violation) << end.name;
  }
}

TEST(Heap, the_standard_library_allocates_there_too) {
  const SearchOutcome outcome = run_bodies(
      [](Shared& shared) {
        std::string text(100, 'x');
        text += std::to_string(shared.word.load());
        std::vector<std::string> several(3, text);
        const auto counted = std::make_shared<std::string>(several.back());
        shared.word.store(counted->size());
      },
      [](Shared& shared) { shared.word.store(1); });
  EXPECT_FALSE(outcome.violation);
  EXPECT_TRUE(outcome.complete);
}

TEST(Heap, what_is_freed_twice_is_a_finding_and_no_crash_of_the_lane) {
  const SearchOutcome outcome = run_bodies(
      [](Shared& /*shared*/) {
        void* const p = ::operator new(4);  // a call, which is not optimised away
        ::operator delete(p);
        ::operator delete(p);
      },
      &idle);
  ASSERT_TRUE(outcome.violation);
  EXPECT_EQ(outcome.violation->kind, Kind::kCrash);
}

TEST(Heap, memory_of_the_c_library_may_be_freed_in_a_simulation) {
  static std::unique_ptr<int> made_before = std::make_unique<int>(1);
  const SearchOutcome outcome = run_bodies([](Shared& /*shared*/) { made_before.reset(); }, &idle);
  EXPECT_FALSE(outcome.violation);
}

// The search chooses if a freed address comes again, and makes both choices.
TEST(Heap, an_address_may_come_again) {
  static int again;
  static int anew;
  again = anew = 0;
  const SearchOutcome outcome = run_bodies(
      [](Shared& /*shared*/) {
        void* const first = ::operator new(4);
        ::operator delete(first);
        void* const second = ::operator new(4);
        ++(second == first ? again : anew);
        ::operator delete(second);
      },
      &idle);
  EXPECT_TRUE(outcome.complete);
  EXPECT_GT(again, 0);
  EXPECT_EQ(again, anew);
}

}  // namespace
}  // namespace awlab::relacy
