#include "fuzz/schedule/input.hpp"

#include <algorithm>

#include "core/support/as_size.hpp"

namespace awlab {
namespace {

class Reader {
 public:
  explicit Reader(std::span<const std::uint8_t> bytes) : bytes_(bytes) {}

  std::uint8_t take() { return used_ < bytes_.size() ? bytes_[used_++] : std::uint8_t{0}; }

  /// Takes up to `most` bytes, or as many as are left.
  void take(std::string& list, std::size_t most) {
    const std::size_t count = std::min(most, bytes_.size() - used_);
    const auto* first = reinterpret_cast<const char*>(bytes_.data()) + used_;
    list.assign(first, count);
    used_ += count;
  }

 private:
  std::span<const std::uint8_t> bytes_;
  std::size_t used_ = 0;
};

class Writer {
 public:
  explicit Writer(std::span<std::uint8_t> out) : out_(out) {}

  void put(std::size_t byte) {
    if (used_ < out_.size()) out_[used_] = static_cast<std::uint8_t>(byte);
    ++used_;
  }
  void put(std::string_view bytes) {
    for (const char byte : bytes) put(static_cast<unsigned char>(byte));
  }
  /// Missing bytes are 0: so zeros at the end are left out.
  [[nodiscard]] std::size_t size() const {
    std::size_t size = used_ <= out_.size() ? used_ : 0;
    while (size > 0 && out_[size - 1] == 0) --size;
    return size;
  }

 private:
  std::span<std::uint8_t> out_;
  std::size_t used_ = 0;
};

Instruction to_instruction(std::uint8_t byte) {
  Instruction instruction;
  instruction.verb = static_cast<Verb>((byte >> 3U) % kVerbNames.size());
  instruction.cell = instruction.verb == Verb::kNone ? 0 : (byte >> 2U) & 1U;
  instruction.waker = names_waker(instruction.verb) ? byte & 3U : 0;
  return instruction;
}

std::size_t to_byte(const Instruction& instruction) {
  return as_size(instruction.verb) << 3U | as_size(instruction.cell) << 2U | instruction.waker;
}

Instruction to_hook(std::uint8_t byte, bool of_wake = false) {
  const Instruction instruction = to_instruction(byte);
  const bool fits = of_wake ? may_follow_wake(instruction.verb) : is_call(instruction.verb);
  return fits ? instruction : Instruction{};
}

// True if it does something at one of its calls.
bool is_scripted(Behaviour waker) {
  waker.clones_share_data = false;
  return waker != Behaviour{};
}

static_assert(kMaxCells == 2 && Program::kMaxWakers == 4 && Program::kMaxThrowingCall == 15);

}  // namespace

void Input::decode(std::span<const std::uint8_t> bytes) {
  if (bytes.size() >= kMagic.size() && std::equal(kMagic.begin(), kMagic.end(), bytes.begin())) {
    bytes = bytes.subspan(kMagic.size());
  }
  Reader reader(bytes);
  const std::uint8_t sorts = reader.take();
  for (std::size_t i = 0; i < Program::kMaxWakers; ++i) {
    Behaviour& waker = program.wakers[i] = {};
    waker.clones_share_data = (sorts >> (i + Program::kMaxWakers) & 1U) != 0;
    if ((sorts >> i & 1U) != 0) {
      const std::uint8_t throws = reader.take();
      waker.clone_throws = throws & 15U;
      waker.wake_throws = throws >> 4U;
      waker.on_clone = to_hook(reader.take());
      waker.on_wake = to_hook(reader.take(), true);
      waker.on_drop = to_hook(reader.take());
    }
  }
  for (std::vector<Instruction>& thread : program.threads) thread.clear();
  std::size_t thread = 0;
  for (std::size_t threads = reader.take() % (Program::kMaxThreads + 1); threads > 0; --threads) {
    std::vector<Instruction>& mine = program.threads[thread];
    for (std::size_t count = reader.take() % (Program::kMaxInstructions + 1); count > 0; --count) {
      const Instruction instruction = to_instruction(reader.take());
      if (instruction.verb != Verb::kNone) mine.push_back(instruction);
    }
    thread += mine.empty() ? 0U : 1U;
  }
  reader.take(decisions.next, reader.take());
  reader.take(decisions.sees, kMaxDecisions);
  decisions.trim();
}

void Input::normalize() {
  for (Behaviour& waker : program.wakers) {
    for (Instruction* hook : {&waker.on_clone, &waker.on_wake, &waker.on_drop}) {
      const bool fits = hook == &waker.on_wake ? may_follow_wake(hook->verb) : is_call(hook->verb);
      if (!fits) *hook = {};
      if (!names_waker(hook->verb)) hook->waker = 0;
    }
  }
  for (std::vector<Instruction>& thread : program.threads) {
    std::erase_if(thread, [](const Instruction& i) { return i.verb == Verb::kNone; });
    for (Instruction& instruction : thread) {
      if (!names_waker(instruction.verb)) instruction.waker = 0;
    }
    if (thread.size() > Program::kMaxInstructions) thread.resize(Program::kMaxInstructions);
  }
  const auto is_empty = [](const std::vector<Instruction>& thread) { return thread.empty(); };
  for (std::vector<Instruction>& rest : std::ranges::remove_if(program.threads, is_empty)) {
    rest.clear();
  }
  decisions.next.resize(std::min(decisions.next.size(), kMaxDecisions));
  decisions.sees.resize(std::min(decisions.sees.size(), kMaxDecisions));
  decisions.trim();
}

std::size_t encode(const Input& input, std::span<std::uint8_t> out) {
  Writer writer(out);
  writer.put(Input::kMagic);
  std::size_t sorts = 0;
  for (std::size_t i = 0; i < Program::kMaxWakers; ++i) {
    const Behaviour& waker = input.program.wakers[i];
    sorts |= as_size(is_scripted(waker)) << i | as_size(waker.clones_share_data)
                                                    << (i + Program::kMaxWakers);
  }
  writer.put(sorts);
  for (const Behaviour& waker : input.program.wakers) {
    if (!is_scripted(waker)) continue;
    writer.put(as_size(waker.clone_throws) | as_size(waker.wake_throws) << 4U);
    writer.put(to_byte(waker.on_clone));
    writer.put(to_byte(waker.on_wake));
    writer.put(to_byte(waker.on_drop));
  }
  std::size_t threads = 0;
  for (const std::vector<Instruction>& thread : input.program.threads) {
    threads += thread.empty() ? 0U : 1U;
  }
  writer.put(threads);
  for (const std::vector<Instruction>& thread : input.program.threads) {
    if (thread.empty()) break;
    writer.put(thread.size());
    for (const Instruction& instruction : thread) writer.put(to_byte(instruction));
  }
  writer.put(input.decisions.next.size());
  writer.put(input.decisions.next);
  writer.put(input.decisions.sees);
  return writer.size();
}

}  // namespace awlab
