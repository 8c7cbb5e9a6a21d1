// Compiles a user's header into a module, with the compiler and the options of this build.
#ifndef AWLAB_REPORTS_LANE_MODULE_BUILD_HPP_
#define AWLAB_REPORTS_LANE_MODULE_BUILD_HPP_

#include <filesystem>
#include <string>
#include <string_view>

#include "core/support/result.hpp"

namespace awlab::lane {

/// The directory of the modules of this build for `engine`, beside that of the programs.
[[nodiscard]] std::filesystem::path modules_directory(std::string_view engine);

/// The module of the class or template `type` in `header` for `engine`. Compiled anew if the header or
/// anything that it includes has changed since. Several processes may do it at once. An error is one
/// line: the first of the compiler, or why nothing can be compiled here.
[[nodiscard]] reports::Result<std::filesystem::path> build_module(const std::string& header,
                                                                  const std::string& type,
                                                                  std::string_view engine);

}  // namespace awlab::lane

#endif  // AWLAB_REPORTS_LANE_MODULE_BUILD_HPP_
