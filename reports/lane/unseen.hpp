// The things that a subject does past its platform, which no engine that simulates memory can see.
//
// They are read from what the compiler made of the subject before it optimised: there a load of a
// std::atomic is still told from a plain one, and nothing has vanished.
#ifndef AWLAB_REPORTS_LANE_UNSEEN_HPP_
#define AWLAB_REPORTS_LANE_UNSEEN_HPP_

#include <filesystem>
#include <string>
#include <vector>

#include "core/support/result.hpp"

namespace awlab::lane {

struct Unseen {
  std::string thing;     // "std::mutex::lock", "thread_local node", "an atomic load"
  std::string position;  // "cell.hpp:31", in the user's own files

  friend auto operator<=>(const Unseen&, const Unseen&) = default;
};

/// The header of a subject, from which the files of its author are told.
struct SubjectFiles {
  std::string given;           // its path as the user gave it: positions start from there
  std::filesystem::path full;  // absolute
  /// Directories whose files are not the author's, beside those of the system.
  std::vector<std::filesystem::path> others;
};

/// The things in a module's IR, each with the line of the author that leads to it; in the order of
/// files and lines. Things that no line of the author leads to are not the subject's.
/// @param ir  textual LLVM IR with debug information, not optimised
[[nodiscard]] std::vector<Unseen> find_unseen(std::string ir, const SubjectFiles& files);

/// The reason why a simulation has no verdict, in one line; `unseen` must not be empty.
[[nodiscard]] std::string why_no_verdict(const std::vector<Unseen>& unseen);

/// Writes the list to a file, and reads it again.
reports::Status write_unseen(const std::filesystem::path& file, const std::vector<Unseen>& unseen);
reports::Result<std::vector<Unseen>> read_unseen(const std::filesystem::path& file);

}  // namespace awlab::lane

#endif  // AWLAB_REPORTS_LANE_UNSEEN_HPP_
