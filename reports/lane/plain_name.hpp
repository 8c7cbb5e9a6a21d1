// Names of functions as people write them: std::mutex::lock.
#ifndef AWLAB_REPORTS_LANE_PLAIN_NAME_HPP_
#define AWLAB_REPORTS_LANE_PLAIN_NAME_HPP_

#include <string>

namespace awlab::lane {

/// The qualified name of a symbol, without its parameters and those of templates, and without what
/// a standard library puts in between: "std::atomic::load" for a member of
/// std::__atomic_base<int>. A symbol that is not C++'s is its own name.
[[nodiscard]] std::string plain_name(const std::string& symbol);

/// The part of a plain name that documents of the standard library have: up to the first reserved
/// name; empty if that is no more than "std".
[[nodiscard]] std::string documented_part(const std::string& plain_name);

}  // namespace awlab::lane

#endif  // AWLAB_REPORTS_LANE_PLAIN_NAME_HPP_
