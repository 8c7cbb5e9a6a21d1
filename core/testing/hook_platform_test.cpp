// The interface of std::atomic on the platform whose steps are written to the journal.
#include "core/testing/hook_platform.hpp"

#include <gtest/gtest.h>

#include "core/testing/atomic_interface.hpp"

namespace awlab {
namespace {

TEST(HookPlatform, has_the_whole_interface_of_std_atomic) {
  use_atomic_interface<HookPlatform>([](bool ok, const char* law) { EXPECT_TRUE(ok) << law; });
}

}  // namespace
}  // namespace awlab
