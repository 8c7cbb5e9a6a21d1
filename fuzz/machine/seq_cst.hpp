// RC11's axiom on sequential consistency: the partial order psc of an execution has no cycle.
//
// With [E] the seq_cst events and [F] the seq_cst fences among them,
//   scb  = po | po-other-location ; hb ; po-other-location | hb-same-location | mo | rb
//   base = ([E] | [F] ; hb?) ; scb ; ([E] | hb? ; [F])
//   psc  = base | [F] ; (hb | hb ; eco ; hb) ; [F]
// where rb leads from a read to the writes after the one it read, and eco is the transitive closure
// of rf, mo and rb. A read-modify-write is one event, which changes nothing: what comes to its
// write from a newer or older write, and leaves from its read, also leaves from its write.
//
// Source: Lahav et al., PLDI 2017, section 3.3.
#ifndef AWLAB_FUZZ_MACHINE_SEQ_CST_HPP_
#define AWLAB_FUZZ_MACHINE_SEQ_CST_HPP_

namespace awlab::machine {

class Graph;

/// True if psc of `graph` is acyclic. Cubic in the number of events: call it only for graphs with
/// two or more seq_cst events, since others cannot violate it.
bool seq_cst_consistent(const Graph& graph);

}  // namespace awlab::machine

#endif  // AWLAB_FUZZ_MACHINE_SEQ_CST_HPP_
