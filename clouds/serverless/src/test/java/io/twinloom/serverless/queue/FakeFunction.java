package io.twinloom.serverless.queue;

import io.twinloom.functions.http.HostedFunction;
import io.twinloom.functions.http.HttpAnswer;
import io.twinloom.functions.http.HttpHead;
import io.twinloom.functions.outcome.Outcome;
import io.twinloom.functions.port.AsyncInvoker;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** A function whose outcomes a test decides; remembers which events it was given together. */
class FakeFunction implements HostedFunction {
  final List<List<String>> runs = Collections.synchronizedList(new ArrayList<>());
  Function<String, Outcome> outcome = name -> Outcome.Done.NOTHING;
  Function<String, String> lane = name -> "";
  boolean batches = true;

  static JsonObject event(String name) {
    return JsonObject.builder().put("name", name).put("trace_id", "trace-" + name).build();
  }

  static String name(JsonObject event) {
    return event.text("name").orElseThrow();
  }

  @Override
  public List<Outcome> invokeAll(List<JsonObject> events, AsyncInvoker later) {
    List<String> names = events.stream().map(FakeFunction::name).toList();
    runs.add(names);
    return names.stream().map(outcome).toList();
  }

  @Override
  public boolean takesBatches() {
    return batches;
  }

  @Override
  public String lane(Supplier<JsonObject> given) {
    JsonObject event = given.get();
    return lane.apply(name(event));
  }

  @Override
  public JsonValue invoke(JsonObject event) {
    throw new AssertionError("it is run with a batch");
  }

  @Override
  public Optional<HttpAnswer> refuse(HttpHead head) {
    return Optional.empty();
  }

  @Override
  public HttpAnswer receive(HttpHead head, byte[] body) {
    throw new AssertionError("it has no endpoint");
  }

  @Override
  public boolean isReceiver() {
    return false;
  }
}
