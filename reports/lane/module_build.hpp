// Compiles a user's header into a module, with the compiler and the options of this build.
#ifndef AWLAB_REPORTS_LANE_MODULE_BUILD_HPP_
#define AWLAB_REPORTS_LANE_MODULE_BUILD_HPP_

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "core/support/result.hpp"
#include "reports/lane/unseen.hpp"

namespace awlab::lane {

/// The directory of this build's modules for `engine`, beside the directory of the programs.
[[nodiscard]] std::filesystem::path modules_directory(std::string_view engine);

/// The engine whose modules run on simulated memory.
inline constexpr std::string_view kSimulated = "simulated";

struct BuiltModule {
  std::filesystem::path file;
  std::vector<Unseen> unseen;  // for kSimulated: what it does past the platform
};

/// The module for `engine` of the class or template `type` in `header`. Compiled again if the
/// header or anything that it includes has changed. Several processes may do this at once. An error
/// is one line: the compiler's first, or the reason why nothing can be compiled here.
[[nodiscard]] reports::Result<BuiltModule> build_module(const std::string& header,
                                                        const std::string& type,
                                                        std::string_view engine);

}  // namespace awlab::lane

#endif  // AWLAB_REPORTS_LANE_MODULE_BUILD_HPP_
