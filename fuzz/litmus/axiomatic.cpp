#include "fuzz/litmus/axiomatic.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <cstddef>
#include <utility>
#include <vector>

#include "core/support/as_size.hpp"
#include "core/trace/memory_order.hpp"
#include "fuzz/litmus/axiomatic_relation.hpp"

namespace awlab::machine {
namespace {

using namespace axiomatic;  // the operators on relations

// Events. A read-modify-write is a read and a write, related by rmw, as in the paper.

enum class Kind : std::uint8_t { kRead, kWrite, kFence };

struct Event {
  Kind kind{};
  int thread = kOutside;  // of an initial write
  int location = -1;      // of a fence
  std::memory_order order = std::memory_order_relaxed;
  bool plain = false;
  const Instruction* instruction = nullptr;  // of an initial write
};

/// The value that a read-modify-write leaves if it found `old`; for a store, the value stored.
std::uint64_t written(const Instruction& instruction, std::uint64_t old) {
  switch (instruction.step) {
    case Step::kFetchAdd:
      return old + instruction.operand;
    case Step::kFetchSub:
      return old - instruction.operand;
    case Step::kFetchAnd:
      return old & instruction.operand;
    case Step::kFetchOr:
      return old | instruction.operand;
    case Step::kFetchXor:
      return old ^ instruction.operand;
    default:
      return instruction.operand;
  }
}

class Enumeration {
 public:
  explicit Enumeration(const LitmusProgram& program) : program_(program) {
    for (const auto& thread : program.threads) {
      for (const Instruction& i : thread) {
        if (i.step == Step::kFence) continue;
        locations_ = std::max(locations_, as_size(i.location) + 1);
      }
    }
  }

  LitmusOutcomes run() {
    std::size_t cases = 0;
    for (const auto& thread : program_.threads) {
      cases += as_size(std::ranges::count(thread, Step::kCas, &Instruction::step));
    }
    assert(cases < 32);
    for (std::uint32_t succeeds = 0; succeeds < (std::uint32_t{1} << cases); ++succeeds) {
      build_events(succeeds);
      choose_reads_from(0);
    }
    return std::move(outcomes_);
  }

 private:
  /// One modification order of one location, and the relations that follow from it.
  struct Order {
    Relation mo;
    Relation rb;
  };

  // --- Candidates --------------------------------------------------------------------------------

  /// Events, po and rmw, given which compare-exchanges succeed (bits, in program order).
  void build_events(std::uint32_t succeeds) {
    events_.clear();
    po_ = rmw_ = rf_ = Relation{};
    source_.fill(0);
    for (std::size_t location = 0; location < locations_; ++location) {
      if (!accessed_atomically(location)) continue;
      events_.push_back({.kind = Kind::kWrite, .location = static_cast<int>(location)});
    }
    for (std::size_t t = 0; t < program_.threads.size(); ++t) {
      for (const Instruction& i : program_.threads[t]) {
        bool rmw = is_rmw(i.step);
        if (i.step == Step::kCas) {
          rmw = (succeeds & 1U) != 0;
          succeeds >>= 1U;
        }
        add_events(i, static_cast<int>(t), rmw);
      }
    }
    assert(events_.size() <= kMaxEvents);
    for (std::size_t a = 0; a < events_.size(); ++a) {
      for (std::size_t b = a + 1; b < events_.size(); ++b) {
        const bool initial = events_[a].thread == kOutside;
        if (initial ? events_[b].thread != kOutside : events_[a].thread == events_[b].thread) {
          po_.add(a, b);
        }
      }
    }
  }

  void add_events(const Instruction& i, int thread, bool rmw) {
    Event e{.thread = thread, .location = i.location, .order = i.order, .instruction = &i};
    e.plain = is_plain(i.step);
    if (i.step == Step::kFence) {
      e.kind = Kind::kFence;
      e.location = -1;
      events_.push_back(e);
      return;
    }
    if (i.step == Step::kCas && !rmw) e.order = i.failure;
    if (is_read(i.step) || i.step == Step::kPlainRead) {
      e.kind = Kind::kRead;
      events_.push_back(e);
    }
    if (rmw) rmw_.add(events_.size() - 1, events_.size());
    if (rmw || i.step == Step::kStore || i.step == Step::kPlainWrite) {
      e.kind = Kind::kWrite;
      events_.push_back(e);
    }
  }

  /// Every way to give each atomic read, from event `read` on, a write to read from.
  void choose_reads_from(std::size_t read) {
    const EventSet reads =
        matching([](const Event& e) { return e.kind == Kind::kRead && !e.plain; });
    while (read < events_.size() && !reads[read]) ++read;
    if (read == events_.size()) return with_reads_from();
    for (std::size_t write = 0; write < events_.size(); ++write) {
      if (events_[write].kind != Kind::kWrite ||
          events_[write].location != events_[read].location) {
        continue;
      }
      const Relation before = rf_;
      rf_.add(write, read);
      source_[read] = write;
      if (acyclic(po_ | rf_) && at_most_one_rmw_reads(write)) choose_reads_from(read + 1);
      rf_ = before;
    }
  }

  /// Two could not both be next to the write in mo; checked early because it prunes most.
  bool at_most_one_rmw_reads(std::size_t write) const {
    return seq(rf_, rmw_).row[write].count() <= 1;
  }

  /// With rf complete: values, happens-before, and then every modification order.
  void with_reads_from() {
    if (!compare_exchanges_agree()) return;
    hb_ = plus(po_ | synchronises_with());
    happens_after_ = inverse(hb_);
    orders_.assign(locations_, {});
    for (std::size_t location = 0; location < locations_; ++location) {
      if (!accessed_atomically(location)) continue;
      const EventSet writes = matching([&](const Event& e) {
        return e.kind == Kind::kWrite && e.location == static_cast<int>(location);
      });
      choose_modification_order(location, writes, {});
      if (orders_[location].empty()) return;
    }
    combine_modification_orders(0, Relation{}, Relation{});
  }

  /// Every order of the writes to one location that is coherent.
  void choose_modification_order(std::size_t location, EventSet left,
                                 std::vector<std::size_t> placed) {
    if (left.none()) {
      Order order;
      for (std::size_t i = 0; i < placed.size(); ++i) {
        for (std::size_t j = i + 1; j < placed.size(); ++j) order.mo.add(placed[i], placed[j]);
      }
      order.rb = seq(inverse(rf_), order.mo);
      if (coherent(location, order) && atomic(order)) orders_[location].push_back(order);
      return;
    }
    for (std::size_t write = 0; write < events_.size(); ++write) {
      // Coherence forbids a write before one that happens before it; early, because it prunes.
      if (!left[write] || (happens_after_.row[write] & left).any()) continue;
      placed.push_back(write);
      choose_modification_order(location, EventSet{left}.reset(write), placed);
      placed.pop_back();
    }
  }

  /// Every combination of the coherent orders of the single locations.
  void combine_modification_orders(std::size_t location, const Relation& mo, const Relation& rb) {
    if (location == locations_) {
      if (acyclic(partial_sc(mo, rb))) ++outcomes_[outcome(mo)];
      return;
    }
    if (orders_[location].empty()) return combine_modification_orders(location + 1, mo, rb);
    for (const Order& order : orders_[location]) {
      combine_modification_orders(location + 1, mo | order.mo, rb | order.rb);
    }
  }

  // --- The model: relations and axioms, as the paper defines them --------------------------------

  Relation synchronises_with() const {
    const Relation f = id(matching([](const Event& e) { return e.kind == Kind::kFence; }));
    const Relation w =
        id(matching([](const Event& e) { return e.kind == Kind::kWrite && !e.plain; }));
    const Relation r =
        id(matching([](const Event& e) { return e.kind == Kind::kRead && !e.plain; }));
    const Relation rel = id(matching([](const Event& e) { return !e.plain && releases(e.order); }));
    const Relation acq = id(matching([](const Event& e) { return !e.plain && acquires(e.order); }));
    const Relation rs = seq(w, opt(plus(seq(rf_, rmw_))));  // C++20: no [W];po|loc;[W]
    return seq(rel, opt(seq(f, po_)), rs, rf_, r, opt(seq(po_, f)), acq);
  }

  /// irreflexive(hb;eco?). All of eco is between accesses to one location, so the axiom can be
  /// checked location by location.
  bool coherent(std::size_t location, const Order& order) const {
    const Relation here =
        id(matching([&](const Event& e) { return e.location == static_cast<int>(location); }));
    const Relation eco = plus(seq(here, rf_) | order.mo | order.rb);
    return irreflexive(seq(hb_, opt(eco)));
  }

  /// empty(rmw & (rb;mo)): nothing between what a read-modify-write reads and what it writes.
  bool atomic(const Order& order) const { return empty(rmw_ & seq(order.rb, order.mo)); }

  /// psc, which must be acyclic.
  Relation partial_sc(const Relation& mo, const Relation& rb) const {
    const EventSet sc =
        matching([](const Event& e) { return !e.plain && e.order == std::memory_order_seq_cst; });
    if (sc.none()) return {};
    const EventSet fences = matching([](const Event& e) { return e.kind == Kind::kFence; });
    const Relation e_sc = id(sc);
    const Relation f_sc = id(sc & fences);
    const Relation loc = same_location();
    const Relation eco = plus(rf_ | mo | rb);
    const Relation po_neq_loc = po_ - loc;
    const Relation scb = po_ | seq(po_neq_loc, hb_, po_neq_loc) | (hb_ & loc) | mo | rb;
    const Relation psc_base = seq(e_sc | seq(f_sc, opt(hb_)), scb, e_sc | seq(opt(hb_), f_sc));
    const Relation psc_f = seq(f_sc, hb_ | seq(hb_, eco, hb_), f_sc);
    return psc_base | psc_f;
  }

  /// Two plain accesses of different threads, at least one a write, not ordered by hb.
  bool race() const {
    for (std::size_t a = 0; a < events_.size(); ++a) {
      for (std::size_t b = a + 1; b < events_.size(); ++b) {
        const Event& x = events_[a];
        const Event& y = events_[b];
        const bool conflict = x.plain && y.plain && x.location == y.location &&
                              x.thread != y.thread &&
                              (x.kind == Kind::kWrite || y.kind == Kind::kWrite);
        if (conflict && !hb_.has(a, b) && !hb_.has(b, a)) return true;
      }
    }
    return false;
  }

  // --- Values ------------------------------------------------------------------------------------

  /// The value an event reads, or writes. Terminates because po | rf is acyclic.
  std::uint64_t value(std::size_t event) const {
    const Event& e = events_[event];
    if (e.plain && e.kind == Kind::kRead) return latest_plain_value(e.location, event);
    if (e.kind == Kind::kRead) return value(source_[event]);
    if (e.instruction == nullptr) return 0;
    // The read of a read-modify-write is the event just before its write.
    const bool rmw = event > 0 && rmw_.has(event - 1, event);
    return written(*e.instruction, rmw ? value(event - 1) : 0);
  }

  /// The last plain write in hb to a location, of those before `reader` if that is an event;
  /// without a race all of them are ordered.
  std::uint64_t latest_plain_value(int location, std::size_t reader) const {
    std::size_t latest = kMaxEvents;
    for (std::size_t w = 0; w < events_.size(); ++w) {
      const Event& e = events_[w];
      if (!e.plain || e.kind != Kind::kWrite || e.location != location) continue;
      if (reader != kMaxEvents && !hb_.has(w, reader)) continue;
      if (latest == kMaxEvents || hb_.has(latest, w)) latest = w;
    }
    return latest == kMaxEvents ? 0 : events_[latest].instruction->operand;
  }

  /// A compare-exchange that finds what it expects succeeds, or is weak; any other fails.
  bool compare_exchanges_agree() const {
    for (std::size_t e = 0; e < events_.size(); ++e) {
      const Instruction* i = events_[e].instruction;
      if (i == nullptr || i->step != Step::kCas || events_[e].kind != Kind::kRead) continue;
      const bool found = value(e) == i->expected;
      const bool succeeded = rmw_.row[e].any();
      if (succeeded ? !found : found && !i->weak) return false;
    }
    return true;
  }

  LitmusOutcome outcome(const Relation& mo) const {
    LitmusOutcome result;
    result.race = race();
    if (result.race) return result;
    result.memory.resize(locations_);
    for (std::size_t e = 0; e < events_.size(); ++e) {
      const auto location = as_size(events_[e].location);
      if (events_[e].kind == Kind::kRead) result.registers.push_back(value(e));
      if (events_[e].kind != Kind::kWrite) continue;
      if (events_[e].plain) {
        result.memory[location] = latest_plain_value(events_[e].location, kMaxEvents);
      } else if (mo.row[e].none()) {
        result.memory[location] = value(e);
      }
    }
    return result;
  }

  // --- Sets of events ----------------------------------------------------------------------------

  template <typename Predicate>
  EventSet matching(Predicate predicate) const {
    EventSet set;
    for (std::size_t e = 0; e < events_.size(); ++e) set[e] = predicate(events_[e]);
    return set;
  }

  Relation same_location() const {
    Relation loc;
    for (std::size_t a = 0; a < events_.size(); ++a) {
      if (events_[a].location < 0) continue;
      loc.row[a] = matching([&](const Event& e) { return e.location == events_[a].location; });
    }
    return loc;
  }

  bool accessed_atomically(std::size_t location) const {
    return std::ranges::any_of(program_.threads, [&](const auto& thread) {
      return std::ranges::any_of(thread, [&](const Instruction& i) {
        return is_atomic(i.step) && as_size(i.location) == location;
      });
    });
  }

  const LitmusProgram& program_;
  std::size_t locations_ = 0;
  std::vector<Event> events_;  // initial writes, then thread by thread in program order
  Relation po_;
  Relation rmw_;
  Relation rf_;
  Relation hb_;
  Relation happens_after_;                        // the inverse
  std::array<std::size_t, kMaxEvents> source_{};  // rf of a read, as an index
  std::vector<std::vector<Order>> orders_;        // coherent ones, by location
  LitmusOutcomes outcomes_;
};

}  // namespace

LitmusOutcomes enumerate(const LitmusProgram& program) { return Enumeration(program).run(); }

}  // namespace awlab::machine
