// The interface of std::atomic on a platform of one thread, and std::atomic itself.
#include "core/subjects/atomic_facade.hpp"

#include <gtest/gtest.h>

#include "core/std_platform.hpp"
#include "core/testing/atomic_interface.hpp"
#include "core/testing/sequential_platform.hpp"

namespace awlab {
namespace {

template <class P>
class AtomicFacadeTest : public testing::Test {};

using Platforms = testing::Types<StdPlatform, SequentialPlatform>;
TYPED_TEST_SUITE(AtomicFacadeTest, Platforms, );

TYPED_TEST(AtomicFacadeTest, has_the_whole_interface_of_std_atomic) {
  use_atomic_interface<TypeParam>([](bool ok, const char* law) { EXPECT_TRUE(ok) << law; });
}

TEST(PlacedOperand, knows_the_function_that_wrote_the_operator) {
  const PlacedOperand<int> operand = 3;
  EXPECT_EQ(operand.value, 3);
  EXPECT_NE(std::string_view(operand.at.function_name()).find("TestBody"), std::string_view::npos);
}

}  // namespace
}  // namespace awlab
