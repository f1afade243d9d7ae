package io.twinloom.local.invoke;

import io.twinloom.functions.outcome.Outcome;
import io.twinloom.functions.pipeline.Failures;
import io.twinloom.functions.port.AsyncInvoker;
import io.twinloom.functions.port.Handed;
import io.twinloom.functions.port.InvocationException;
import io.twinloom.json.JsonObject;
import io.twinloom.model.TwinloomException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/**
 * Functions that are given batches: the lane of an event is its member {@code lane}, and what a
 * function does with an event a test says.
 */
final class BatchRunner implements FunctionRunner {

  /** A run, by the values of its events. */
  record Run(String function, List<String> values) {}

  final ConcurrentLinkedQueue<Run> runs = new ConcurrentLinkedQueue<>();
  private final LaneRule rule;
  private final BiFunction<String, String, Outcome> work;

  /**
   * @param work given function and value; what it throws fails the whole batch
   */
  BatchRunner(LaneRule rule, BiFunction<String, String, Outcome> work) {
    this.rule = rule;
    this.work = work;
  }

  static JsonObject json(String value) {
    return JsonObject.builder().put("value", value).build();
  }

  static JsonObject json(String value, String lane) {
    return JsonObject.builder().put("value", value).put("lane", lane).build();
  }

  static Outcome handing(String function, String... values) {
    List<Handed> next = new ArrayList<>();
    for (String value : values) {
      next.add(Handed.to(function, json(value)));
    }
    return new Outcome.Done(next, JsonObject.EMPTY);
  }

  static Outcome failed(String why) {
    return new Outcome.Failed(InvocationException.failed(why, "f", ""));
  }

  @Override
  public List<Outcome> run(String function, List<JsonObject> events, AsyncInvoker scope) {
    List<String> values = events.stream().map(e -> e.text("value").orElseThrow()).toList();
    runs.add(new Run(function, values));
    List<Outcome> outcomes =
        new ArrayList<>(values.stream().map(value -> work.apply(function, value)).toList());
    scope.handOn(
        outcomes.stream()
            .map(o -> o instanceof Outcome.Done done ? done.next() : List.<Handed>of())
            .toList());
    return outcomes;
  }

  @Override
  public Optional<InvocationException> unknown(String function) {
    return Optional.empty();
  }

  @Override
  public Outcome failure(String function, Throwable thrown) {
    return thrown instanceof TwinloomException known
        ? Failures.outcome(known)
        : failed(String.valueOf(thrown.getMessage()));
  }

  @Override
  public String lane(String function, Supplier<JsonObject> event) {
    return event.get().text("lane").orElse("");
  }

  @Override
  public LaneRule rule(String function) {
    return rule;
  }
}
