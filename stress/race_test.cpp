#include "stress/race.hpp"

#include <gtest/gtest.h>

#include <string>

namespace awlab::stress {
namespace {

constexpr SubjectInfo kOwn{"atomic_waker", "core/atomic_waker.hpp", "", true};
constexpr SubjectInfo kUsers{"my::Cell", "somewhere/my_cell.hpp", "", false};

Frame frame(std::string function, std::string file) {
  return {std::move(function), "/a/place/" + file, 7};
}

Access in_wake(std::string what) {
  return {std::move(what),
          8,
          1,
          {frame("std::exchange<awlab::Waker>", "utility"),
           frame("awlab::AtomicWaker<P>::take_slot()::(lambda)::operator()(awlab::Waker&) const",
                 "atomic_waker.hpp"),
           frame("with_mut<(lambda at /a/place/atomic_waker.hpp:1:2)>", "std_platform.hpp"),
           frame("awlab::AtomicWaker<P>::take_slot()", "atomic_waker.hpp"),
           frame("awlab::AtomicWaker<P>::take_waker()", "atomic_waker.hpp"),
           frame("awlab::AtomicWaker<P>::wake()", "atomic_waker.hpp"),
           frame("awlab::Scene<P>::wake(int)", "core/scenario/scenario.hpp"),
           frame("awlab::stress::Round::play(int)", "stress/round.hpp"),
           frame("awlab::stress::Crew::serve(int)", "stress/crew.cpp")}};
}

Access in_register(std::string what) {
  return {
      std::move(what),
      8,
      2,
      {frame("awlab::AtomicWaker<P>::store_and_release()", "atomic_waker.hpp"),
       frame("awlab::AtomicWaker<P>::register_by_ref(awlab::Waker const&)", "atomic_waker.hpp")}};
}

Access of_waker(std::string what) {
  return {std::move(what),
          4,
          1,
          {frame("awlab::Ledger<P>::wake(void*)", "core/contract/ledger.hpp"),
           frame("awlab::Waker::wake()", "core/waker.hpp"),
           frame("awlab::AtomicWaker<P>::wake()", "atomic_waker.hpp")}};
}

Access of_payload(std::string what) {
  return {std::move(what),
          4,
          1,
          {frame("with_mut<(lambda)>", "std_platform.hpp"),
           frame("awlab::scenarios::Oneshot<P>::send()", "core/scenario/channel.hpp")}};
}

SanitizerReport race(Access first, Access second) {
  return {.sanitizer = "thread",
          .description = "data-race",
          .detail = "",
          .accesses = {std::move(first), std::move(second)}};
}

TEST(Race, an_access_is_named_by_the_subjects_functions) {
  const Site site = site_of(kOwn, in_wake("write"));
  EXPECT_EQ(site.call, "wake");
  EXPECT_EQ(site.function, "take_slot");
  EXPECT_EQ(site.what, "write of the slot");
}

TEST(Race, what_the_waker_owns_is_not_the_slot) {
  EXPECT_EQ(site_of(kOwn, of_waker("read")).what, "read of the waker's data");
  EXPECT_EQ(site_of(kOwn, of_waker("read")).call, "wake");
}

TEST(Race, what_the_scenario_accesses_is_what_it_publishes) {
  const Site site = site_of(kOwn, of_payload("write"));
  EXPECT_EQ(site.what, "write of what is published through the cell");
  EXPECT_EQ(site.call, "send");
}

TEST(Race, a_users_header_is_known_by_its_name) {
  Access access{"write", 8, 1, {frame("my::Cell<P>::wake()", "my_cell.hpp")}};
  EXPECT_EQ(site_of(kUsers, access).call, "wake");
  EXPECT_EQ(site_of(kUsers, access).object, "the subject's data");
}

TEST(Race, an_empty_stack_is_said_to_be_unknown) {
  EXPECT_EQ(site_of(kOwn, {"previous write", 8, 1, {}}).function, "unknown");
}

TEST(Race, it_is_a_finding_of_p4_with_both_accesses) {
  const Reported reported =
      describe_report(kOwn, race(in_wake("read"), in_register("previous write")));
  EXPECT_EQ(reported.finding.kind, Kind::kDataRace);
  EXPECT_EQ(reported.finding.property, "P4");
  EXPECT_EQ(reported.finding.summary,
            "read of the slot in wake races with previous write of the slot in register_by_ref");
  ASSERT_EQ(reported.finding.trace.size(), 2U);
  EXPECT_EQ(reported.finding.trace[0].call, "wake");
  EXPECT_EQ(reported.finding.trace[1].call, "register_by_ref");
  EXPECT_NE(reported.finding.explanation.find("take_waker"), std::string::npos);
}

TEST(Race, a_signature_knows_neither_the_order_nor_the_lines) {
  SanitizerReport other = race(in_register("previous write"), in_wake("read"));
  for (Frame& frame : other.accesses[0].stack) frame.line += 3;
  EXPECT_EQ(describe_report(kOwn, race(in_wake("read"), in_register("write"))).finding.signature,
            describe_report(kOwn, other).finding.signature);
  EXPECT_NE(describe_report(kOwn, race(in_wake("read"), in_wake("write"))).finding.signature,
            describe_report(kOwn, other).finding.signature);
}

TEST(Race, only_what_is_reached_through_the_slot_is_a_consequence) {
  const auto follows = [](const Access& first, const Access& second) {
    return is_consequence(describe_report(kOwn, race(first, second)).finding);
  };
  EXPECT_TRUE(follows(of_waker("read"), in_register("write")));
  EXPECT_FALSE(follows(in_wake("read"), in_register("write")));
  EXPECT_FALSE(follows(of_payload("read"), of_payload("write")));
}

TEST(Race, no_directory_is_told) {
  const Reported reported = describe_report(kOwn, race(in_wake("read"), in_register("write")));
  EXPECT_EQ(reported.text.find("/a/place"), std::string::npos) << reported.text;
  EXPECT_EQ(reported.finding.explanation.find("/a/place"), std::string::npos);
}

TEST(Race, the_crew_is_not_shown) {
  const Reported reported = describe_report(kOwn, race(in_wake("read"), in_register("write")));
  EXPECT_EQ(reported.text.find("crew.cpp"), std::string::npos) << reported.text;
}

TEST(Race, what_else_is_reported_is_of_the_sanitizers_kind) {
  const Reported reported = describe_report(kOwn, {.sanitizer = "address",
                                                   .description = "heap-use-after-free",
                                                   .detail = "",
                                                   .accesses = {in_wake("read")}});
  EXPECT_EQ(reported.finding.kind, Kind::kSanitizer);
  EXPECT_EQ(reported.finding.property, "none");
  EXPECT_EQ(reported.finding.summary, "the address sanitizer reports heap-use-after-free in wake");
}

}  // namespace
}  // namespace awlab::stress
