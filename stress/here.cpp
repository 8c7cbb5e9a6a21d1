#include "stress/round.hpp"

namespace awlab::stress {

constinit thread_local Here here;

}  // namespace awlab::stress
