// Relations on events as boolean matrices, with the operators that papers on memory models write
// them with: r;s is seq(r, s), r? is opt(r), r+ is plus(r), [S] is id(S). Only for the axiomatic
// reference; fixed size, so that a formula reads like the paper's and nothing is allocated.
#ifndef AWLAB_FUZZ_LITMUS_AXIOMATIC_RELATION_HPP_
#define AWLAB_FUZZ_LITMUS_AXIOMATIC_RELATION_HPP_

#include <algorithm>
#include <array>
#include <bitset>
#include <cstddef>

namespace awlab::machine::axiomatic {

constexpr std::size_t kMaxEvents = 64;
using EventSet = std::bitset<kMaxEvents>;

struct Relation {
  std::array<EventSet, kMaxEvents> row{};  // row[a][b]: a is related to b

  [[nodiscard]] bool has(std::size_t a, std::size_t b) const { return row[a][b]; }
  void add(std::size_t a, std::size_t b) { row[a].set(b); }
};

inline Relation operator|(Relation r, const Relation& s) {
  for (std::size_t a = 0; a < kMaxEvents; ++a) r.row[a] |= s.row[a];
  return r;
}

inline Relation operator&(Relation r, const Relation& s) {
  for (std::size_t a = 0; a < kMaxEvents; ++a) r.row[a] &= s.row[a];
  return r;
}

/// r without s.
inline Relation operator-(Relation r, const Relation& s) {
  for (std::size_t a = 0; a < kMaxEvents; ++a) r.row[a] &= ~s.row[a];
  return r;
}

/// [set]: the identity on a set of events.
inline Relation id(const EventSet& set) {
  Relation r;
  for (std::size_t a = 0; a < kMaxEvents; ++a) r.row[a][a] = set[a];
  return r;
}

/// r? : r or nothing.
inline Relation opt(const Relation& r) { return r | id(EventSet{}.set()); }

/// r;s;... : one after the other.
inline Relation seq(const Relation& r, const Relation& s) {
  Relation both;
  for (std::size_t a = 0; a < kMaxEvents; ++a) {
    if (r.row[a].none()) continue;
    for (std::size_t b = 0; b < kMaxEvents; ++b) {
      if (r.has(a, b)) both.row[a] |= s.row[b];
    }
  }
  return both;
}

template <typename... Rest>
Relation seq(const Relation& r, const Relation& s, const Rest&... rest) {
  return seq(seq(r, s), rest...);
}

/// r+, the transitive closure.
inline Relation plus(Relation r) {
  for (std::size_t via = 0; via < kMaxEvents; ++via) {
    if (r.row[via].none()) continue;
    for (std::size_t a = 0; a < kMaxEvents; ++a) {
      if (r.has(a, via)) r.row[a] |= r.row[via];
    }
  }
  return r;
}

inline Relation inverse(const Relation& r) {
  Relation s;
  for (std::size_t a = 0; a < kMaxEvents; ++a) {
    if (r.row[a].none()) continue;
    for (std::size_t b = 0; b < kMaxEvents; ++b) s.row[b][a] = r.has(a, b);
  }
  return s;
}

inline bool empty(const Relation& r) {
  return std::ranges::all_of(r.row, [](const EventSet& row) { return row.none(); });
}
inline bool irreflexive(const Relation& r) { return empty(r & id(EventSet{}.set())); }
inline bool acyclic(const Relation& r) { return irreflexive(plus(r)); }

}  // namespace awlab::machine::axiomatic

#endif  // AWLAB_FUZZ_LITMUS_AXIOMATIC_RELATION_HPP_
