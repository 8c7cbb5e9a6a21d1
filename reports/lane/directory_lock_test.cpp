#include "reports/lane/directory_lock.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <string>

#include "core/support/temporary_directory.hpp"

namespace awlab::lane {
namespace {

class Lock : public TemporaryDirectory {};

TEST_F(Lock, is_free_again_once_its_holder_is_gone) {
  {
    const auto first = DirectoryLock::take(path("a/b"));
    ASSERT_TRUE(first) << first.error();
    const auto second = DirectoryLock::take(path("a/b"));
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().find("another run writes to"), 0U) << second.error();
  }
  EXPECT_TRUE(DirectoryLock::take(path("a/b")));
}

TEST_F(Lock, that_cannot_be_is_not_blamed_on_another_run) {
  std::ofstream(path("file")) << "x";
  for (const char* name : {"file", "file/below"}) {
    const auto lock = DirectoryLock::take(path(name));
    ASSERT_FALSE(lock) << name;
    EXPECT_EQ(lock.error().find("cannot "), 0U) << lock.error();
  }
}

}  // namespace
}  // namespace awlab::lane
