// Foreign text and paths on their way into SARIF.
#include "reports/export/sarif_location.hpp"

#include <gtest/gtest.h>

namespace awlab::reports {
namespace {

TEST(SarifMessage, foreign_text_makes_no_placeholder_and_no_link) {
  EXPECT_EQ(sarif_message("set {0}, a[i](x)")["text"], "set {{0}}, a[i] (x)");
  EXPECT_EQ(sarif_message("a[i] = f(x)")["text"], "a[i] = f(x)");
}

TEST(SarifUri, a_path_is_percent_encoded) {
  EXPECT_EQ(sarif_uri("core/atomic_waker.hpp"), "core/atomic_waker.hpp");
  EXPECT_EQ(sarif_uri("a b/ä#?%.hpp"), "a%20b/%C3%A4%23%3F%25.hpp");
  EXPECT_EQ(sarif_uri(std::string_view("a\0\xFF\\", 4)), "a%00%FF%5C");
}

TEST(SarifUri, a_path_is_normalised) {
  EXPECT_EQ(sarif_uri("./a//b/../c.hpp"), "a/c.hpp");
  EXPECT_EQ(sarif_uri("../c.hpp"), "../c.hpp");
  EXPECT_EQ(sarif_uri(""), "unknown");
}

TEST(SarifUri, a_path_is_never_a_scheme_or_a_host) {
  EXPECT_EQ(sarif_uri("javascript:alert"), "javascript%3Aalert");
  EXPECT_EQ(sarif_uri("//host/x.hpp"), "/host/x.hpp");
  EXPECT_EQ(sarif_uri("https://host/x.hpp"), "https%3A/host/x.hpp");
}

TEST(LineIn, a_site_counts_if_it_is_in_the_file) {
  EXPECT_EQ(line_in("core/x.hpp", "x.hpp:12"), 12);
  EXPECT_EQ(line_in("core/x.hpp", "x.hpp:12:3"), 12);
  EXPECT_EQ(line_in("core/x.hpp", "/src/core/x.hpp:12"), 12);
  EXPECT_EQ(line_in("core/x.hpp", "core/x.hpp:12"), 12);
  for (const char* site :
       {"", ":", ":12", "y.hpp:12", "ax.hpp:12", "other/x.hpp:12", "x.hpp", "x.hpp:", "x.hpp:0",
        "x.hpp:-1", "x.hpp:1x", "x.hpp:99999999999", "store_and_release"}) {
    EXPECT_FALSE(line_in("core/x.hpp", site)) << site;
  }
}

}  // namespace
}  // namespace awlab::reports
