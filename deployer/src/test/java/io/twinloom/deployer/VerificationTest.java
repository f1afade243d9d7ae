package io.twinloom.deployer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinloom.deployer.control.LogLine;
import io.twinloom.deployer.control.VerifyReport;
import io.twinloom.deployer.control.VerifyReport.Hop;
import io.twinloom.deployer.control.codec.VerifyJson;
import io.twinloom.deployer.device.DeviceClient;
import io.twinloom.deployer.error.DeployerError;
import io.twinloom.json.Json;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import io.twinloom.model.Project;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.VerifyMark;
import io.twinloom.topology.Topology;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerificationTest {

  private static final List<String> WAY =
      List.of(
          "dispatcher",
          "connector",
          "ingestion",
          "processor",
          "persister",
          "hot-writer",
          "twin-updater");

  private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
  private static final Duration LIMIT = Duration.ofSeconds(2);

  @TempDir Path folder;

  private Project project;
  private final FakeTwin twin = new FakeTwin();

  @BeforeEach
  void read() {
    project =
        Projects.of(
            folder,
            "[{\"id\": \"a\", \"properties\": [{\"name\": \"t\", \"dataType\": \"DOUBLE\"}]}]",
            "");
  }

  @Test
  void aMeasurementThatArrivesHasEveryHopWithItsTime() {
    twin.reaches(WAY, true);

    VerifyReport report = verify();

    assertThat(report.ok()).isTrue();
    assertThat(report.hops().stream().map(Hop::function))
        .containsExactly(
            "device-channel",
            "hall-dispatcher",
            "hall-connector",
            "hall-ingestion",
            "hall-processor",
            "hall-persister",
            "hall-hot-writer",
            "hall-hot-reader",
            "hall-twin-updater",
            "hall-history-reader",
            "hall-hot-to-cold-mover",
            "hall-cold-to-archive-mover");
    assertThat(report.hops()).allSatisfy(h -> assertThat(h.millis().getAsDouble()).isNotNegative());
  }

  @Test
  void itsItemIsRemovedInTheEnd() {
    twin.reaches(WAY, true);
    verify();

    assertThat(twin.items).isEmpty();
  }

  @Test
  void itsItemIsRemovedThoughTheLogCannotBeRead() {
    twin.reaches(WAY, true);
    twin.mute = true;

    assertThatThrownBy(this::verify).hasMessageContaining("The log is gone.");
    assertThat(twin.items).isEmpty();
  }

  @Test
  void whatIsStoredJustAfterTheLimitIsRemovedToo() {
    twin.reaches(WAY, true);
    twin.takes = LIMIT.plusMillis(500);

    VerifyReport report = verify();

    assertThat(report.ok()).isFalse();
    assertThat(twin.arrived).isEqualTo(1);
    assertThat(twin.items).isEmpty();
  }

  @Test
  void itSaysOnTheWayHowLongItIsWaitedFor() {
    twin.reaches(WAY, true);
    verify();

    assertThat(VerifyMark.isLate(twin.published, START.plus(LIMIT))).isFalse();
    assertThat(VerifyMark.isLate(twin.published, START.plus(LIMIT).plusMillis(1))).isTrue();
  }

  @Test
  void whatIsTriedAgainIsRemovedOnceTheLimitIsOver() {
    twin.reaches(WAY.subList(0, 6), true);
    twin.fails("twin-updater", "TL-REMOTE-FAILED");
    twin.storedAgain = LIMIT.minusMillis(1);

    assertThat(verify().ok()).isFalse();

    assertThat(twin.arrived).as("stored, and again by the second try").isEqualTo(2);
    assertThat(twin.items).isEmpty();
  }

  @Test
  void itsDeadLettersAreRemovedAndThoseOfOthersStay() {
    twin.reaches(WAY.subList(0, 3), false);
    twin.fails("processor", "TL-USER-LOGIC");
    twin.letters.add("{\"_verify\":\"other\"}");
    twin.givesUp = true;

    verify();

    assertThat(twin.letters).containsExactly("{\"_verify\":\"other\"}");
  }

  @Test
  void theMarkedChunksAreRemovedInTheEnd() {
    twin.reaches(WAY, true);
    verify();

    assertThat(twin.moved).containsExactly("hall-hot-to-cold-mover", "hall-cold-to-archive-mover");
    assertThat(twin.chunks).isEmpty();
  }

  @Test
  void aChunkThatIsLeftEndsTheWayToTheTiersWithTheReason() {
    twin.reaches(WAY, true);
    twin.stuck =
        new JsonArray(
            List.of(
                JsonObject.builder().put("key", "k").put("why", "The writer refuses.").build()));

    VerifyReport report = verify();

    assertThat(report.ok()).isFalse();
    Hop last = report.hops().getLast();
    assertThat(last.function()).isEqualTo("hall-hot-to-cold-mover");
    assertThat(last.detail()).contains("the marked chunk was left: The writer refuses.");
  }

  @Test
  void aFunctionThatFailsIsNamedAndEverythingIsRemovedAllTheSame() {
    twin.reaches(WAY, true);
    twin.broken.add("hall-history-reader");

    VerifyReport report = verify();

    assertThat(report.ok()).isFalse();
    assertThat(report.hops())
        .filteredOn(h -> !h.ok())
        .singleElement()
        .satisfies(
            h -> {
              assertThat(h.function()).isEqualTo("hall-history-reader");
              assertThat(h.detail()).contains("It is broken.");
            });
    assertThat(twin.items).isEmpty();
    assertThat(twin.chunks).isEmpty();
  }

  @Test
  void theItemsOfOthersStay() {
    JsonObject other = JsonObject.builder().put("timestamp", "x").put("_verify", "other").build();
    twin.items.add(other);
    twin.reaches(WAY, true);
    verify();

    assertThat(twin.items).containsExactly(other);
  }

  @Test
  void whereItFailsTheReportEndsWithTheReason() {
    twin.reaches(WAY.subList(0, 3), false);
    twin.fails("processor", "TL-USER-LOGIC");

    VerifyReport report = verify();

    assertThat(report.ok()).isFalse();
    Hop last = report.hops().get(report.hops().size() - 1);
    assertThat(last.function()).isEqualTo("hall-processor");
    assertThat(last.detail()).contains("TL-USER-LOGIC, tried once");
  }

  @Test
  void whereItNeverCameTheReportSaysSo() {
    twin.reaches(WAY.subList(0, 2), false);

    Hop last = verify().hops().get(3);

    assertThat(last.function()).isEqualTo("hall-ingestion");
    assertThat(last.ok()).isFalse();
    assertThat(last.detail()).contains("it did not come here in time");
  }

  @Test
  void aChannelThatDoesNotAcknowledgeIsTheFirstAndOnlyHop() {
    twin.deaf = true;

    VerifyReport report = verify();

    assertThat(report.ok()).isFalse();
    assertThat(report.hops()).hasSize(1);
    assertThat(report.hops().get(0).detail()).contains("Nobody listens.");
  }

  @Test
  void aMessageThatIsNotAcknowledgedWithinTheLimitIsTheFirstAndOnlyHop() {
    twin.silent = true;

    VerifyReport report =
        new Verification(project, Topology.of(project), twin, twin, new Random(1))
            .run(Optional.empty(), Duration.ofMillis(1));

    assertThat(report.hops())
        .singleElement()
        .satisfies(hop -> assertThat(hop.detail().orElse("")).contains("did not acknowledge"));
  }

  @Test
  void theResultHasTheShapeThatIsDocumented() {
    twin.reaches(WAY.subList(0, 2), false);

    JsonObject json = VerifyJson.write(verify());

    assertThat(json.members()).containsKeys("ok", "hops");
    JsonObject hop = (JsonObject) json.array("hops").orElse(JsonArray.EMPTY).values().get(1);
    assertThat(hop.toString())
        .isEqualTo("{\"function\":\"hall-dispatcher\",\"cloud\":\"aws\",\"ok\":true,\"ms\":1.5}");
  }

  private VerifyReport verify() {
    return new Verification(project, Topology.of(project), twin, twin, new Random(1))
        .run(Optional.empty(), LIMIT);
  }

  /** A twin that a measurement gets so far in; its time passes by waiting only. */
  private static final class FakeTwin implements VerificationTarget, StoreAccess {
    private final List<JsonObject> items = new ArrayList<>();
    private final List<JsonObject> log = new ArrayList<>();
    private List<String> way = List.of();
    private boolean stored;
    private boolean deaf;
    private boolean silent;
    private final Set<String> broken = new HashSet<>();
    private final List<String> moved = new ArrayList<>();
    private final Set<String> chunks = new HashSet<>();
    private JsonArray stuck = JsonArray.EMPTY;
    private Instant now = START;
    private final Map<Instant, JsonObject> underWay = new TreeMap<>();
    private final List<String> letters = new ArrayList<>();
    private JsonObject published = JsonObject.EMPTY;
    private Duration takes = Duration.ZERO;
    private Duration storedAgain = Duration.ZERO;
    private int arrived;
    private boolean mute;
    private boolean givesUp;

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
}
