#include "fuzz/machine/seq_cst.hpp"

#include <algorithm>
#include <bitset>
#include <optional>
#include <vector>

#include "fuzz/machine/graph.hpp"

namespace awlab::machine {
namespace {

using Set = std::bitset<kMaxEvents>;
using Relation = std::vector<Set>;

// The relations of one graph, over its events without the first values.
class Psc {
 public:
  explicit Psc(const Graph& graph) : graph_(graph) {
    for (EventId id = graph.events_before_threads(); id < graph.size(); ++id) {
      if (graph[id].thread != kOutside) events_.push_back(id);
    }
    read_relations();
  }

  [[nodiscard]] bool acyclic() const {
    std::vector<std::size_t> seq_cst;
    for (std::size_t i = 0; i < events_.size(); ++i) {
      if (at(i).operation.order == std::memory_order_seq_cst) seq_cst.push_back(i);
    }
    const Relation scb = before_in_sc();
    Relation psc(events_.size());
    for (const std::size_t a : seq_cst) {
      const Set from = after(after(starts(a), scb), hb_or_same_);
      const Set direct = after(starts(a), scb);
      const Set through = is_fence(a) ? hb_[a] | after(after(hb_[a], eco_), hb_) : Set();
      for (const std::size_t b : seq_cst) {
        psc[a][b] = direct[b] || (is_fence(b) && (from[b] || through[b]));
      }
    }
    return !has_cycle(psc, seq_cst);
  }

 private:
  const Event& at(std::size_t i) const { return graph_[events_[i]]; }
  bool is_fence(std::size_t i) const { return at(i).operation.op == Step::kFence; }
  bool same_location(std::size_t a, std::size_t b) const {
    return !is_fence(a) && !is_fence(b) && at(a).operation.location == at(b).operation.location;
  }
  bool happens_before(std::size_t a, std::size_t b) const {
    return a != b && at(b).clock[at(a).thread] >= at(a).index;
  }

  // True if write `newer` comes after write `older` in modification order.
  bool modified_after(EventId older, EventId newer) const {
    for (EventId id = graph_[older].newer; id != kNoEvent; id = graph_[id].newer) {
      if (id == newer) return true;
    }
    return false;
  }

  // mo, rf or rb, each of which leads onward in the history of one location.
  bool extends(std::size_t a, std::size_t b, bool with_reads_from) const {
    if (a == b || !same_location(a, b)) return false;
    const bool mo = at(a).is_write && at(b).is_write && modified_after(events_[a], events_[b]);
    const bool rb = at(a).is_read && at(b).is_write && modified_after(at(a).choice.at, events_[b]);
    const bool rf = with_reads_from && at(b).is_read && at(b).choice.at == events_[a];
    return mo || rb || rf;
  }

  void read_relations() {
    const std::size_t n = events_.size();
    hb_.resize(n);
    hb_or_same_.resize(n);
    eco_.resize(n);
    for (std::size_t a = 0; a < n; ++a) {
      for (std::size_t b = 0; b < n; ++b) {
        hb_[a][b] = happens_before(a, b);
        eco_[a][b] = extends(a, b, true);
      }
      hb_or_same_[a] = hb_[a];
      hb_or_same_[a][a] = true;
    }
    for (std::size_t k = 0; k < n; ++k) {
      for (std::size_t a = 0; a < n; ++a) {
        if (eco_[a][k]) eco_[a] |= eco_[k];
      }
    }
  }

  Relation before_in_sc() const {
    const std::size_t n = events_.size();
    Relation po_elsewhere(n);
    Relation scb(n);
    for (std::size_t a = 0; a < n; ++a) {
      for (std::size_t b = 0; b < n; ++b) {
        const bool po = at(a).thread == at(b).thread && at(a).index < at(b).index;
        po_elsewhere[a][b] = po && !same_location(a, b);
        scb[a][b] = po || (hb_[a][b] && same_location(a, b)) || extends(a, b, false);
      }
    }
    for (std::size_t a = 0; a < n; ++a) {
      scb[a] |= after(after(po_elsewhere[a], hb_), po_elsewhere);
    }
    return scb;
  }

  // The events to which `relation` leads from any of `set`.
  static Set after(const Set& set, const Relation& relation) {
    Set result;
    for (std::size_t i = 0; i < relation.size(); ++i) {
      if (set[i]) result |= relation[i];
    }
    return result;
  }

  Set starts(std::size_t a) const {
    Set set;
    set[a] = true;
    return is_fence(a) ? hb_or_same_[a] : set;
  }

  static bool has_cycle(Relation relation, const std::vector<std::size_t>& members) {
    for (const std::size_t k : members) {
      for (const std::size_t a : members) {
        if (relation[a][k]) relation[a] |= relation[k];
      }
    }
    return std::ranges::any_of(members, [&](std::size_t a) { return relation[a][a]; });
  }

  const Graph& graph_;
  std::vector<EventId> events_;
  Relation hb_;
  Relation hb_or_same_;
  Relation eco_;
};

// True if the seq_cst events are accesses of one location. Then every edge of psc is one of
// happens- before or of the history of that location, and coherence, which the graph keeps, leaves
// no cycle.
bool of_one_location(const Graph& graph) {
  std::optional<Location> location;
  for (EventId id = graph.events_before_threads(); id < graph.size(); ++id) {
    const Operation& operation = graph[id].operation;
    if (graph[id].thread == kOutside || operation.order != std::memory_order_seq_cst) continue;
    if (operation.op == Step::kFence ||
        location.value_or(operation.location) != operation.location) {
      return false;
    }
    location = operation.location;
  }
  return true;
}

}  // namespace

bool seq_cst_consistent(const Graph& graph) {
  return of_one_location(graph) || Psc(graph).acyclic();
}

}  // namespace awlab::machine
