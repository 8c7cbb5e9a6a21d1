#include "reports/lane/subject_options.hpp"

#include "reports/model/environment.hpp"

namespace awlab::lane {

std::vector<std::string> subject_options(const SubjectModule& subject) {
  const SubjectInfo& info = subject.info;
  if (!info.own) {
    return {"--subject", std::string(info.source), "--type", std::string(info.name)};
  }
  return subject.info.is_fault() ? std::vector<std::string>{"--fault", std::string(info.name)}
                                 : std::vector<std::string>{};
}

std::string command_on(const SubjectModule& subject, std::string_view command,
                       const std::vector<std::string>& rest) {
  std::vector<std::string> words = {"./lab", std::string(command)};
  const std::vector<std::string> options = subject_options(subject);
  words.insert(words.end(), options.begin(), options.end());
  words.insert(words.end(), rest.begin(), rest.end());
  return reports::command_line(words);
}

std::string replay_command(const SubjectModule& subject, const std::string& file) {
  const std::vector<std::string> words = {"./lab", "replay", file};
  return subject.info.own ? reports::command_line(words) : command_on(subject, "replay", {file});
}

}  // namespace awlab::lane
