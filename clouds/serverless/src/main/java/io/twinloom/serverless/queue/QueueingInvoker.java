package io.twinloom.serverless.queue;

import io.twinloom.functions.port.FunctionInvoker;
import io.twinloom.functions.port.Handed;
import io.twinloom.functions.port.InvocationException;
import io.twinloom.json.JsonObject;
import io.twinloom.serverless.queue.FunctionQueue.Outgoing;
import io.twinloom.serverless.queue.QueueMessage.Packed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Hands events to functions that have a queue through it, many in one message, and to others as the
 * cloud invokes them.
 */
public final class QueueingInvoker implements FunctionInvoker {
  private final FunctionInvoker direct;
  private final FunctionQueue queue;
  private final Set<String> queued;

  /**
   * @param direct calls functions, and invokes those without a queue
   * @param queued the names of the functions that have one
   */
  public QueueingInvoker(FunctionInvoker direct, FunctionQueue queue, Set<String> queued) {
    this.direct = direct;
    this.queue = queue;
    this.queued = Set.copyOf(queued);
  }

  @Override
  public JsonObject call(String function, JsonObject event) {
    return direct.call(function, event);
  }

  @Override
  public JsonObject call(String function, JsonObject event, String trace) {
    return direct.call(function, event, trace);
  }

  @Override
  public List<Called> callAll(String function, List<Call> calls) {
    return direct.callAll(function, calls);
  }

  @Override
  public void invokeLater(String function, JsonObject event) {
    if (!queued.contains(function)) {
      direct.invokeLater(function, event);
      return;
    }
    handOn(List.of(List.of(Handed.to(function, event))))
        .getFirst()
        .getFirst()
        .ifPresent(
            why -> {
              throw why;
            });
  }

  /** Where the refusal of an event goes. */
  private record Slot(int cause, int number) {}

  @Override
  public List<List<Optional<InvocationException>>> handOn(List<List<Handed>> byCause) {
    List<List<Optional<InvocationException>>> refusals = new ArrayList<>(byCause.size());
    Map<String, List<Slot>> slots = new LinkedHashMap<>();
    for (int cause = 0; cause < byCause.size(); cause++) {
      List<Handed> handed = byCause.get(cause);
      List<Optional<InvocationException>> own = new ArrayList<>(handed.size());
      for (int number = 0; number < handed.size(); number++) {
        own.add(Optional.empty());
        if (queued.contains(handed.get(number).function())) {
          slots
              .computeIfAbsent(handed.get(number).function(), name -> new ArrayList<>())
              .add(new Slot(cause, number));
        }
      }
      refusals.add(own);
    }
    send(byCause, slots, refusals);
    for (int cause = 0; cause < byCause.size(); cause++) {
      invokeDirectly(byCause.get(cause), refusals.get(cause));
    }
    return refusals;
  }

  private void send(
      List<List<Handed>> byCause,
      Map<String, List<Slot>> slots,
      List<List<Optional<InvocationException>>> refusals) {
    List<Outgoing> messages = new ArrayList<>();
    List<List<Slot>> carried = new ArrayList<>();
    slots.forEach(
        (function, places) -> {
          List<QueuedEvent> events =
              places.stream()
                  .map(slot -> byCause.get(slot.cause()).get(slot.number()).event())
                  .map(QueuedEvent::first)
                  .toList();
          int at = 0;
          for (Packed packed : QueueMessage.pack(events, QueueMessage.MAX_EVENTS)) {
            messages.add(new Outgoing(function, packed.body(), Duration.ZERO));
            carried.add(places.subList(at, at + packed.events().size()));
            at += packed.events().size();
          }
        });
    if (messages.isEmpty()) {
      return;
    }
    List<Optional<InvocationException>> refused = queue.send(messages);
    for (int i = 0; i < refused.size(); i++) {
      Optional<InvocationException> why = refused.get(i);
      if (why.isPresent()) {
        carried.get(i).forEach(slot -> refusals.get(slot.cause()).set(slot.number(), why));
      }
    }
  }

  /** In their order: behind one without which their cause is not done, nothing more is invoked. */
  private void invokeDirectly(List<Handed> handed, List<Optional<InvocationException>> refusals) {
    Optional<InvocationException> failed = Optional.empty();
    for (int i = 0; i < handed.size(); i++) {
      if (!queued.contains(handed.get(i).function())) {
        refusals.set(i, failed.isPresent() ? failed : invokedDirectly(handed.get(i)));
      }
      if (!handed.get(i).replayable() && failed.isEmpty()) {
        failed = refusals.get(i);
      }
    }
  }

  private Optional<InvocationException> invokedDirectly(Handed handed) {
    try {
      direct.invokeLater(handed.function(), handed.event());
      return Optional.empty();
    } catch (InvocationException e) {
      return Optional.of(e);
    }
  }
}
