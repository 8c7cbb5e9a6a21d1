#include "fuzz/machine/recorder.hpp"

namespace awlab::machine {
namespace {

// False for steps that a trace does not show: the lives of objects, and parking, which scenarios
// note.
bool is_shown(Step op) {
  return is_atomic(op) || op == Step::kFence || is_plain(op) || is_of_waiting(op);
}

// The write whose value `read` sees: steps of waiting only hand it on.
EventId source_of(const Graph& graph, EventId write) {
  while (is_of_waiting(graph[write].operation.op)) write = graph[write].choice.at;
  return write;
}

// The step as a trace shows it: an ended compare-exchange is no longer strong or weak.
Step ended(Step op, bool success) {
  return !is_cas(op) ? op : success ? Step::kCas : Step::kCasFailed;
}

}  // namespace

void Recorder::add_step(const Graph& graph, int thread, const Operation& operation,
                        const char* function) {
  if (operation.op == Step::kDestroy) trace_->end_object(addresses_[operation.location], thread);
  if (!is_shown(operation.op)) return;
  TraceEvent event;
  event.thread = static_cast<std::int8_t>(thread);
  event.function = function;
  event.object = operation.op == Step::kFence ? nullptr : addresses_[operation.location];
  if (is_plain(operation.op)) {
    event.step = operation.op;
    trace_->add(event);
    return;
  }
  const EventId id = graph.last_of(thread);
  const Event& made = graph[id];
  event.step = ended(operation.op, made.is_write);
  event.order = made.operation.order;
  event.spurious = made.choice.spurious;
  event.read = made.read;
  event.written = made.written;
  if (made.is_read) {
    const EventId source = source_of(graph, made.choice.at);
    const bool set_up = graph[source].thread == kOutside;
    event.reads_from = set_up ? last_write_[operation.location] : index_of_[source];
  }
  if (event.step == Step::kStore) {
    const EventId behind = source_of(graph, made.choice.at);
    event.placed_after =
        graph[behind].thread == kOutside ? last_write_[operation.location] : index_of_[behind];
  }
  index_of_[id] = trace_->add(event);
}

void Recorder::add_outside_step(const Operation& operation, Answer result, std::uint64_t written,
                                const char* function) {
  if (operation.op == Step::kDestroy) trace_->end_object(addresses_[operation.location], kOutside);
  if (!is_shown(operation.op)) return;
  TraceEvent event;
  event.step = ended(operation.op, result.success);
  event.function = function;
  event.order = result.success ? operation.order : operation.failure;
  event.object = operation.op == Step::kFence ? nullptr : addresses_[operation.location];
  event.read = reads(operation.op) ? result.value : 0;
  event.written = result.success ? written : operation.operand;
  std::int32_t& last = last_write_[operation.location];
  event.reads_from = last;
  const std::int32_t index = trace_->add(event);
  if (is_write(event.step)) last = index;
}

void Recorder::last_writes(const Graph& graph) {
  for (EventId id = 0; id < graph.size(); ++id) {
    const Event& event = graph[id];
    if (event.is_write && event.thread != kOutside && event.newer == kNoEvent) {
      const EventId source = source_of(graph, id);
      if (graph[source].thread != kOutside) {
        last_write_[event.operation.location] = index_of_[source];
      }
    }
  }
}

}  // namespace awlab::machine
