// Text on its way into a page: escaped, sound, and cut between characters.
#include "reports/page/interleaving_text.hpp"

#include <gtest/gtest.h>

namespace awlab::reports {
namespace {

TEST(Escaped, every_special_character_is_escaped) {
  EXPECT_EQ(escaped("a&<>\"'b"), "a&amp;&lt;&gt;&quot;&#39;b");
}

TEST(Escaped, bytes_that_are_not_utf8_are_replaced) {
  const std::string fffd = "\uFFFD";
  EXPECT_EQ(escaped("Grüße → 𝄞"), "Grüße → 𝄞");
  for (const char* byte : {"\x80", "\xC3", "\xFF", "\xC0", "\xF8"}) {
    EXPECT_EQ(escaped("a" + std::string(byte) + "b"), "a" + fffd + "b");
  }
  for (const char* text : {"\xC0\xAF", "\xE2\x82", "\xF0\x9F\x98", "\xED\xA0\x80", "\xE0\x80\xAF",
                           "\xF4\x90\x80\x80", "\xF0\x80\x80\xAF"}) {
    std::string expected;
    for (std::size_t i = 0; i < std::string_view(text).size(); ++i) expected += fffd;
    EXPECT_EQ(escaped(text), expected);
  }
  EXPECT_EQ(escaped(std::string_view("→").substr(0, 2)), fffd + fffd);  // stops at the end
  EXPECT_EQ(escaped("\xE2\x82<"), fffd + fffd + "&lt;");
}

TEST(Escaped, control_characters_and_turns_of_direction_are_replaced) {
  const std::string text("\0\x1B\x7F\u0085\u202E\u2066", 11);
  std::string expected;
  for (int i = 0; i < 6; ++i) expected += "\uFFFD";
  EXPECT_EQ(escaped(text), expected);
  EXPECT_EQ(escaped("a\tb\nc"), "a\tb\nc");
}

TEST(Fitted, names_are_cut_between_characters) {
  EXPECT_EQ(fitted("äöüß", 4), "äöüß");
  EXPECT_EQ(fitted("äöüß", 3), "<title>äöüß</title>äö…");
  EXPECT_EQ(fitted("&&&", 2), "<title>&amp;&amp;&amp;</title>&amp;…");
  EXPECT_EQ(fitted("漢字", 3), "<title>漢字</title>漢…");
}

}  // namespace
}  // namespace awlab::reports
