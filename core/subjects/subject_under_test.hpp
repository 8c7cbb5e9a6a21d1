// The subject of a module's source: its header included, its form found, its identity written down.
//
// For sources that are compiled once for each subject, with these definitions:
//   AWLAB_SUBJECT_HEADER   its header, in quotes
//   AWLAB_SUBJECT_TYPE     the class, or the template over a platform
//   AWLAB_SUBJECT_NAME     its name in reports
//   AWLAB_SUBJECT_SOURCE   the header or the patch, as reports name it
//   AWLAB_SUBJECT_SHA256   the checksum of the header
//   AWLAB_SUBJECT_OWN      1 for our cell and its faults, else 0
#ifndef AWLAB_CORE_SUBJECTS_SUBJECT_UNDER_TEST_HPP_
#define AWLAB_CORE_SUBJECTS_SUBJECT_UNDER_TEST_HPP_

// Warnings in it are its author's concern: here they would be errors.
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Weverything"
#include AWLAB_SUBJECT_HEADER
#pragma clang diagnostic pop

#include "core/subjects/subject_form.hpp"
#include "core/subjects/subject_module.hpp"

using SubjectForm = decltype(awlab::subject_form<AWLAB_SUBJECT_TYPE>());
/// The subject on the platform `P`.
template <class P>
using Subject = SubjectForm::On<P>;
static_assert(awlab::is_complete_subject<Subject<awlab::StdPlatform>>());

inline constexpr awlab::SubjectInfo kSubject{AWLAB_SUBJECT_NAME, AWLAB_SUBJECT_SOURCE,
                                             AWLAB_SUBJECT_SHA256, AWLAB_SUBJECT_OWN != 0};

/// The table of this module, under the name kModuleSymbol.
extern "C" [[gnu::visibility("default")]] const awlab::SubjectModule awlab_subject_module;

#endif  // AWLAB_CORE_SUBJECTS_SUBJECT_UNDER_TEST_HPP_
