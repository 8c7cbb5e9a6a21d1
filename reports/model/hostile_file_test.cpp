// `lab report validate` on hostile files: exit code 2, one line on stderr with the name of the
// file, nothing on stdout, and no more memory than JsonLimits promises.
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/support/program_run.hpp"
#include "core/support/temporary_directory.hpp"

namespace {

namespace fs = std::filesystem;
using awlab::ProgramRun;

constexpr long kMegabyte = 1'000'000;
// See JsonLimits. Files that are refused for their first bytes or their size take almost nothing.
constexpr long kMostMemory = 800 * kMegabyte;
constexpr long kText = 100 * kMegabyte;

std::string content(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

class HostileFile : public awlab::TemporaryDirectory {
 protected:
  void SetUp() override {
    TemporaryDirectory::SetUp();
    good_ = content(AWLAB_REPORT_EXAMPLE);
    ASSERT_FALSE(good_.empty());
  }

  [[nodiscard]] std::string path(const char* name) const { return (directory_ / name).string(); }

  // Writes a file in pieces: this process stays small, because its memory counts as the child's.
  class Pieces {
   public:
    explicit Pieces(const std::string& file) : out_(file, std::ios::binary) {}
    Pieces& put(std::string_view text) {
      out_.write(text.data(), static_cast<std::streamsize>(text.size()));
      return *this;
    }
    Pieces& repeat(std::string_view piece, long times) {
      std::string block;
      const long at_once = std::max(1L, 65536 / static_cast<long>(piece.size()));
      for (long i = 0; i < at_once; ++i) block += piece;
      for (; times >= at_once; times -= at_once) put(block);
      while (times-- > 0) put(piece);
      return *this;
    }

   private:
    std::ofstream out_;
  };

  // Writes the example with `more` inserted behind the first occurrence of `place`.
  void write_with(const std::string& file, std::string_view place,
                  const std::function<void(Pieces&)>& more) const {
    const std::size_t at = good_.find(place);
    ASSERT_NE(at, good_.npos) << place;
    Pieces pieces(file);
    pieces.put(std::string_view(good_).substr(0, at + place.size()));
    more(pieces);
    pieces.put(std::string_view(good_).substr(at + place.size()));
  }

  // `most_memory`: bytes of address space; 0: no limit.
  [[nodiscard]] static ProgramRun validate(const std::string& file, long most_memory = 0) {
    std::vector<std::string> words = {AWLAB_REPORT_PROGRAM, "report", "validate", file};
    if (most_memory > 0) {
      words.insert(words.begin(), {"/usr/bin/prlimit", "--as=" + std::to_string(most_memory)});
    }
    return awlab::run_program(std::move(words));
  }

  void refused(const ProgramRun& outcome, const std::string& file, std::string_view why,
               long memory) const {
    EXPECT_EQ(outcome.code, 2) << file << ": " << outcome.error;
    EXPECT_EQ(outcome.output, "") << file;
    EXPECT_EQ(std::count(outcome.error.begin(), outcome.error.end(), '\n'), 1) << outcome.error;
    EXPECT_LE(outcome.error.size(), 1100U) << outcome.error;
    EXPECT_NE(outcome.error.find(file), outcome.error.npos) << outcome.error;
    EXPECT_NE(outcome.error.find(why), outcome.error.npos) << file << ": " << outcome.error;
    EXPECT_LE(outcome.peak_bytes, memory) << file << ": " << outcome.error;
    RecordProperty("peak_megabytes", static_cast<int>(outcome.peak_bytes / kMegabyte));
  }

  void is_refused(const std::string& file, std::string_view why, long memory = kMostMemory) {
    refused(validate(file), file, why, memory);
  }

  std::string good_;
};

TEST_F(HostileFile, the_example_is_valid_so_that_its_damage_is_what_is_refused) {
  Pieces(path("f")).put(good_);
  EXPECT_EQ(validate(path("f")).code, 0);
}

TEST_F(HostileFile, brackets_without_end) {
  Pieces(path("f")).repeat("[", kText);
  is_refused(path("f"), "more than 10 MB of one string, or of no string");
}

TEST_F(HostileFile, one_long_string) {
  Pieces(path("f")).put("\"").repeat("a", kText - 2).put("\"");
  is_refused(path("f"), "more than 10 MB of one string");
}

TEST_F(HostileFile, one_long_number) {
  Pieces(path("f")).repeat("1", kText);
  is_refused(path("f"), "more than 10 MB of one string, or of no string");
}

TEST_F(HostileFile, a_million_numbers_and_one) {
  Pieces(path("f")).put("[").repeat("1,", 999'999).put("1]");
  is_refused(path("f"), "more than 1000000 values");
}

TEST_F(HostileFile, many_members) {
  Pieces pieces(path("f"));
  pieces.put("{");
  for (int i = 0; i < 8'000'000; ++i) pieces.put("\"" + std::to_string(i) + "\":0,");
  pieces.put("\"\":0}");
  is_refused(path("f"), "an object has more than 2048 members");
}

TEST_F(HostileFile, objects_in_objects) {
  Pieces(path("f")).repeat("{\"a\":", kText / 5);
  is_refused(path("f"), "nested deeper than 64 levels");
}

TEST_F(HostileFile, a_report_under_99_megabytes_of_blanks) {
  Pieces(path("f")).repeat(" ", 99 * kMegabyte).put(good_);
  is_refused(path("f"), "more than 10 MB of one string, or of no string");
  Pieces(path("f")).put(good_).repeat("\n", 99 * kMegabyte);
  is_refused(path("f"), "more than 10 MB of one string, or of no string");
}

TEST_F(HostileFile, one_of_150_megabytes_is_not_even_read) {
  Pieces(path("f")).put(good_);
  fs::resize_file(path("f"), 150 * kMegabyte);
  is_refused(path("f"), "larger than 100 MB", 20 * kMegabyte);
}

TEST_F(HostileFile, a_device_without_end) { is_refused("/dev/zero", "larger than 100 MB"); }

TEST_F(HostileFile, a_pipe_without_end) {
  const std::string pipe = path("pipe");
  ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
  // It ends with the reader.
  const pid_t yes = awlab::start_program({"/bin/sh", "-c", "exec yes > \"$0\"", pipe},
                                         STDOUT_FILENO, STDERR_FILENO);
  is_refused(pipe, "larger than 100 MB");
  int status = 0;
  EXPECT_EQ(::waitpid(yes, &status, 0), yes);
  EXPECT_NE(status, 127 << 8) << "there was no yes";
}

TEST_F(HostileFile, what_is_no_file) {
  is_refused(directory_.string(), "Is a directory", 20 * kMegabyte);
  is_refused(path("missing"), "No such file or directory", 20 * kMegabyte);
}

TEST_F(HostileFile, bytes_that_are_not_utf8) {
  Pieces(path("key")).put("{\"schema\xff\": \"1.0\"}");
  is_refused(path("key"), "ill-formed UTF-8");
  Pieces(path("value")).put("{\"schema_version\": \"\xe2\x82\"}");
  is_refused(path("value"), "UTF-8");
  Pieces(path("outside")).put("\xc3\x28");
  is_refused(path("outside"), "not JSON: byte 1: ");
  // The message about them is UTF-8 all the same.
  for (const char* const name : {"key", "value", "outside"}) {
    const std::string err = validate(path(name)).error;
    EXPECT_EQ(err.find_first_of("\xff\xe2\xc3"), err.npos) << err;
  }
}

TEST_F(HostileFile, another_encoding_or_a_binary_file) {
  Pieces(path("bom")).put("\xEF\xBB\xBF").put(good_);
  is_refused(path("bom"), "it begins with a byte order mark; a report is UTF-8 without one");
  using namespace std::string_view_literals;
  Pieces(path("utf16")).put("\xFF\xFE{\0\"\0"sv);
  is_refused(path("utf16"), "it is UTF-16; a report is UTF-8");
  Pieces(path("bigendian")).put("\xFE\xFF\0{\0\""sv);
  is_refused(path("bigendian"), "it is UTF-16; a report is UTF-8");
  Pieces(path("nomark")).put("{\0\"\0"sv);
  is_refused(path("nomark"), "byte 2 is NUL, as in UTF-16 or a binary file");
  // The parser alone would take this NUL for the end.
  Pieces(path("tail")).put(good_).put("\0 and more"sv);
  is_refused(path("tail"), "is NUL");
  Pieces(path("inside")).put("{\"a\0b\": 1}"sv);
  is_refused(path("inside"), "byte 4 is NUL");
}

TEST_F(HostileFile, a_million_violations_of_the_schema) {
  write_with(path("f"), "\"limits\": [", [](Pieces& p) { p.repeat("\"\",", 990'000); });
  // A message for each violation would take 700 MB.
  is_refused(path("f"), "lanes[0].limits[0]: ", 300 * kMegabyte);
}

TEST_F(HostileFile, ten_thousands_of_lanes_that_all_found_it) {
  const std::string lane =
      R"("verdict":"fail","seconds":0,"executions":0,"limits":["x"],"canaries":[],)"
      R"("coverage":{},"stats":{}},)";
  write_with(path("f"), "\"lanes\": [", [&](Pieces& p) {
    for (int i = 0; i < 50'000; ++i) {
      p.put("{\"lane\":\"explore-a" + std::to_string(i) + "\"," + lane);
    }
  });
  good_ = content(path("f"));
  write_with(path("f"), "\"also_in\": [", [](Pieces& p) {
    for (int i = 0; i < 300'000; ++i) p.put("\"explore-a" + std::to_string(i) + "\",");
  });
  is_refused(path("f"), "findings[0].also_in[50000]: the report has no lane");
}

// A valid file of the largest allowed size, in the form that takes the most memory: many values,
// each with a name, in a place where the reader keeps everything.
TEST_F(HostileFile, the_largest_report_takes_no_more_than_is_promised) {
  const std::string name(60, 'k');
  const std::string text(120, 'x');
  write_with(path("f"), "\"coverage\": {", [&](Pieces& p) {
    p.put("\"list\": [");
    for (int i = 0; i < 480'000; ++i) {
      p.put("{\"").put(name).put(std::to_string(i)).put("\":\"").put(text).put("\"},");
    }
    p.put("0],");
  });
  ASSERT_LT(fs::file_size(path("f")), kText);
  const ProgramRun outcome = validate(path("f"));
  EXPECT_EQ(outcome.code, 0) << outcome.error;
  EXPECT_LE(outcome.peak_bytes, kMostMemory);
  RecordProperty("peak_megabytes", static_cast<int>(outcome.peak_bytes / kMegabyte));
}

TEST_F(HostileFile, where_memory_is_short_it_says_so) {
  write_with(path("f"), "\"coverage\": {",
             [](Pieces& p) { p.put("\"list\": [").repeat("{\"a\":0},", 400'000).put("0],"); });
  refused(validate(path("f"), 60 * kMegabyte), path("f"), "not enough memory", 60 * kMegabyte);
}

}  // namespace
