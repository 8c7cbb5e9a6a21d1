#include "stress/rounds.hpp"

#include "core/support/as_size.hpp"
#include "stress/random_program.hpp"
#include "stress/sanitizer_report.hpp"
#include "stress/scenarios.hpp"
#include "stress/ticks.hpp"

namespace awlab::stress {

void Rounds::begin(int workers) {
  workers_.assign(as_size(workers), {});
  stops_.store(false, std::memory_order_relaxed);
}

bool Rounds::plan() {
  const std::uint64_t now = ticks();
  Tally batch;
  for (WorkerTally& worker : workers_) {
    batch.add(worker.tally);
    worker.tally = {};
  }
  if (choice_) plan_.learn(*choice_, now - started_, batch.rows);
  const std::lock_guard lock(mutex_);
  total_.add(batch);
  choice_.reset();
  if (stops_.load(std::memory_order_relaxed)) return false;
  choice_ = plan_.next(batch_++);
  started_ = now;
  set_report_context(choice_->item);
  if (choice_->item->maker == Maker::kProgram) {
    Random random(choice_->seed);
    program_ = random_program(random);
  }
  return true;
}

void Rounds::build(Round& round, std::size_t index) {
  const PlayItem& item = *choice_->item;
  round.build([&](void* where) { return make_scenario(item, subject_, program_, where); });
  round.set_cues(cast(*choice_, index, round.roles(), static_cast<int>(workers_.size())));
}

std::optional<Violation> Rounds::violation_of(Round& round) const {
  if (round.verdict()) return round.verdict();
  if (round.scenario().violation()) return round.scenario().violation();
  for (int role = 0; role < round.roles(); ++role) {
    if (round.recorder(role).seen().check_failed) {
      return Violation{Property::kP5, Kind::kCrash, "an invariant that the code itself checks",
                       "a check of the subject or the scenario failed", role};
    }
  }
  return std::nullopt;
}

void Rounds::judge(Round& round, int worker) {
  round.judge();
  const std::optional<Violation> violation = violation_of(round);
  workers_[as_size(worker)].tally.add(round, violation.has_value(), subject_.info.own);
  if (violation) {
    const PlayItem& item = *choice_->item;
    findings_.add(item.scenario->name, item.producers, round, *violation);
  }
  round.destroy();
}

Rounds::Progress Rounds::progress() const {
  const std::lock_guard lock(mutex_);
  return {total_, batch_, choice_ ? choice_->item->scenario->name : "",
          choice_ ? choice_->item->producers : 0};
}

}  // namespace awlab::stress
