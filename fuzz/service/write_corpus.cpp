// Writes the files that a fuzzing service needs beside the target: seeds, and a dictionary.
//
//   awlab_write_corpus SEED_DIRECTORY DICTIONARY SCHEDULE...
//
// Seeds are the lane's own, and the given schedules as inputs; a schedule without a program is
// refused. The dictionary is for engines that ignore our mutator: single instructions, and the
// habitual pairs of them, as bytes.
#include <fmt/format.h>

#include <array>
#include <cstdint>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "core/support/as_size.hpp"
#include "fuzz/fuzzer/seeds.hpp"
#include "fuzz/schedule/input.hpp"
#include "fuzz/schedule/program_text.hpp"
#include "fuzz/schedule/schedule.hpp"

namespace awlab::fuzz {
namespace {

namespace fs = std::filesystem;

std::string bytes_of(const Input& input) {
  std::array<std::uint8_t, kMaxInputBytes> buffer{};
  const std::size_t size = encode(input, buffer);
  return {reinterpret_cast<const char*>(buffer.data()), size};
}

void write(const fs::path& file, std::string_view bytes) {
  std::ofstream out(file, std::ios::binary);
  out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  if (!out.flush()) throw std::runtime_error(fmt::format("cannot write {}", file.string()));
}

Input input_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  const std::string text(std::istreambuf_iterator<char>(in), {});
  auto schedule = decode(text);
  if (!schedule) {
    throw std::runtime_error(fmt::format("{}: {}", file.string(), schedule.error()));
  }
  if (!schedule.value().program) {
    throw std::runtime_error(fmt::format("{}: not of a program", file.string()));
  }
  Input input{*schedule.value().program, schedule.value().decisions};
  input.normalize();
  return input;
}

std::string dictionary_line(std::string_view bytes) {
  std::string text = "\"";
  for (const char byte : bytes) text += fmt::format("\\x{:02x}", static_cast<unsigned char>(byte));
  return text + "\"\n";
}

// One word of the dictionary: the bytes of `instructions` within an input.
std::string word(const std::vector<Instruction>& instructions) {
  std::string text = "#";
  for (const Instruction& instruction : instructions) text += " " + to_text(instruction);
  Input input;
  input.program.threads[0] = instructions;
  // Skipped: the magic, the mask of wakers, the number of threads, and the number of instructions.
  return text + "\n" + dictionary_line(bytes_of(input).substr(Input::kMagic.size() + 3));
}

std::string dictionary() {
  constexpr std::uint8_t kWakers = Program::kMaxWakers;
  std::string text = "# Written by awlab_write_corpus; fuzz/FORMAT.md says what an input is.\n";
  text += dictionary_line(Input::kMagic);
  for (std::uint8_t cell = 0; cell < kMaxCells; ++cell) {
    for (std::size_t i = 1; i < kVerbNames.size(); ++i) {
      const auto verb = static_cast<Verb>(i);
      const std::uint8_t wakers = names_waker(verb) ? kWakers : 1;
      for (std::uint8_t w = 0; w < wakers; ++w) text += word({{verb, cell, w}});
    }
    for (std::uint8_t w = 0; w < kWakers; ++w) {
      text += word({{Verb::kRegister, cell, w}, {Verb::kCheck, cell, 0}});
    }
    text += word({{Verb::kPublish, cell, 0}, {Verb::kWake, cell, 0}});
    text += word({{Verb::kPublish, cell, 0}, {Verb::kTake, cell, 0}});
  }
  return text;
}

int run(std::span<char*> arguments) {
  if (arguments.size() < 4) {
    fmt::print(stderr, "usage: awlab_write_corpus SEED_DIRECTORY DICTIONARY SCHEDULE...\n");
    return 2;
  }
  const fs::path directory = arguments[1];
  fs::create_directories(directory);
  int number = 0;
  for (const Input& seed : seeds()) {
    write(directory / fmt::format("scenario-{:02}", ++number), bytes_of(seed));
  }
  for (const char* schedule : arguments.subspan(3)) {
    write(directory / fs::path(schedule).stem(), bytes_of(input_of(schedule)));
  }
  write(arguments[2], dictionary());
  return 0;
}

}  // namespace
}  // namespace awlab::fuzz

int main(int argc, char** argv) {
  try {
    return awlab::fuzz::run({argv, awlab::as_size(argc)});
  } catch (const std::exception& error) {
    std::fprintf(stderr, "awlab_write_corpus: %s\n", error.what());
    return 2;
  }
}
