// The factory that makes every scenario of scenario_info.hpp, for engines.
#ifndef AWLAB_CORE_SCENARIO_SCENARIO_LIST_HPP_
#define AWLAB_CORE_SCENARIO_SCENARIO_LIST_HPP_

#include <array>
#include <new>
#include <string_view>

#include "core/scenario/basic.hpp"
#include "core/scenario/channel.hpp"
#include "core/scenario/panic.hpp"
#include "core/scenario/reentrant.hpp"
#include "core/scenario/registrars.hpp"
#include "core/scenario/scenario_info.hpp"

namespace awlab {

/// Makes the scenarios of one subject on one platform.
template <ScenarioPlatform P, WakerCell Cell>
class ScenarioFactory {
 public:
  /// Constructs in `where` (of kScenarioStorage); the caller destroys.
  using Make = Scenario* (*)(void* where, int producers);

  /// The maker of scenario `name`, or null.
  static Make find(std::string_view name) {
    const ScenarioInfo* scenario = find_scenario(name);
    return scenario ? kMake[static_cast<std::size_t>(scenario - kScenarios.data())] : nullptr;
  }

 private:
  template <class S>
  static Scenario* make(void* where, int producers) {
    static_assert(sizeof(S) <= kScenarioStorage);
    return ::new (where) S(producers);
  }

  /// In the order of kScenarios.
  static constexpr std::array<Make, kScenarios.size()> kMake = {
      &make<scenarios::Basic<P, Cell>>,
      &make<scenarios::Migrate<P, Cell>>,
      &make<scenarios::FailedWake<P, Cell>>,
      &make<scenarios::TwoRegistrars<P, Cell>>,
      &make<scenarios::PanicClone<P, Cell>>,
      &make<scenarios::PanicCloneOverOld<P, Cell>>,
      &make<scenarios::PanicWake<P, Cell>>,
      &make<scenarios::Reentrant<P, Cell>>,
      &make<scenarios::ReentrantWakeInWake<P, Cell>>,
      &make<scenarios::ReentrantWakeInClone<P, Cell>>,
      &make<scenarios::ReentrantRegisterInDrop<P, Cell>>,
      &make<scenarios::BlockOn<P, Cell>>,
      &make<scenarios::OneshotSend<P, Cell>>,
      &make<scenarios::OneshotSenderDrop<P, Cell>>,
      &make<scenarios::OneshotReceiverCancel<P, Cell>>,
      &make<scenarios::Destroy<P, Cell>>,
  };
};

}  // namespace awlab

#endif  // AWLAB_CORE_SCENARIO_SCENARIO_LIST_HPP_
