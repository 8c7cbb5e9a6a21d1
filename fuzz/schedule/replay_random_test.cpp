// Replays of random files on the real cell: schedules that fit it, damaged ones, and any bytes.
#include <array>
#include <cctype>
#include <filesystem>
#include <random>
#include <string>

#include "core/scenario/scenario_info.hpp"
#include "core/support/as_size.hpp"
#include "fuzz/schedule/artifact.hpp"
#include "fuzz/schedule/input.hpp"
#include "fuzz/schedule/replay_fixture.hpp"

namespace awlab {
namespace {

using ReplayRandom = Replay;

std::string some_bytes(std::mt19937_64& random, std::size_t most) {
  std::string bytes(random() % (most + 1), '\0');
  for (char& byte : bytes) byte = static_cast<char>(random() % (random() % 4 == 0 ? 256 : 64));
  return bytes;
}

std::string some_input(std::mt19937_64& random) {
  return std::string(Input::kMagic) + some_bytes(random, 120);
}

// A scenario of which the cell makes the promise.
const ScenarioInfo& some_scenario(std::mt19937_64& random) {
  for (;;) {
    const ScenarioInfo& scenario = kScenarios[random() % kScenarios.size()];
    if (meets(kCell.cell->promises, scenario.demand)) return scenario;
  }
}

// A schedule that fits the cell: a scenario or a program, with its steps.
std::string some_schedule(std::mt19937_64& random, Harness& harness) {
  const ScenarioInfo& scenario = some_scenario(random);
  const auto more = as_size(scenario.max_producers() - scenario.min_producers);
  Schedule schedule{.subject = "atomic_waker",
                    .scenario = std::string(scenario.name),
                    .producers = scenario.min_producers + static_cast<int>(random() % (more + 1)),
                    .program = {},
                    .signature = {},
                    .decisions = {some_bytes(random, 30), some_bytes(random, 30)},
                    .steps = {}};
  if (random() % 2 == 0) {
    const std::string bytes = some_input(random);
    Input input;
    input.decode({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
    input.normalize();
    schedule.scenario = kProgramScenario;
    schedule.producers = 0;
    schedule.program = input.program;
  }
  schedule.steps = replay(harness, schedule, 1).steps;
  return encode(schedule);
}

// Changes, cuts out or adds some bytes, up to three times. Mostly a digit replaces a digit, so that
// the result gets further than the reader.
std::string hurt(std::string bytes, std::mt19937_64& random) {
  for (auto n = random() % 4; n > 0 && !bytes.empty(); --n) {
    const std::size_t at = random() % bytes.size();
    if (std::isdigit(static_cast<unsigned char>(bytes[at])) != 0 && random() % 8 != 0) {
      bytes[at] = static_cast<char>('0' + random() % 10);
    } else if (random() % 2 == 0) {
      bytes.replace(at, random() % 3, some_bytes(random, 3));
    }
  }
  return bytes;
}

TEST_F(ReplayRandom, a_schedule_that_the_cell_makes_passes_strictly) {
  std::mt19937_64 random(1);
  Harness harness(kCell);
  for (int i = 0; i < 200; ++i) {
    const std::string bytes = some_schedule(random, harness);
    const ReplayAnswer passes = answer(bytes);
    EXPECT_EQ(passes.code, 0) << bytes << passes.error;
    EXPECT_FALSE(passes.text.starts_with("note:")) << passes.text;
  }
}

TEST_F(ReplayRandom, ten_thousand_files_do_no_harm) {
  std::mt19937_64 random(2);
  Harness harness(kCell);
  std::array<int, 3> codes{};
  for (int i = 0; i < 10'000; ++i) {
    constexpr std::string_view kBegin =
        "awlab-schedule 2\nsubject atomic_waker\nscenario basic 2\n";
    std::string bytes;
    switch (i % 5) {
      case 0:
        bytes = some_bytes(random, 400);
        break;
      case 1:
        bytes = std::string(kBegin.substr(0, random() % (kBegin.size() + 1)));
        bytes += some_bytes(random, 100);
        break;
      case 2:
        bytes = some_input(random);
        break;
      default:
        bytes = hurt(some_schedule(random, harness), random);
    }
    ReplayRequest request{.lenient = random() % 2 == 0, .replays = 1 + random() % 3};
    if (i % 500 < 5) {  // some of each sort; a file is synced, which takes time
      request.json = path("x.json");
      request.html = path("x.html");
    }
    const ReplayAnswer said = answer(bytes, request);
    ASSERT_TRUE(said.code >= 0 && said.code <= 2) << said.code;
    ++codes[as_size(said.code)];
    EXPECT_EQ(said.code == 2, said.text.empty()) << said.text;
    EXPECT_EQ(said.code == 2, !said.error.empty()) << said.error;
    EXPECT_EQ(lines(said.error), 0) << said.error;
    for (const char* file : {"x.json", "x.html"}) {
      EXPECT_EQ(fs::remove(path(file)), said.code != 2 && request.json) << bytes;
    }
  }
  EXPECT_GT(codes[0], 3000);
  EXPECT_EQ(codes[1], 0);  // the cell is right
  EXPECT_GT(codes[2], 3000);
}

}  // namespace
}  // namespace awlab
