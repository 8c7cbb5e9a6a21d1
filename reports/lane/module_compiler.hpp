// The compiler of this build, for modules: from definitions to a module, and to a list of what the
// subject does past its platform.
#ifndef AWLAB_REPORTS_LANE_MODULE_COMPILER_HPP_
#define AWLAB_REPORTS_LANE_MODULE_COMPILER_HPP_

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "core/support/result.hpp"
#include "reports/lane/unseen.hpp"

namespace awlab::lane {

/// Files are named by a stem to which ".so", ".bc", ".d", ".ll" and ".log" are appended. An error
/// is one line: the compiler's first.
class ModuleCompiler {
 public:
  /// The compiler of the modules in this directory of the build. An error is the reason why nothing
  /// can be compiled here.
  static reports::Result<ModuleCompiler> of(const std::filesystem::path& modules);

  /// Makes STEM.so, and STEM.d, the rule that names all files that were read.
  /// @param words  more arguments, such as definitions
  [[nodiscard]] reports::Status compile(const std::vector<std::string>& words,
                                        const std::string& stem) const;
  /// Makes STEM.bc, the code before it is optimised, with its debug information, and STEM.d.
  [[nodiscard]] reports::Status compile_code(const std::vector<std::string>& words,
                                             const std::string& stem) const;
  /// Makes STEM.so of STEM.bc.
  [[nodiscard]] reports::Status link_code(const std::string& stem) const;
  /// The things that STEM.bc does past its platform. Makes STEM.ll.
  /// @param given  the subject's header as the user named it
  [[nodiscard]] reports::Result<std::vector<Unseen>> examine_code(
      const std::string& stem, const std::string& given, const std::filesystem::path& full) const;

 private:
  explicit ModuleCompiler(std::vector<std::string> words) : words_(std::move(words)) {}

  std::vector<std::string> words_;  // the compiler, its options, and last the source
};

}  // namespace awlab::lane

#endif  // AWLAB_REPORTS_LANE_MODULE_COMPILER_HPP_
