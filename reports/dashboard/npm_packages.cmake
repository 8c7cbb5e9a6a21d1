# Installs the packages of reports/dashboard from its lock file into a directory of the build:
#   cmake -D NPM=… -D SOURCE=… -D TARGET=… [-D OMIT=dev] -P npm_packages.cmake
# The source tree is only read. A failure message names the remedy.
if(NOT NPM)
  message(FATAL_ERROR "The dashboard needs Node.js and npm (Debian packages nodejs and npm): install "
                      "them, then configure again.")
endif()
file(MAKE_DIRECTORY ${TARGET})
file(COPY ${SOURCE}/package.json ${SOURCE}/package-lock.json DESTINATION ${TARGET})
set(omit)
if(OMIT)
  set(omit --omit=${OMIT})
endif()
# --ignore-scripts: no package runs code at installation; esbuild's program is a package of its own.
execute_process(
  COMMAND ${NPM} ci --no-audit --no-fund --ignore-scripts --loglevel=error ${omit}
  WORKING_DIRECTORY ${TARGET}
  RESULT_VARIABLE failed OUTPUT_VARIABLE output ERROR_VARIABLE output)
if(failed)
  message(FATAL_ERROR "npm cannot install the packages of reports/dashboard. Is the network there, "
                      "and is npm configured for it?\n${output}")
endif()
file(TOUCH ${TARGET}/installed)
