package io.twinloom.server.twin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinloom.deployer.client.ControlClient;
import io.twinloom.deployer.control.ChangeOrder;
import io.twinloom.deployer.control.DiscardReport;
import io.twinloom.deployer.control.HistoryRequest;
import io.twinloom.deployer.control.ReplayReport;
import io.twinloom.deployer.control.StoreMode;
import io.twinloom.deployer.control.TierMove;
import io.twinloom.deployer.live.TwinServer;
import io.twinloom.json.JsonObject;
import io.twinloom.model.Layer;
import io.twinloom.model.TwinloomException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a command asks of a running twin arrives there, and its answers and errors come back. */
class ControlClientTest {

  private final AskedTwin twin = new AskedTwin();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final AtomicReference<String> stoppedBy = new AtomicReference<>();
  private TwinServer.Mounted server;
  private ControlClient client;

  @BeforeEach
  void start() {
    server =
        ServedTwin.mount(
            twin,
            by -> {
              stoppedBy.set(by);
              stopped.countDown();
            });
    client = new ControlClient(server.address(), ServedTwin.NAME);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aQueryArrivesAsItWasAsked() {
    HistoryRequest asked =
        new HistoryRequest(
            "gerät 1&2",
            Optional.of("t=°C"),
            Optional.of("2026-01-01"),
            Optional.empty(),
            Optional.of("a+b/="),
            true,
            17);

    assertThat(client.query(asked)).isEqualTo(AskedTwin.PAGE);
    assertThat(twin.asked).containsExactly(asked);
  }

  @Test
  void anArchiveIsAskedForARange() {
    assertThat(client.restore("d 1", "2026-01-01", "2026-02-01")).isEqualTo(AskedTwin.RESTORED);
    assertThat(twin.asked).containsExactly(List.of("d 1", "2026-01-01", "2026-02-01"));
  }

  @Test
  void theTwinServiceIsAskedByTheNamesOfTwinMaker() {
    JsonObject request = JsonObject.builder().put("maxResults", 5).build();
    assertThat(client.readTwin("ListEntities", request).response().get("asked")).isEqualTo(request);
    assertThat(twin.asked).containsExactly("ListEntities");
  }

  @Test
  void theStatusAndTheDeadLettersArriveAsTheyAre() {
    twin.healthy = true;
    assertThat(client.status()).isEqualTo(AskedTwin.STATUS);
    assertThat(client.deadLetters()).isEqualTo(AskedTwin.LETTERS);
  }

  @Test
  void deadLettersAreReplayedByTheirIds() {
    assertThat(client.replay(List.of("a", "b")))
        .isEqualTo(new ReplayReport(1, List.of(new ReplayReport.Left("b", "gone"))));
    assertThat(twin.asked).containsExactly(List.of("a", "b"));
  }

  @Test
  void allDeadLettersAreThoseThatThereAre() {
    assertThat(client.replay(List.of()).replayed()).isEqualTo(1);
    assertThat(client.discard(List.of()).discarded()).isEqualTo(2);
    assertThat(twin.asked).containsExactly(List.of("aws-1"), List.of("aws-1"));
  }

  @Test
  void whatIsDiscardedArrivesAsItWas() {
    assertThat(client.discard(List.of("a", "c")))
        .isEqualTo(new DiscardReport(2, List.of(new ReplayReport.Left("c", "unknown"))));
    assertThat(twin.asked).containsExactly(List.of("a", "c"));
  }

  @Test
  void anErrorArrivesAsItWasThrown() {
    assertThatThrownBy(() -> client.status())
        .isInstanceOfSatisfying(
            TwinloomException.class,
            e -> {
              assertThat(e.code()).isEqualTo("TL-STATE-LOCKED");
              assertThat(e.what()).isEqualTo("It broke.");
              assertThat(e.where()).isEqualTo("here");
              assertThat(e.fix()).isEqualTo("Glue it.");
            });
  }

  @Test
  void anUnexpectedErrorTellsNothingOfTheInside() {
    assertThatThrownBy(() -> client.verify(Optional.empty(), Duration.ofSeconds(1)))
        .isInstanceOf(TwinloomException.class)
        .hasMessageNotContaining("secret");
  }

  @Test
  void whatTakesLongIsWaitedForAsLongAsItMayTake() {
    ControlClient hasty =
        new ControlClient(server.address(), ServedTwin.NAME, Duration.ofMillis(200));
    twin.takes = Duration.ofSeconds(1);

    assertThat(hasty.verify(Optional.of("d"), Duration.ofSeconds(30)))
        .isEqualTo(AskedTwin.VERIFIED);
    assertThat(hasty.rotateTokens(Optional.of("c"), false)).isEqualTo(AskedTwin.ROTATED);
    assertThatThrownBy(() -> hasty.verify(Optional.of("d"), Duration.ofMillis(1)))
        .isInstanceOfSatisfying(
            TwinloomException.class, e -> assertThat(e.code()).isEqualTo("TL-LOCAL-UNREACHABLE"));
  }

  @Test
  void whoAsksToStopIsAnsweredBeforeItStops() throws Exception {
    client.stop("a test");

    assertThat(stopped.await(60, TimeUnit.SECONDS)).isTrue();
    assertThat(stoppedBy).hasValue("a test");
  }

  @Test
  void aMoveComesBackAsItWasAsked() {
    Optional<Instant> now = Optional.of(Instant.parse("2026-03-01T12:00:00Z"));
    assertThat(client.move(TierMove.COLD_TO_ARCHIVE, now)).isEqualTo(AskedTwin.MOVED);
    assertThat(client.move(TierMove.HOT_TO_COLD, Optional.empty())).isEqualTo(AskedTwin.MOVED);
    assertThat(twin.asked)
        .containsExactly(TierMove.COLD_TO_ARCHIVE, now, TierMove.HOT_TO_COLD, Optional.empty());
  }

  @ParameterizedTest
  @MethodSource("orders")
  void anOrderOfAChangeArrivesWithAllThatItSays(ChangeOrder order) {
    assertThat(client.change(order)).isEqualTo(AskedTwin.CHANGED);
    assertThat(twin.asked).containsExactly(order);
  }

  static List<ChangeOrder> orders() {
    Set<String> former = Set.of("aws:hall-hot-iot-data");
    return List.of(
        ChangeOrder.make("digest", Map.of(Layer.L3_HOT, StoreMode.LEAVE), former),
        ChangeOrder.of(ChangeOrder.Action.PAUSE),
        ChangeOrder.retire(Layer.L3_COLD, true, former),
        ChangeOrder.retire(Layer.L1, true));
  }

  @Test
  @DisplayName("the process of a twin hangs")
  void aProcessThatHangsIsAnErrorWithinSeconds() throws Exception {
    // The system accepts connections for it, and nobody answers.
    try (ServerSocket hanging = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      ControlClient asking =
          new ControlClient(
              URI.create("http://127.0.0.1:" + hanging.getLocalPort()), ServedTwin.NAME);
      Instant start = Instant.now();
      assertThatThrownBy(asking::status)
          .isInstanceOfSatisfying(
              TwinloomException.class,
              e -> {
                assertThat(e.code()).isEqualTo("TL-LOCAL-UNREACHABLE");
                assertThat(e.what()).contains("hangs or is stopped");
              });
      assertThat(Duration.between(start, Instant.now()))
          .isLessThan(ControlClient.LIVELINESS.multipliedBy(3));
    }
  }

  @Test
  void aTwinThatHasGoneIsAnErrorThatSaysSo() {
    server.close();

    assertThatThrownBy(() -> client.deadLetters())
        .isInstanceOfSatisfying(
            TwinloomException.class, e -> assertThat(e.code()).isEqualTo("TL-LOCAL-UNREACHABLE"));
  }
}
