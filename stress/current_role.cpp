#include "stress/round.hpp"

namespace awlab::stress {

constinit thread_local CurrentRole current_role;

}  // namespace awlab::stress
