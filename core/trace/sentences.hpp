// The border at which a story becomes text: a sentence for each claim, and one for the whole.
#ifndef AWLAB_CORE_TRACE_SENTENCES_HPP_
#define AWLAB_CORE_TRACE_SENTENCES_HPP_

#include <string>
#include <string_view>

#include "core/trace/story.hpp"
#include "core/trace/wording.hpp"

namespace awlab {

/// The claim in words, with the numbers of its steps.
std::string sentence(const Claim& claim, const Story& story, const History& history,
                     const Wording& wording);

/// The whole in one sentence; empty if the cause is not known.
std::string summary(const Story& story, const History& history, const Wording& wording);

/// The cause as a word of a signature, the same in all runs and lanes.
std::string_view to_string(Cause cause);

}  // namespace awlab

#endif  // AWLAB_CORE_TRACE_SENTENCES_HPP_
