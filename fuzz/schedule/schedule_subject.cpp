#include "fuzz/schedule/schedule_subject.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "reports/model/report_json.hpp"

namespace awlab {
namespace {

constexpr std::string_view kOurCell = "atomic_waker";

// The name of a fault has a dash; that of a type has none.
bool is_type(std::string_view name) {
  return name != kOurCell && !name.empty() && std::ranges::all_of(name, [](unsigned char c) {
           return std::isalnum(c) != 0 || c == '_' || c == ':';
         });
}

}  // namespace

reports::Result<const SubjectModule*> load_subject_of(const lane::SubjectChoice& choice,
                                                      std::string_view in_file,
                                                      const std::string& file) {
  lane::SubjectChoice chosen = choice;
  if (chosen.type.empty() && !chosen.header.empty() &&
      chosen.header.find_first_of("./") == std::string::npos) {  // a name, not a file
    if (chosen.header != kOurCell) chosen.fault = chosen.header;
    chosen.header.clear();
  } else if (chosen.words().empty() && choice.type.empty()) {
    if (is_type(in_file)) {
      return reports::Error{
          fmt::format("{} was found on a user's type: add --subject FILE.hpp --type {}",
                      reports::one_line(file), in_file)};
    }
    chosen = lane::own_subject(in_file);
  }
  if (const std::string wrong = lane::complaint(chosen); !wrong.empty()) {
    return reports::Error{wrong};
  }
  return lane::load_simulated(chosen);
}

}  // namespace awlab
