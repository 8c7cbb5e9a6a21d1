# A patch that does not apply, or only at other lines, must fail the build with the fault's name.
# cmake -DSOURCE_DIR= -DWORK= -P
set(id wor-acquire)
file(READ ${SOURCE_DIR}/core/atomic_waker.hpp header)

function(make_fault header_text expect_failure)
  file(REMOVE_RECURSE ${WORK})
  file(MAKE_DIRECTORY ${WORK}/core)
  file(WRITE ${WORK}/core/atomic_waker.hpp "${header_text}")
  execute_process(
    COMMAND ${CMAKE_COMMAND} -DNAME=${id} -DOUT=${WORK}/out -DSOURCE_DIR=${WORK}
            -DPATCH=${SOURCE_DIR}/core/faults/${id}.patch -P ${SOURCE_DIR}/core/subjects/subject.cmake
    RESULT_VARIABLE failed ERROR_VARIABLE said)
  if(expect_failure AND NOT (failed AND said MATCHES "fault ${id}"))
    message(FATAL_ERROR "a patch that does not fit was accepted, or its name is not said: ${said}")
  endif()
  if(NOT expect_failure AND failed)
    message(FATAL_ERROR "a patch that fits was refused: ${said}")
  endif()
endfunction()

make_fault("${header}" FALSE)
make_fault("// one line more, far away\n${header}" TRUE)
string(REPLACE "fetch_or(kWaking" "fetch_xor(kWaking" changed "${header}")
make_fault("${changed}" TRUE)
