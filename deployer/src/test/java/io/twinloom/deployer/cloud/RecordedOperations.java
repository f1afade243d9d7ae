package io.twinloom.deployer.cloud;

import io.twinloom.deployer.CloudOperations.FunctionCounts;
import io.twinloom.deployer.StoredEvents;
import io.twinloom.deployer.change.TouchedData;
import io.twinloom.deployer.control.DeadLetterEntry;
import io.twinloom.deployer.control.DeadLetterPage;
import io.twinloom.deployer.control.ImportReport;
import io.twinloom.deployer.control.LogLine;
import io.twinloom.deployer.control.RestoreReport;
import io.twinloom.deployer.control.TierSize;
import io.twinloom.deployer.control.TwinRead;
import io.twinloom.deployer.error.DeployerError;
import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import io.twinloom.model.Connections;
import io.twinloom.model.Layer;
import io.twinloom.model.Provider;
import io.twinloom.model.TwinConfig.SigningMode;
import io.twinloom.model.TwinloomException;
import io.twinloom.topology.DeployedFunction;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/** One cloud's part of a deployed twin, which follows a script. */
final class RecordedOperations implements AccountOperations {

  private final Provider cloud;

  final List<String> done = new ArrayList<>();
  final Map<String, String> inactive = new HashMap<>();
  final Map<String, DeadLetterEntry> letters = new LinkedHashMap<>();
  final List<LogLine> log = new ArrayList<>();
  Duration overdue = Duration.ZERO;
  Optional<TwinloomException> refusal = Optional.empty();
  private final Set<String> unreplayable = new HashSet<>();

  /** The tiers whose stores hold nothing. */
  final Set<Layer> empty = EnumSet.noneOf(Layer.class);

  /** Takes what is posted to other clouds' receivers. */
  BiConsumer<Connections.Connection, JsonObject> posts = (over, body) -> {};

  private final Map<Layer, ListedContents> contents = new EnumMap<>(Layer.class);
  BiFunction<String, JsonObject, JsonValue> answers = (function, event) -> JsonObject.EMPTY;

  /** When functions were last given anything. */
  final Map<String, String> lastEvents = new HashMap<>();

  /** When devices were last seen here. */
  final Map<String, Instant> seen = new HashMap<>();

  /** What still waits for functions. */
  Function<List<DeployedFunction>, List<String>> waits = functions -> List.of();

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
                new FunctionCounts(7, 1, "2026-03-01T00:00:00Z")));
      }
    }
    return states;
  }

  @Override
  public Duration overdue(DeployedFunction mover) {
    return overdue;
  }

  @Override
  public JsonValue call(DeployedFunction function, JsonObject event) {
    done.add("call " + function.name() + " " + event);
    return answers.apply(function.name(), event);
  }

  @Override
  public List<LogLine> log(LogRequest request) {
    return log.stream()
        .filter(
            line ->
                request.function().isEmpty()
                    || line.function().equals(request.function().get().name()))
        .toList();
  }

  @Override
  public Optional<String> lastEvent(DeployedFunction function, Instant since) {
    return Optional.ofNullable(lastEvents.get(function.name()));
  }

  @Override
  public Map<String, Instant> lastSeen(List<String> devices) {
    Map<String, Instant> found = new HashMap<>(seen);
    found.keySet().retainAll(devices);
    return found;
  }

  @Override
  public List<String> waiting(List<DeployedFunction> functions) {
    return waits.apply(functions);
  }

  @Override
  public DeadLetterPage deadLetters(int limit) {
    return new DeadLetterPage(letters.values().stream().limit(limit).toList(), letters.size());
  }

  @Override
  public List<String> deadLetterIds() {
    return List.copyOf(letters.keySet());
  }

  /** Handing this letter's event in again fails. */
  void cannotReplay(String id) {
    unreplayable.add(id);
  }

  @Override
  public Optional<Replayable> replayable(String id) {
    if (unreplayable.contains(id)) {
      throw new TwinloomException(
          DeployerError.CLOUD_REFUSED, "Its function is gone.", id, "Deploy again.", false, null);
    }
    return Optional.ofNullable(letters.get(id))
        .map(
            letter ->
                new Replayable(
                    letter.function(),
                    letter.event() instanceof JsonObject event ? event : JsonObject.EMPTY));
  }

  @Override
  public void invokeLater(String function, JsonObject event) {
    done.add("invoke " + function + " " + event);
  }

  @Override
  public void takeOver(DeadLetterEntry letter, Optional<String> replayedBy) {
    if (refusal.isPresent()) {
      throw refusal.get();
    }
    DeadLetterEntry kept =
        DeadLetterEntry.of(cloud.id() + "-from-" + letter.id(), cloud, letter.time())
            .function(replayedBy.orElse(letter.function()))
            .error(letter.error())
            .attempts(letter.attempts())
            .traceId(letter.traceId())
            .event(letter.keptEvent())
            .build();
    letters.put(kept.id(), kept);
    if (replayedBy.isEmpty()) {
      cannotReplay(kept.id());
    }
  }

  @Override
  public boolean discard(String id) {
    return letters.remove(id) != null;
  }

  @Override
  public RestoreReport restore(String device, String from, String to) {
    done.add("restore " + device);
    return new RestoreReport(7, List.of());
  }

  @Override
  public TwinRead readTwin(String operation, JsonObject request) {
    done.add(operation);
    return new TwinRead(operation, JsonObject.EMPTY);
  }

  @Override
  public List<TierSize> tiers() {
    return List.of(new TierSize.Items(Layer.L3_HOT, cloud, 5));
  }

  @Override
  public boolean isEmpty(Layer tier) {
    return empty.contains(tier);
  }

  @Override
  public ListedContents contents(Layer tier) {
    return contents.computeIfAbsent(tier, layer -> new ListedContents());
  }

  @Override
  public TouchedData.Stored held(Layer tier, String name, boolean counted) {
    return new TouchedData.Stored(
        name,
        cloud,
        new TouchedData.Amount(
            "items", counted ? 7 : 5, 2_000_000, Optional.empty(), Optional.empty()),
        counted ? "counted now" : "its cloud says");
  }

  @Override
  public void post(
      Connections.Connection over,
      SigningMode signing,
      byte[] body,
      String trace,
      RandomGenerator random) {
    posts.accept(over, Json.parseObject(body));
  }

  @Override
  public ImportReport importItems(List<JsonObject> items, StoredEvents known) {
    done.add("import " + items.size());
    return new ImportReport(items.size(), 0, List.of(), 0);
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
}
