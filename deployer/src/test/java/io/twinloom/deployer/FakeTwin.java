package io.twinloom.deployer;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.deployer.control.LogLine;
import io.twinloom.deployer.device.DeviceClient;
import io.twinloom.deployer.error.DeployerError;
import io.twinloom.json.Json;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import io.twinloom.model.TwinloomException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;

/** A twin that a measurement gets so far in; its time passes by waiting only. */
final class FakeTwin implements VerificationTarget, StoreAccess {
  static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
  final List<JsonObject> items = new ArrayList<>();
  private final List<JsonObject> log = new ArrayList<>();
  private List<String> way = List.of();
  private boolean stored;
  boolean deaf;
  boolean silent;
  final Set<String> broken = new HashSet<>();
  final List<String> moved = new ArrayList<>();
  final Set<String> chunks = new HashSet<>();
  JsonArray stuck = JsonArray.EMPTY;
  private Instant now = START;
  private final Map<Instant, JsonObject> underWay = new TreeMap<>();
  final List<String> letters = new ArrayList<>();
  JsonObject published = JsonObject.EMPTY;
  Duration takes = Duration.ZERO;
  Duration storedAgain = Duration.ZERO;
  int arrived;
  boolean mute;
  boolean givesUp;

  void reaches(List<String> functions, boolean andIsStored) {
    way = functions;
    stored = andIsStored;
  }

  void fails(String function, String code) {
    log.add(line(function, code));
  }

  @Override
  public DeviceClient devices() {
    if (deaf) {
      throw new TwinloomException(DeployerError.CLOUD_UNREACHABLE, "Nobody listens.", "", "");
    }
    return new DeviceClient() {
      @Override
      public CompletionStage<Void> publish(String device, byte[] payload) {
        take(payload);
        return silent ? new CompletableFuture<>() : CompletableFuture.completedFuture(null);
      }

      @Override
      public void listen(BiConsumer<String, byte[]> received) {
        throw new UnsupportedOperationException();
      }

      @Override
      public boolean isConnected() {
        return true;
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public void close() {}

  @Override
  public Duration patience() {
    return Duration.ofSeconds(2);
  }

  private void take(byte[] payload) {
    JsonObject event = Json.parseObject(payload);
    published = event;
    String mark = event.text("_verify").orElseThrow();
    log.add(
        JsonObject.builder()
            .put("function", "hall-dispatcher")
            .put("trace_id", "trace")
            .put("fields", JsonObject.builder().put("verify", mark).build())
            .build());
    way.forEach(function -> log.add(0, line(function, "ok")));
    if (givesUp) {
      letters.add(event.toString());
    }
    if (stored) {
      underWay.put(now.plus(takes), event);
      if (storedAgain.isPositive()) {
        underWay.put(now.plus(storedAgain), event);
      }
    }
    arrive();
  }

  private void arrive() {
    underWay
        .entrySet()
        .removeIf(
            one -> {
              boolean there = !one.getKey().isAfter(now);
              if (there) {
                items.add(one.getValue());
                arrived++;
              }
              return there;
            });
  }

  private static JsonObject line(String function, String outcome) {
    return JsonObject.builder()
        .put("function", "hall-" + function)
        .put("trace_id", "trace")
        .put("outcome", outcome)
        .put("ms", 1.5)
        .build();
  }

  @Override
  public List<LogLine> log(Optional<String> trace, Instant since) {
    if (mute) {
      throw new TwinloomException(DeployerError.CLOUD_UNREACHABLE, "The log is gone.", "", "");
    }
    return log.stream()
        .filter(l -> trace.isEmpty() || l.text("trace_id").equals(trace))
        .map(LogLine::new)
        .toList();
  }

  @Override
  public JsonValue call(String function, JsonObject event) {
    if (broken.contains(function)) {
      throw new TwinloomException(DeployerError.CLOUD_UNREACHABLE, "It is broken.", "", "");
    }
    if (function.endsWith("-mover")) {
      moved.add(function);
      chunks.add("_verify");
      return JsonObject.builder().put("left", stuck).build();
    }
    assertThat(function).isIn("hall-hot-reader", "hall-history-reader");
    return JsonObject.builder().put("items", new JsonArray(List.copyOf(items))).build();
  }

  @Override
  public void removeItem(String device, String timestamp) {
    items.removeIf(item -> item.text("timestamp").equals(Optional.of(timestamp)));
  }

  @Override
  public void removeDeadLetters(String text, Instant since) {
    assertThat(since).isEqualTo(START);
    letters.removeIf(letter -> letter.contains(text));
  }

  @Override
  public void removeChunks(String device) {
    chunks.remove(device);
  }

  @Override
  public void pause(Duration duration) {
    now = now.plus(duration);
    arrive();
  }

  @Override
  public Instant now() {
    return now;
  }
}
