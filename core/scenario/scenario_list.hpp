// The factory that makes every scenario of scenario_info.hpp, for engines.
#ifndef AWLAB_CORE_SCENARIO_SCENARIO_LIST_HPP_
#define AWLAB_CORE_SCENARIO_SCENARIO_LIST_HPP_

#include <algorithm>
#include <array>
#include <new>
#include <string_view>

#include "core/scenario/basic.hpp"
#include "core/scenario/channel.hpp"
#include "core/scenario/panic.hpp"
#include "core/scenario/promised.hpp"
#include "core/scenario/reentrant.hpp"
#include "core/scenario/registrars.hpp"
#include "core/scenario/repeated.hpp"
#include "core/scenario/scenario_info.hpp"

namespace awlab {

/// Makes the scenarios on one platform, with the cells of any subject.
template <ScenarioPlatform P>
class ScenarioFactory {
 public:
  /// Constructs in `where` (of kScenarioStorage); the caller destroys.
  using Make = Scenario* (*)(void* where, const Setup& setup);

  /// The maker of scenario `name`, or null.
  static constexpr Make find(std::string_view name) {
    static_assert(makes_all(), "each scenario of scenario_info.hpp has a maker of its name");
    for (const Entry& entry : kEntries) {
      if (entry.name == name) return entry.make;
    }
    return nullptr;
  }

 private:
  struct Entry {
    std::string_view name;
    Make make;
  };

  template <class S>
  static Scenario* make(void* where, const Setup& setup) {
    static_assert(sizeof(S) <= kScenarioStorage);
    return ::new (where) S(setup);
  }

  static constexpr std::array<Entry, kScenarios.size()> kEntries = {{
      {"basic", &make<scenarios::Basic<P>>},
      {"migrate", &make<scenarios::Migrate<P>>},
      {"failed_wake", &make<scenarios::FailedWake<P>>},
      {"two_registrars", &make<scenarios::TwoRegistrars<P>>},
      {"panic_clone", &make<scenarios::PanicClone<P>>},
      {"panic_clone_over_old", &make<scenarios::PanicCloneOverOld<P>>},
      {"panic_wake", &make<scenarios::PanicWake<P>>},
      {"reentrant", &make<scenarios::Reentrant<P>>},
      {"reentrant_wake_in_wake", &make<scenarios::ReentrantWakeInWake<P>>},
      {"reentrant_wake_in_clone", &make<scenarios::ReentrantWakeInClone<P>>},
      {"reentrant_register_in_drop", &make<scenarios::ReentrantRegisterInDrop<P>>},
      {"block_on", &make<scenarios::BlockOn<P>>},
      {"oneshot", &make<scenarios::OneshotSend<P>>},
      {"oneshot_sender_drop", &make<scenarios::OneshotSenderDrop<P>>},
      {"oneshot_receiver_cancel", &make<scenarios::OneshotReceiverCancel<P>>},
      {"destroy", &make<scenarios::Destroy<P>>},
      {"by_value", &make<scenarios::ByValue<P>>},
      {"repoll", &make<scenarios::Repoll<P>>},
      {"many_registrations", &make<scenarios::ManyRegistrations<P>>},
      {"many_wakes", &make<scenarios::ManyWakes<P>>},
      {"panic_clone_after_look", &make<scenarios::PanicCloneAfterLook<P>>},
      {"panic_both", &make<scenarios::PanicBoth<P>>},
      {"registrars_told", &make<scenarios::RegistrarsTold<P>>},
      {"permit", &make<scenarios::Permit<P>>},
      {"kept", &make<scenarios::Kept<P>>},
      {"freed_by_woken", &make<scenarios::FreedByWoken<P>>},
  }};

  static constexpr bool makes_all() {
    return std::ranges::all_of(kScenarios, [](const ScenarioInfo& scenario) {
      return std::ranges::count(kEntries, scenario.name, &Entry::name) == 1;
    });
  }
};

}  // namespace awlab

#endif  // AWLAB_CORE_SCENARIO_SCENARIO_LIST_HPP_
