// relacy_bare SCENARIO N EXECUTIONS: random executions of our cell alone, for benchmarks.
#include <cstdlib>

#include "core/atomic_waker.hpp"
#include "core/scenario/scenario_info.hpp"
#include "relacy/engine.hpp"
#include "relacy/platform.hpp"
#include "relacy/scenarios.hpp"

int main(int argc, char** argv) {
  using namespace awlab;
  if (argc != 4) return 2;
  const int producers = std::atoi(argv[2]);
  const relacy::SearchOutcome outcome = relacy::run(
      {relacy::find_maker(argv[1]),
       {kCellTable<AtomicWaker<relacy::RelacyPlatform>>, producers},
       find_scenario(argv[1])->consumers + producers},
      {.search = relacy::Search::kRandom, .executions = std::strtoull(argv[3], nullptr, 10)});
  return outcome.complete && !outcome.violation ? 0 : 1;
}
