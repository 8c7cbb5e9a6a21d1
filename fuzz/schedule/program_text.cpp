#include "fuzz/schedule/program_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <memory>
#include <optional>

namespace awlab {
namespace {

constexpr std::string_view kSharesData = "clones_share_data";

// Takes the word up to the next blank off the front of `rest`.
std::string_view take_word(std::string_view& rest) {
  const std::size_t end = std::min(rest.find(' '), rest.size());
  const std::string_view word = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  return word;
}

// The number 1 ... `most` after the letter `kind`, counted from 0.
std::optional<std::uint8_t> name(std::string_view text, char kind, std::size_t most) {
  if (text.size() != 2 || text[0] != kind || text[1] < '1' ||
      static_cast<std::size_t>(text[1] - '0') > most) {
    return std::nullopt;
  }
  return static_cast<std::uint8_t>(text[1] - '1');
}

std::optional<Instruction> parse_instruction(std::string_view word) {
  const std::size_t open = word.find('(');
  const auto verb = std::ranges::find(kVerbNames, word.substr(0, open));
  if (open == std::string_view::npos || word.back() != ')' || verb == kVerbNames.end() ||
      *verb == to_string(Verb::kNone)) {
    return std::nullopt;
  }
  Instruction instruction;
  instruction.verb = static_cast<Verb>(verb - kVerbNames.begin());
  const std::string_view inside = word.substr(open + 1, word.size() - open - 2);
  const std::size_t comma = inside.find(',');
  const auto cell = name(inside.substr(0, comma), 'c', kMaxCells);
  if (!cell || names_waker(instruction.verb) != (comma != std::string_view::npos)) {
    return std::nullopt;
  }
  instruction.cell = *cell;
  if (comma != std::string_view::npos) {
    const auto waker = name(inside.substr(comma + 1), 'w', Program::kMaxWakers);
    if (!waker) return std::nullopt;
    instruction.waker = *waker;
  }
  return instruction;
}

reports::Error bad_instruction(std::string_view word) {
  return reports::Error{
      fmt::format("'{}' is not an instruction; accepted: register(c1,w1), give(c2,w4), wake(c1), "
                  "take, discard, publish, check, sleep, leave, with cells c1 to c{} and "
                  "wakers w1 to w{}",
                  word, kMaxCells, Program::kMaxWakers)};
}

std::optional<std::uint8_t> throwing_call(std::string_view text) {
  std::uint8_t value = 0;
  const char* last = std::to_address(text.end());
  const auto [end, error] = std::from_chars(std::to_address(text.begin()), last, value);
  return error == std::errc() && end == last && value > 0 && value <= Program::kMaxThrowingCall
             ? std::optional(value)
             : std::nullopt;
}

reports::Status add_behaviour(Behaviour& behaviour, std::string_view word) {
  const std::size_t equal = word.find('=');
  const std::string_view key = word.substr(0, equal);
  const std::string_view value = equal == std::string_view::npos ? "" : word.substr(equal + 1);
  for (const auto& [known, member] : {std::pair{"clone_throws", &Behaviour::clone_throws},
                                      std::pair{"wake_throws", &Behaviour::wake_throws}}) {
    if (key == known) {
      const auto call = throwing_call(value);
      if (!call) {
        return reports::Error{
            fmt::format("'{}' has no valid number of the throwing call; accepted: 1 to {}", word,
                        Program::kMaxThrowingCall)};
      }
      behaviour.*member = *call;
      return {};
    }
  }
  for (const auto& [known, member] :
       {std::pair{"on_clone", &Behaviour::on_clone}, std::pair{"on_wake", &Behaviour::on_wake},
        std::pair{"on_drop", &Behaviour::on_drop}}) {
    if (key == known) {
      const auto instruction = parse_instruction(value);
      const bool fits =
          instruction && (member == &Behaviour::on_wake ? may_follow_wake(instruction->verb)
                                                        : is_call(instruction->verb));
      if (!fits) {
        return reports::Error{fmt::format(
            "'{}' has no valid call; accepted: register(c1,w1), give, wake, take, discard", word)};
      }
      behaviour.*member = *instruction;
      return {};
    }
  }
  if (word == kSharesData) {
    behaviour.clones_share_data = true;
    return {};
  }
  return reports::Error{fmt::format(
      "'{}' is not a behaviour of a waker; accepted: clone_throws, wake_throws, on_clone, "
      "on_wake, on_drop, {}",
      word, kSharesData)};
}

reports::Status add_waker(Program& program, std::string_view rest) {
  const std::string_view word = take_word(rest);
  const auto waker = name(word, 'w', Program::kMaxWakers);
  if (!waker) {
    return reports::Error{
        fmt::format("'{}' is not a waker; accepted: w1 to w{}", word, Program::kMaxWakers)};
  }
  while (!rest.empty()) {
    if (const auto added = add_behaviour(program.wakers[*waker], take_word(rest)); !added) {
      return added;
    }
  }
  return {};
}

reports::Status add_thread(Program& program, std::string_view rest) {
  const auto thread = std::ranges::find_if(
      program.threads, [](const std::vector<Instruction>& t) { return t.empty(); });
  if (thread == program.threads.end() || rest.empty()) {
    return reports::Error{
        fmt::format("a program needs 1 to {} threads, each with at least one instruction",
                    Program::kMaxThreads)};
  }
  while (!rest.empty()) {
    const std::string_view word = take_word(rest);
    const auto instruction = parse_instruction(word);
    if (!instruction) return bad_instruction(word);
    if (thread->size() == Program::kMaxInstructions) {
      return reports::Error{
          fmt::format("a thread has at most {} instructions", Program::kMaxInstructions)};
    }
    thread->push_back(*instruction);
  }
  return {};
}

}  // namespace

std::string to_text(const Instruction& instruction) {
  const int cell = instruction.cell + 1;
  return names_waker(instruction.verb)
             ? fmt::format("{}(c{},w{})", to_string(instruction.verb), cell, instruction.waker + 1)
             : fmt::format("{}(c{})", to_string(instruction.verb), cell);
}

std::string to_text(const Program& program) {
  std::string text;
  for (std::size_t i = 0; i < Program::kMaxWakers; ++i) {
    const Behaviour& waker = program.wakers[i];
    if (waker == Behaviour{}) continue;
    text += fmt::format("waker w{}", i + 1);
    if (waker.clone_throws > 0) text += fmt::format(" clone_throws={}", waker.clone_throws);
    if (waker.wake_throws > 0) text += fmt::format(" wake_throws={}", waker.wake_throws);
    if (waker.clones_share_data) text += fmt::format(" {}", kSharesData);
    if (is_call(waker.on_clone.verb)) text += " on_clone=" + to_text(waker.on_clone);
    if (may_follow_wake(waker.on_wake.verb)) text += " on_wake=" + to_text(waker.on_wake);
    if (is_call(waker.on_drop.verb)) text += " on_drop=" + to_text(waker.on_drop);
    text += '\n';
  }
  for (const std::vector<Instruction>& thread : program.threads) {
    if (thread.empty()) break;
    text += "thread";
    for (const Instruction& instruction : thread) text += ' ' + to_text(instruction);
    text += '\n';
  }
  return text;
}

reports::Status add_line(Program& program, std::string_view line) {
  const std::string_view key = take_word(line);
  return key == "waker" ? add_waker(program, line) : add_thread(program, line);
}

}  // namespace awlab
