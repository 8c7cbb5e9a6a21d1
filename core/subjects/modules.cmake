# Subjects and their modules.

# awlab_subject(NAME [PATCH file] [HEADER file TYPE type]): one of the lab's own subjects, see
# subject.cmake; PATCH is a full path, and HEADER one from the top of the tree. NAME is its file name.
function(awlab_subject name)
  cmake_parse_arguments(arg "" "PATCH;HEADER;TYPE" "" ${ARGN})
  set(out ${PROJECT_BINARY_DIR}/subjects/${name})
  set(arguments -DNAME=${name} -DOUT=${out} -DSOURCE_DIR=${PROJECT_SOURCE_DIR})
  foreach(key PATCH HEADER TYPE)
    if(arg_${key})
      list(APPEND arguments -D${key}=${arg_${key}})
    endif()
  endforeach()
  set(header core/atomic_waker.hpp)
  if(arg_HEADER)
    set(header ${arg_HEADER})
  endif()
  add_custom_command(
    OUTPUT ${out}/identity.hpp
    COMMAND ${CMAKE_COMMAND} ${arguments} -P ${PROJECT_SOURCE_DIR}/core/subjects/subject.cmake
    DEPENDS ${arg_PATCH} ${PROJECT_SOURCE_DIR}/${header}
            ${PROJECT_SOURCE_DIR}/core/subjects/subject.cmake
    COMMENT "Making subject ${name}" VERBATIM)
  add_custom_target(subject_${name} DEPENDS ${out}/identity.hpp)
  set_property(GLOBAL APPEND PROPERTY AWLAB_SUBJECTS ${name})
endfunction()

# awlab_use_subject(TARGET NAME): the sources of TARGET may include subject_under_test.hpp, for NAME.
function(awlab_use_subject target name)
  add_dependencies(${target} subject_${name})
  target_compile_options(${target} PRIVATE
    "SHELL:-include ${PROJECT_BINARY_DIR}/subjects/${name}/identity.hpp")
  # A fault's header finds the product headers beside the one that it replaces.
  target_compile_options(${target} PRIVATE -iquote${PROJECT_SOURCE_DIR}/core)
endfunction()

# awlab_modules(ENGINE SOURCE HEADERS [OPTION...]): compiles SOURCE, with these options, for each
# subject into modules/ENGINE/NAME.so, as the target ENGINE_NAME; the target modules_ENGINE makes
# them all. HEADERS is a list of those that SOURCE includes and that are the same for all subjects:
# they are parsed once. compile.txt there holds, one word a line, the command by which the programs
# compile the header of a user (reports/lane/module_build.cpp).
function(awlab_modules engine source headers)
  set(directory ${PROJECT_BINARY_DIR}/modules/${engine})
  set(options -fvisibility=hidden -fvisibility-inlines-hidden ${ARGN})
  add_custom_target(modules_${engine})
  set(precompiled ${engine}_module_headers)
  if(AWLAB_PCH)
    add_library(${precompiled} OBJECT EXCLUDE_FROM_ALL ${PROJECT_BINARY_DIR}/no_code.cpp)
    set_target_properties(${precompiled} PROPERTIES POSITION_INDEPENDENT_CODE ON)
    target_link_libraries(${precompiled} PRIVATE awlab_options)
    target_compile_options(${precompiled} PRIVATE ${options} "SHELL:-Xclang -fno-pch-timestamp")
    target_precompile_headers(${precompiled} PRIVATE ${headers})
  endif()
  get_property(subjects GLOBAL PROPERTY AWLAB_SUBJECTS)
  foreach(name IN LISTS subjects)
    set(module ${engine}_${name})
    add_library(${module} MODULE EXCLUDE_FROM_ALL ${source})
    awlab_use_subject(${module} ${name})
    target_link_libraries(${module} PRIVATE awlab_options)
    target_compile_options(${module} PRIVATE ${options})
    if(AWLAB_PCH)
      target_precompile_headers(${module} REUSE_FROM ${precompiled})
    endif()
    target_link_options(${module} PRIVATE LINKER:-Bsymbolic ${ARGN})
    set_target_properties(${module} PROPERTIES
      PREFIX "" SUFFIX .so OUTPUT_NAME ${name} LIBRARY_OUTPUT_DIRECTORY ${directory})
    add_dependencies(modules_${engine} ${module})
  endforeach()

  string(TOUPPER "${CMAKE_BUILD_TYPE}" type)
  separate_arguments(flags UNIX_COMMAND "${CMAKE_CXX_FLAGS} ${CMAKE_CXX_FLAGS_${type}}")
  # A user's header may include ours as they are installed. Its first error says most.
  file(MAKE_DIRECTORY ${PROJECT_BINARY_DIR}/include ${directory})
  file(CREATE_LINK ${PROJECT_SOURCE_DIR}/core ${PROJECT_BINARY_DIR}/include/atomic_waker_lab SYMBOLIC)
  set(words ${CMAKE_CXX_COMPILER} -std=c++20 ${flags} -fPIC -shared -Wl,-Bsymbolic ${options}
            -Wfatal-errors -I${PROJECT_SOURCE_DIR} -I${PROJECT_BINARY_DIR}/include ${source})
  list(JOIN words "\n" words)
  file(CONFIGURE OUTPUT ${directory}/compile.txt CONTENT "${words}\n" @ONLY)
endfunction()
