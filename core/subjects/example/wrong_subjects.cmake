# An error in a user's header is reported first, in one line that its author understands.
# cmake -DSOURCE_DIR= -DWORK= -DCOMPILER= -P
file(READ ${SOURCE_DIR}/core/subjects/example/cell.hpp cell)

# Compiles the module of a copy of the example in which FROM is replaced by TO.
function(expect sentence from to)
  string(REPLACE "${from}" "${to}" text "${cell}")
  if(from AND text STREQUAL cell)
    message(FATAL_ERROR "the example has no '${from}' any more")
  endif()
  set(header ${WORK}/wrong.hpp)
  file(WRITE ${header} "${text}")
  execute_process(
    COMMAND ${COMPILER} -std=c++20 -I${WORK}/out -I${SOURCE_DIR} -fsyntax-only -Wfatal-errors
            -Wall -Wextra -Wshadow -Wconversion -Werror
            "-DAWLAB_SUBJECT_HEADER=\"${header}\"" -DAWLAB_SUBJECT_TYPE=example::Cell
            -DAWLAB_SUBJECT_NAME="wrong" -DAWLAB_SUBJECT_SOURCE="wrong.hpp" -DAWLAB_SUBJECT_SHA256=""
            -DAWLAB_SUBJECT_OWN=0 ${SOURCE_DIR}/core/subjects/simulated_module.cpp
    ERROR_VARIABLE said RESULT_VARIABLE failed)
  string(REGEX MATCH "error: [^\n]*" first "${said}")
  if(sentence AND NOT first MATCHES "${sentence}")
    message(FATAL_ERROR "expected: ${sentence}\nsaid: ${said}")
  elseif(NOT sentence AND failed)
    message(FATAL_ERROR "a subject that is complete was refused: ${said}")
  endif()
endfunction()

file(REMOVE_RECURSE ${WORK})
file(MAKE_DIRECTORY ${WORK}/out)
file(CREATE_LINK ${SOURCE_DIR}/core ${WORK}/out/atomic_waker_lab SYMBOLIC)

expect("" "" "")
expect("" "unsigned found = 0;" "unsigned found = 0; unsigned slot_ = -1;")  # its warnings are its own
expect("expected ';'" "unsigned found = 0;" "unsigned found = 0")
expect("lacks a public void register_by_ref" "void register_by_ref(" "void register_ref(")
expect("lacks a public void register_waker" "void register_waker(awlab::Waker&&"
       "void register_waker(awlab::Waker&")
expect("lacks a public void wake" "void wake()" "void wake_up()")
expect("lacks a public std::optional<awlab::Waker> take_waker" "std::optional<awlab::Waker> take_waker() {"
       "bool take_waker() { return false; } std::optional<awlab::Waker> take() {")
expect("lacks a public" " public:" " private:")
expect("must have a constructor without arguments" " public:" " public: explicit Cell(int) {}")
expect("aligned to more than 64 bytes" "alignas(64)" "alignas(128)")
expect("no member named 'atomik' in 'awlab::StdPlatform'" "template atomic<" "template atomik<")
expect("no member named 'Cell' in namespace 'example'" "class Cell" "class AnotherCell")
expect("no matching function for call to 'subject_form'" "<class Platform>"
       "<class Platform, class More>")
