// A reader of LLVM IR in its textual form, as clang -S -emit-llvm -g writes it: what mentions what,
// and at which line of the source.
//
// It reads what is needed to see where memory, threads and state are touched, and skips the rest.
#ifndef AWLAB_REPORTS_LANE_IR_TEXT_HPP_
#define AWLAB_REPORTS_LANE_IR_TEXT_HPP_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace awlab::lane {

class IrText {
 public:
  /// The number of a node of debug information, or none.
  using Node = std::int32_t;
  static constexpr Node kNone = -1;

  struct Mention {
    std::size_t by;  // index of the symbol whose code or value has it
    Node location;   // of the instruction
  };
  struct Symbol {
    std::string name;
    bool is_variable = false;  // otherwise a function, or unknown
    bool is_defined = false;
    bool is_constant = false;
    bool is_thread_local = false;
    Node node = kNone;                // of a variable: its debug information
    std::vector<Mention> mentions{};  // of this symbol
  };
  enum class Deed : std::uint8_t {
    kAtomicLoad,
    kAtomicStore,
    kReadModifyWrite,
    kCompareExchange,
    kFence,
    kAssembly
  };
  /// An instruction that touches memory order by itself.
  struct Act {
    Deed deed;
    std::size_t by;  // index of the function
    Node location;
  };
  struct Place {
    std::string file;  // empty: unknown
    unsigned line = 0;
  };

  /// Reads a module. Text of another kind gives no symbols.
  explicit IrText(std::string text);
  IrText(const IrText&) = delete;
  IrText& operator=(const IrText&) = delete;

  [[nodiscard]] const std::vector<Symbol>& symbols() const { return symbols_; }
  [[nodiscard]] const std::vector<Act>& acts() const { return acts_; }
  /// True if the module has a symbol with this name.
  [[nodiscard]] bool has(const std::string& name) const { return numbers_.contains(name); }

  /// The place of an instruction.
  [[nodiscard]] Place place(Node location) const;
  /// True if the source declares the variable const.
  [[nodiscard]] bool is_const(const Symbol& variable) const;

 private:
  void read_metadata(std::string_view line);
  void read_variable(std::string_view line);
  void begin_function(std::string_view line);
  void read_instruction(std::string_view line);
  void note_mentions(std::string_view text, std::size_t by, Node location);
  std::size_t number_of(const std::string& name);
  [[nodiscard]] std::string_view node(Node id) const;

  const std::string text_;
  std::vector<Symbol> symbols_;
  std::unordered_map<std::string, std::size_t> numbers_;
  std::vector<Act> acts_;
  std::vector<std::string_view> nodes_;  // by number
  std::size_t function_ = 0;             // the one being read
};

}  // namespace awlab::lane

#endif  // AWLAB_REPORTS_LANE_IR_TEXT_HPP_
