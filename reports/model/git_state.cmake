# Writes OUTPUT, a C++ file with the git state of SOURCE_DIR; leaves it alone if nothing changed, so
# that a build after a build compiles and links nothing.
#   cmake -D SOURCE_DIR=… -D OUTPUT=… -P git_state.cmake
set(commit unknown)
set(dirty false)
find_program(git git)

# Sets `out` to the output of git, or to an empty text.
function(ask_git out)
  set(answer "")
  if(git)
    execute_process(COMMAND ${git} --no-optional-locks -C ${SOURCE_DIR} ${ARGN}
                    OUTPUT_VARIABLE answer ERROR_QUIET RESULT_VARIABLE failed
                    OUTPUT_STRIP_TRAILING_WHITESPACE)
    if(failed)
      set(answer "")
    endif()
  endif()
  set(${out} "${answer}" PARENT_SCOPE)
endfunction()

# A source archive unpacked inside another repository does not have that repository's commit.
ask_git(prefix rev-parse --is-inside-work-tree --show-prefix)
if(prefix STREQUAL "true")
  ask_git(head rev-parse --verify HEAD)
  if(head MATCHES "^[0-9a-f]+$")
    set(commit ${head})
    ask_git(changes status --porcelain)
    if(changes)
      set(dirty true)
    endif()
  endif()
endif()

file(CONFIGURE OUTPUT ${OUTPUT} @ONLY CONTENT [[
// Written by reports/model/git_state.cmake.
#include "reports/model/git_state.hpp"

namespace awlab::reports {

std::string_view git_commit() { return "@commit@"; }
bool git_dirty() { return @dirty@; }

}  // namespace awlab::reports
]])
