// Things past the platform: each is found where it is done, nothing else is, and no simulation has
// a verdict on a subject that does any.
#include "reports/lane/unseen.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <string>
#include <vector>

#include "core/faults/catalogue.hpp"
#include "reports/lane/module_compiler.hpp"
#include "reports/lane/plain_name.hpp"
#include "reports/lane/program_fixture.hpp"

namespace awlab::lane {

// For the messages of tests.
static void PrintTo(const Unseen& unseen, std::ostream* out) {
  *out << unseen.position << ": " << unseen.thing;
}

namespace {

namespace fs = std::filesystem;

const std::string kHeader = AWLAB_ROOT "/core/subjects/example/past_platform_cell.hpp";

std::vector<std::string> lines_of(const std::string& file) {
  std::ifstream in(file);
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

// The position of the first line of the header that contains `text`.
std::string position_of(const std::string& text) {
  const std::vector<std::string> lines = lines_of(kHeader);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (lines[i].find(text) != std::string::npos) return kHeader + ":" + std::to_string(i + 1);
  }
  ADD_FAILURE() << "no line has " << text;
  return "";
}

class UnseenThings : public ProgramTest {
 protected:
  // The things in a subject, compiled with these words, whose header is named `given`.
  [[nodiscard]] std::vector<Unseen> examine(const std::vector<std::string>& words,
                                            const std::string& given,
                                            const std::string& full) const {
    const auto compiler =
        ModuleCompiler::of(fs::path(AWLAB_BIN).parent_path() / "modules" / "simulated");
    EXPECT_TRUE(compiler) << compiler.error();
    const reports::Status compiled = compiler.value().compile_code(words, path("code"));
    EXPECT_TRUE(compiled) << compiled.error();
    auto unseen = compiler.value().examine_code(path("code"), given, full);
    EXPECT_TRUE(unseen) << unseen.error();
    return unseen ? unseen.value() : std::vector<Unseen>();
  }
  [[nodiscard]] std::vector<Unseen> examine_example(const std::string& type,
                                                    const std::string& given = kHeader) const {
    return examine(
        {"-DAWLAB_SUBJECT_HEADER=\"" + kHeader + "\"", "-DAWLAB_SUBJECT_TYPE=example::" + type,
         "-DAWLAB_SUBJECT_NAME=\"x\"", "-DAWLAB_SUBJECT_SOURCE=\"x\"",
         "-DAWLAB_SUBJECT_SHA256=\"\"", "-DAWLAB_SUBJECT_OWN=0"},
        given, kHeader);
  }
  static std::vector<std::string> locking(const std::vector<std::string>& words) {
    return on_example("past_platform_cell.hpp", "LockingCell", words);
  }
  static std::string reason() {
    return position_of("const std::lock_guard lock") +
           ": std::mutex::lock (and 1 more): a simulation sees only what goes through the "
           "platform, so there is no verdict; ./lab stress runs it on real threads";
  }
};

TEST_F(UnseenThings, each_is_found_at_its_line_and_nothing_else_is) {
  constexpr std::string_view kMark = "// unseen: ";
  std::vector<Unseen> expected;
  const std::vector<std::string> lines = lines_of(kHeader);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::size_t mark = lines[i].find(kMark);
    if (mark == std::string::npos) continue;
    expected.push_back(
        {lines[i].substr(mark + kMark.size()), kHeader + ":" + std::to_string(i + 1)});
  }
  EXPECT_GE(expected.size(), 25U);
  EXPECT_EQ(examine_example("PastPlatformCell"), expected);
}

TEST_F(UnseenThings, a_cell_may_use_what_no_other_thread_is_concerned_with) {
  EXPECT_EQ(examine_example("SelfContainedCell"), std::vector<Unseen>());
}

TEST_F(UnseenThings, positions_begin_with_the_path_that_was_given) {
  const std::vector<Unseen> unseen = examine_example("LockingCell", "mine/cell.hpp");
  ASSERT_FALSE(unseen.empty());
  const std::string position = position_of("const std::lock_guard lock");
  EXPECT_EQ(unseen.front().position,
            "mine/past_platform_cell.hpp" + position.substr(kHeader.size()));
}

// The cell, all its faults, and whatever the platform of a simulation is made of.
TEST_F(UnseenThings, the_labs_own_subjects_do_none) {
  const fs::path subjects = fs::path(AWLAB_BIN).parent_path() / "subjects";
  const std::string core = AWLAB_ROOT "/core";
  const auto examine_own = [&](const std::string& name, const std::string& header) {
    return examine({"-include", subjects / name / "identity.hpp", "-iquote", core}, header, header);
  };
  EXPECT_EQ(examine_own("atomic_waker", core + "/atomic_waker.hpp"), std::vector<Unseen>());
  ASSERT_FALSE(catalogue().empty());
  for (const Fault& fault : catalogue()) {
    const fs::path header = subjects / fault.id / "core" / "atomic_waker.hpp";
    ASSERT_TRUE(fs::exists(header)) << header;
    EXPECT_EQ(examine_own(fault.id, header), std::vector<Unseen>()) << fault.id;
  }
}

TEST_F(UnseenThings, no_simulating_lane_has_a_verdict_on_them) {
  for (const std::string lane : {"explore", "fuzz", "relacy"}) {
    const std::string file = lane + ".json";
    std::vector<std::string> words = {"--json", path(file)};
    if (lane == "fuzz") words.insert(words.end(), {"--out", path("out")});
    EXPECT_EQ(run(lane, locking(words)), 3) << output() << error();
    EXPECT_NE(output().find("no verdict: " + reason() + "\n"), std::string::npos) << output();
    const reports::Report ended = report(file);
    EXPECT_EQ(ended.verdict, reports::Verdict::kInconclusive);
    EXPECT_TRUE(ended.run.finished_at);
    EXPECT_TRUE(ended.findings.empty());
    EXPECT_EQ(ended.lanes.at(0).executions, 0U) << "the search would have been for nothing";
    EXPECT_EQ(ended.lanes.at(0).limits.back(), reason());
    EXPECT_EQ(ended.lanes.at(0).stats.value("doubt", ""), reason());
  }
}

TEST_F(UnseenThings, a_schedule_is_neither_replayed_nor_minimized_on_them) {
  const std::string file = AWLAB_ROOT "/fuzz/minimize/planted/wake-store.schedule";
  EXPECT_EQ(run("replay", locking({file})), 3) << output();
  EXPECT_EQ(error(), "lab replay: " + reason() + "\n");
  EXPECT_EQ(run("minimize", locking({file, "--out", path("small")})), 3) << output();
  EXPECT_EQ(error(), "lab minimize: " + reason() + "\n");
  EXPECT_FALSE(fs::exists(path("small")));
}

TEST_F(UnseenThings, real_threads_see_them) {
  EXPECT_EQ(run("stress", locking({"--duration", "0.1s", "--out", path("out"), "--bare"})), 3)
      << error();
  EXPECT_GT(report("out/report.json").lanes.at(0).executions, 0U);
  EXPECT_FALSE(report("out/report.json").lanes.at(0).stats.contains("doubt"));
}

TEST_F(UnseenThings, a_list_survives_its_file_and_a_damaged_one_is_refused) {
  const std::vector<Unseen> list = {{"std::mutex::lock", "a \"b\".hpp:3"}, {"rand", "c.hpp:4"}};
  ASSERT_TRUE(write_unseen(path("list"), list));
  const auto again = read_unseen(path("list"));
  ASSERT_TRUE(again) << again.error();
  EXPECT_EQ(again.value(), list);
  for (const char* damaged : {"", "{}", "[1]", "[{\"thing\": "}) {
    std::ofstream(path("list")) << damaged;
    EXPECT_FALSE(read_unseen(path("list"))) << damaged;
  }
}

TEST(PlainName, a_symbol_is_named_without_parameters_and_library_internals) {
  EXPECT_EQ(plain_name("pthread_mutex_lock"), "pthread_mutex_lock");
  EXPECT_EQ(plain_name("_ZNSt5mutex4lockEv"), "std::mutex::lock");
  EXPECT_EQ(plain_name("_ZNSt13__atomic_baseIiE9fetch_addEiSt12memory_order"),
            "std::atomic::fetch_add");
  EXPECT_EQ(plain_name("_ZNKSt13__atomic_baseIjEcvjEv"), "std::atomic::operator unsigned int");
  EXPECT_EQ(plain_name("_ZNSt6chrono3_V212steady_clock3nowEv"), "std::chrono::steady_clock::now");
  EXPECT_EQ(plain_name("_ZSt11make_sharedIiJiEESt10shared_ptrIT_EDpOT0_"), "std::make_shared");
  EXPECT_EQ(plain_name("_ZNSt12__shared_ptrIiLN9__gnu_cxx12_Lock_policyE2EED2Ev"),
            "std::shared_ptr::~shared_ptr");
  EXPECT_EQ(plain_name("_ZZN3all7Derived2goEvE5calls"), "all::Derived::go::calls");
}

TEST(PlainName, the_documented_part_ends_at_the_first_reserved_name) {
  EXPECT_EQ(documented_part("std::thread::_State::_State"), "std::thread");
  EXPECT_EQ(documented_part("std::mutex::lock"), "std::mutex::lock");
  EXPECT_EQ(documented_part("std::__detail::wait"), "");
  EXPECT_EQ(documented_part("mine::lock"), "");
}

}  // namespace
}  // namespace awlab::lane
