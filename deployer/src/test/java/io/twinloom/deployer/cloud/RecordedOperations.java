package io.twinloom.deployer.cloud;

import io.twinloom.deployer.StatusReport.Counts;
import io.twinloom.deployer.error.DeployerError;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import io.twinloom.model.Provider;
import io.twinloom.model.TwinloomException;
import io.twinloom.topology.DeployedFunction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/** One cloud's part of a deployed twin, which does as it is told. */
final class RecordedOperations implements CloudOperations {

  private final Provider cloud;

  final List<String> done = new ArrayList<>();
  final Map<String, String> inactive = new HashMap<>();
  final Map<String, Letter> letters = new LinkedHashMap<>();
  final List<JsonObject> log = new ArrayList<>();
  private String unreplayable = "";
  BiFunction<String, JsonObject, JsonValue> answers = (function, event) -> JsonObject.EMPTY;

  RecordedOperations(Provider cloud) {
    this.cloud = cloud;
  }

  @Override
  public Map<String, FunctionState> functions(List<DeployedFunction> functions) {
    Map<String, FunctionState> states = new LinkedHashMap<>();
    for (DeployedFunction function : functions) {
      String problem = inactive.get(function.name());
      if (!"gone".equals(problem)) {
        states.put(
            function.name(),
            new FunctionState(
                problem == null,
                Optional.ofNullable(problem),
                new Counts(7, 1, "2026-03-01T00:00:00Z")));
      }
    }
    return states;
  }

  @Override
  public Instant countedSince() {
    return Instant.EPOCH;
  }

  @Override
  public JsonValue call(DeployedFunction function, JsonObject event) {
    done.add("call " + function.name() + " " + event);
    return answers.apply(function.name(), event);
  }

  @Override
  public List<JsonObject> log(LogRequest request) {
    return log.stream()
        .filter(
            line ->
                request.function().isEmpty()
                    || line.text("function").equals(request.function().map(f -> f.name())))
        .toList();
  }

  @Override
  public Letters deadLetters(int limit) {
    return new Letters(letters.values().stream().limit(limit).toList(), letters.size());
  }

  /** Handing this letter's event in again fails. */
  void cannotReplay(String id) {
    unreplayable = id;
  }

  @Override
  public boolean replay(String id) {
    if (id.equals(unreplayable)) {
      throw new TwinloomException(
          DeployerError.CLOUD_REFUSED, "Its function is gone.", id, "Deploy again.", false, null);
    }
    return letters.remove(id) != null;
  }

  @Override
  public JsonObject restore(String device, String from, String to) {
    done.add("restore " + device);
    return JsonObject.EMPTY;
  }

  @Override
  public JsonObject askTwin(String operation, JsonObject request) {
    done.add(operation);
    return JsonObject.EMPTY;
  }

  @Override
  public List<JsonObject> tiers() {
    return List.of(JsonObject.builder().put("cloud", cloud.id()).build());
  }

  @Override
  public void removeItem(String device, String timestamp) {
    done.add("remove " + device + " " + timestamp);
  }

  @Override
  public void removeDeadLetters(String text, Instant since) {
    letters.values().removeIf(letter -> letter.event().toString().contains(text));
  }

  @Override
  public void removeChunks(String device) {
    done.add("remove chunks of " + device);
  }

  @Override
  public void close() {}
}
