# Installs core/ from a fresh configuration, and unpacks the Debian package that it makes; then
# configures, builds and runs the project beside this file against each. The environment is a
# user's: no library of the lab can be found.
#   cmake -DSOURCE=<repository> -DWORK=<scratch> -DCOMPILER=<c++> -DGENERATOR=<cmake generator>
#         -DVERSION=<expected> -P install_and_use.cmake

function(run)
  execute_process(COMMAND ${ARGV} RESULT_VARIABLE result
                  OUTPUT_VARIABLE output ERROR_VARIABLE output)
  if(NOT result EQUAL 0)
    list(JOIN ARGV " " command)
    message(FATAL_ERROR "${command}\n${output}\nended with: ${result}")
  endif()
endfunction()

file(REMOVE_RECURSE ${WORK})
set(configure ${CMAKE_COMMAND} -G ${GENERATOR} -DCMAKE_CXX_COMPILER=${COMPILER})
foreach(package GTest benchmark fmt nlohmann_json CLI11 Boost)
  list(APPEND configure -DCMAKE_DISABLE_FIND_PACKAGE_${package}=ON)
endforeach()

run(${configure} -S ${SOURCE} -B ${WORK}/core -DAWLAB_CORE_ONLY=ON)
run(${CMAKE_COMMAND} --build ${WORK}/core)
run(${CMAKE_COMMAND} --install ${WORK}/core --prefix ${WORK}/prefix)

run(${CMAKE_COMMAND} -E chdir ${WORK} cpack --config core/CPackConfig.cmake)
run(dpkg-deb --extract ${WORK}/libatomic-waker-lab-dev_${VERSION}_all.deb ${WORK}/unpacked)

set(expected atomic_waker platform promises std_platform waker waker_cell)
list(TRANSFORM expected REPLACE "(.+)" "include/atomic_waker_lab/\\1.hpp")

function(use prefix)
  # Only the product is installed: no test, no fault, no tool of the lab.
  file(GLOB_RECURSE installed RELATIVE ${prefix} ${prefix}/*)
  list(FILTER installed EXCLUDE REGEX
       "^share/(cmake/atomic_waker_lab/|doc/libatomic-waker-lab-dev/copyright$)")
  list(SORT installed)
  if(NOT installed STREQUAL expected)
    message(FATAL_ERROR "installed: ${installed}\nexpected: ${expected}")
  endif()
  # Moved, to see that the package does not depend on where it was installed.
  file(REMOVE_RECURSE ${WORK}/moved)
  file(RENAME ${prefix} ${WORK}/moved)
  run(${configure} -S ${CMAKE_CURRENT_LIST_DIR} -B ${WORK}/user -DCMAKE_BUILD_TYPE=Release
      -DCMAKE_PREFIX_PATH=${WORK}/moved -DAWLAB_EXPECTED_VERSION=${VERSION})
  run(${CMAKE_COMMAND} --build ${WORK}/user)
  run(${WORK}/user/package_test)
endfunction()

use(${WORK}/prefix)
use(${WORK}/unpacked/usr)
