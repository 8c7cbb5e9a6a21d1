// The module of a subject for the engines that simulate memory; see subject_under_test.hpp.
#include "core/subjects/port.hpp"
#include "core/subjects/subject_under_test.hpp"

namespace {

// None for a type that brings atomics of its own: no simulation sees those.
template <class Form>
consteval const awlab::CellTable* cell_table() {
  if constexpr (Form::kHasPlatform) {
    return &awlab::kCellTable<typename Form::template On<awlab::PortPlatform>>;
  } else {
    return nullptr;
  }
}

}  // namespace

constinit const awlab::SubjectModule awlab_subject_module{kSubject, cell_table<SubjectForm>()};
