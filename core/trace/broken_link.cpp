#include "core/trace/broken_link.hpp"

namespace awlab {

std::optional<BrokenLink> broken_link(const History& history, Index event, Index read) {
  if (!is_read(history[read].step) || history.ordered(event, read)) return std::nullopt;
  const Index found = history[read].reads_from;
  // Of the writes up to the one that was found: the first that knows the event, the first and the
  // last that pass it on, and the one right after that.
  Index knows = kNone;
  Index passes = kNone;
  Index last = kNone;
  Index next = kNone;
  Index newer = kNone;
  for (Index write = found; write != kInitial; write = history.before(write)) {
    if (history.passed_on(event, write)) {
      if (last == kNone) {
        last = write;
        next = newer;
      }
      passes = write;
    }
    if (history.ordered(event, write)) knows = write;
    newer = write;
  }
  if (knows == kNone || history[knows].thread == history[read].thread) return std::nullopt;
  if (passes == kNone) {
    return BrokenLink{
        {ClaimKind::kNoRelease, knows, read, event}, Cause::kNoRelease, knows, read, knows};
  }
  if (last == found) {
    return BrokenLink{
        {ClaimKind::kNoAcquire, read, passes, event}, Cause::kNoAcquire, read, passes, passes};
  }
  // A read-modify-write passes on what it read: only a store can break the chain.
  if (history[next].step != Step::kStore) return std::nullopt;
  return BrokenLink{
      {ClaimKind::kCut, next, passes, event}, Cause::kPlainStore, next, passes, passes};
}

}  // namespace awlab
