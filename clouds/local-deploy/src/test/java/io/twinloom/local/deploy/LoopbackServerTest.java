package io.twinloom.local.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinloom.deployer.control.ConnectionState;
import io.twinloom.deployer.control.DeadLetterEntry;
import io.twinloom.deployer.control.DeadLetterPage;
import io.twinloom.deployer.control.DiscardReport;
import io.twinloom.deployer.control.HistoryPage;
import io.twinloom.deployer.control.HistoryPage.TierPart;
import io.twinloom.deployer.control.HistoryRequest;
import io.twinloom.deployer.control.MoveReport;
import io.twinloom.deployer.control.PendingChunk;
import io.twinloom.deployer.control.ReplayReport;
import io.twinloom.deployer.control.RestoreReport;
import io.twinloom.deployer.control.RotationReport;
import io.twinloom.deployer.control.StatusReport;
import io.twinloom.deployer.control.TierMove;
import io.twinloom.deployer.control.TierSize;
import io.twinloom.deployer.control.TwinControl;
import io.twinloom.deployer.control.TwinRead;
import io.twinloom.deployer.control.VerifyReport;
import io.twinloom.deployer.control.VerifyReport.Hop;
import io.twinloom.functions.FunctionsError;
import io.twinloom.functions.error.Refused;
import io.twinloom.json.JsonObject;
import io.twinloom.model.Layer;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.cloud.KnownClouds;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoopbackServerTest {

  private final AskedTwin twin = new AskedTwin();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final AtomicReference<String> stoppedBy = new AtomicReference<>();
  private LoopbackServer server;
  private ControlClient client;

  @BeforeEach
  void start() {
    server =
        LoopbackServer.mount(
            twin,
            by -> {
              stoppedBy.set(by);
              stopped.countDown();
            });
    client = new ControlClient(server.address());
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
    assertThatThrownBy(() -> client.readTwin("DeleteEntity", request))
        .isInstanceOf(TwinloomException.class);
    assertThat(twin.asked).as("what there is not never arrives").hasSize(1);
  }

  @Test
  void whatIsNotThereIsNotFound() throws Exception {
    String body = "{\"entityId\": \"x\"}";
    assertThat(
            statusOf(
                "POST /api/twin/GetEntity HTTP/1.1\r\nHost: localhost\r\nContent-Length: "
                    + body.length()
                    + "\r\n",
                body))
        .isEqualTo(404);
    assertThat(statusOf("GET /api/twin/GetEntity HTTP/1.1\r\nHost: localhost\r\n")).isEqualTo(405);
    assertThat(statusOf("POST /api/restore HTTP/1.1\r\nHost: localhost\r\n")).isEqualTo(400);
    assertThat(statusOf("GET /api/query?device=d&order=up HTTP/1.1\r\nHost: localhost\r\n"))
        .isEqualTo(400);
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
              assertThat(e.code()).isEqualTo("TL-TOKENS-IN-USE");
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
    ControlClient hasty = new ControlClient(server.address(), Duration.ofMillis(200));
    twin.takes = Duration.ofSeconds(1);

    assertThat(hasty.verify(Optional.of("d"), Duration.ofSeconds(30)))
        .isEqualTo(AskedTwin.VERIFIED);
    assertThat(hasty.rotateTokens(Optional.of("c"), false)).isEqualTo(AskedTwin.ROTATED);
    assertThatThrownBy(() -> hasty.verify(Optional.of("d"), Duration.ofMillis(1)))
        .isInstanceOfSatisfying(
            TwinloomException.class, e -> assertThat(e.code()).isEqualTo("TL-LOCAL-UNREACHABLE"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"2026-03-01", "1772323200", "2026-03-01T01:00:00+01:00"})
  void theTimeOfAMoveHasAnyFormThatADeviceMayUse(String now) throws Exception {
    String body = "{\"move\": \"hot-to-cold\", \"now\": \"" + now + "\"}";
    assertThat(
            statusOf(
                "POST /api/move HTTP/1.1\r\nHost: localhost\r\nContent-Length: "
                    + body.length()
                    + "\r\n",
                body))
        .isEqualTo(200);
    assertThat(twin.asked).contains(Optional.of(Instant.parse("2026-03-01T00:00:00Z")));
  }

  @Test
  void whoAsksToStopIsAnsweredBeforeItStops() throws Exception {
    client.stop("a test");

    assertThat(stopped.await(5, TimeUnit.SECONDS)).isTrue();
    assertThat(stoppedBy).hasValue("a test");
  }

  @Test
  void aForeignHostIsRefused() throws Exception {
    assertThat(statusOf("GET /api/dead-letters HTTP/1.1\r\nHost: evil.example:80\r\n"))
        .isEqualTo(403);
  }

  @Test
  void aNameThatOnlyBeginsLikeLoopbackIsRefused() throws Exception {
    assertThat(statusOf("GET /api/dead-letters HTTP/1.1\r\nHost: 127.0.0.1.evil.example\r\n"))
        .isEqualTo(403);
  }

  @Test
  void anotherPagesOriginIsRefused() throws Exception {
    assertThat(
            statusOf(
                "GET /api/dead-letters HTTP/1.1\r\nHost: localhost:1\r\n"
                    + "Origin: http://evil.example\r\n"))
        .isEqualTo(403);
  }

  @Test
  void itsOwnOriginIsAnswered() throws Exception {
    assertThat(
            statusOf(
                "GET /api/dead-letters HTTP/1.1\r\nHost: localhost:1\r\n"
                    + "Origin: http://localhost:1\r\n"))
        .isEqualTo(200);
  }

  @Test
  void aMoveComesBackAsItWasAsked() {
    Optional<Instant> now = Optional.of(Instant.parse("2026-03-01T12:00:00Z"));
    assertThat(client.move(TierMove.COLD_TO_ARCHIVE, now)).isEqualTo(AskedTwin.MOVED);
    assertThat(client.move(TierMove.HOT_TO_COLD, Optional.empty())).isEqualTo(AskedTwin.MOVED);
    assertThat(twin.asked)
        .containsExactly(TierMove.COLD_TO_ARCHIVE, now, TierMove.HOT_TO_COLD, Optional.empty());
  }

  @Test
  void readingCannotStopTheTwin() throws Exception {
    assertThat(statusOf("GET /api/stop HTTP/1.1\r\nHost: localhost\r\n")).isEqualTo(405);
    assertThat(stopped.getCount()).isEqualTo(1);
  }

  @Test
  void anUnknownPathIsNotFound() throws Exception {
    assertThat(statusOf("GET /api/statuses HTTP/1.1\r\nHost: localhost\r\n")).isEqualTo(404);
  }

  @Test
  void aQueryWithoutDeviceIsABadRequest() throws Exception {
    assertThat(statusOf("GET /api/query HTTP/1.1\r\nHost: localhost\r\n")).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tokens/rotate {\"id\":5}",
        "tokens/rotate {\"connection\":5}",
        "tokens/rotate {\"connection\":\"\"}",
        "tokens/rotate {\"connection\":[\"c\"]}",
        "tokens/rotate {\"dropFormer\":\"yes\"}",
        "tokens/rotate []",
        "dead-letters/replay {\"id\":{}}",
        "dead-letters/replay {\"ids\":\"aws-1\"}",
        "dead-letters/replay {\"ids\":[1]}",
        "dead-letters/replay {\"ids\":{}}",
        "verify {\"limit\":\"x\"}",
        "verify {\"limit\":5}",
        "verify {\"limit\":\"PT-5S\"}",
        "verify {\"device\":{}}",
        "move {\"move\":\"sideways\"}",
        "move {}",
        "restore {\"device\":\"d\",\"from\":1,\"to\":2}",
        "stop {\"when\":\"now\"}",
      })
  @DisplayName("a program sends a malformed id to the control interface")
  void aMalformedMemberIsABadRequestAndNeverTakenForAll(String request) throws Exception {
    String path = request.substring(0, request.indexOf(' '));
    String body = request.substring(request.indexOf(' ') + 1);
    String head =
        "POST /api/%s HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n"
            .formatted(path, body.length());
    assertThat(statusOf(head, body)).isEqualTo(400);
    assertThat(twin.asked).isEmpty();
    assertThat(stopped.getCount()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "device=d&limit=x",
        "device=d&limit=-1",
        "device=d&order=sideways",
        "device=d&device=e",
        "device=d&start=2026-01-01",
        "device=",
        "device=%ZZ",
      })
  void aMalformedParameterIsABadRequest(String query) throws Exception {
    assertThat(statusOf("GET /api/query?" + query + " HTTP/1.1\r\nHost: localhost\r\n"))
        .isEqualTo(400);
    assertThat(twin.asked).isEmpty();
  }

  @Test
  @DisplayName("the process of a twin hangs")
  void aProcessThatHangsIsAnErrorWithinSeconds() throws Exception {
    // The system accepts connections for it, and nobody answers.
    try (ServerSocket hanging = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      ControlClient asking =
          new ControlClient(URI.create("http://127.0.0.1:" + hanging.getLocalPort()));
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

  private int statusOf(String head) throws IOException {
    return statusOf(head, "");
  }

  private int statusOf(String head, String body) throws IOException {
    URI address = server.address();
    try (Socket socket = new Socket(address.getHost(), address.getPort())) {
      OutputStream out = socket.getOutputStream();
      out.write((head + "Connection: close\r\n\r\n" + body).getBytes(StandardCharsets.UTF_8));
      out.flush();
      String line =
          new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))
              .readLine();
      return Integer.parseInt(line.split(" ")[1]);
    }
  }

  private static final class AskedTwin implements TwinControl {
    private static final HistoryPage PAGE =
        new HistoryPage(
            List.of(
                JsonObject.builder().put("t", 1.5).build(),
                JsonObject.builder().put("t", 2).build()),
            List.of(new TierPart("cold", 1), new TierPart("hot", 1)),
            List.of(new PendingChunk("k", Optional.empty(), Duration.ofHours(12))),
            Optional.of("next"));
    private static final RestoreReport RESTORED =
        new RestoreReport(
            7,
            List.of(
                new PendingChunk(
                    "k", Optional.of("2026-03-01T00:00:00Z"), Duration.ofMillis(300))));
    private static final RotationReport ROTATED =
        new RotationReport(List.of(new RotationReport.Rotated("c", true)));
    private static final MoveReport MOVED =
        new MoveReport(
            new MoveReport.Moved(3, 2, 100),
            List.of(new MoveReport.Left("k", "no")),
            5,
            Optional.of("later"),
            false);
    private static final VerifyReport VERIFIED =
        new VerifyReport(
            "d",
            List.of(
                new Hop("f", KnownClouds.AWS, true, OptionalDouble.of(1.25), Optional.empty()),
                new Hop(
                    "g", KnownClouds.GOOGLE, false, OptionalDouble.empty(), Optional.of("no"))));
    private static final DeadLetterPage LETTERS =
        new DeadLetterPage(
            List.of(
                DeadLetterEntry.of("aws-1", KnownClouds.AWS, Instant.parse("2026-03-01T00:00:00Z"))
                    .function("f")
                    .error("why")
                    .attempts(3)
                    .traceId("t")
                    .event(JsonObject.builder().put("a", 1).build())
                    .build()),
            12);
    private static final StatusReport STATUS =
        StatusReport.of("local", "hall")
            .running(true)
            .layers(
                List.of(
                    new StatusReport.LayerStatus(
                        Layer.L3_HOT,
                        KnownClouds.GOOGLE,
                        true,
                        Map.of(
                            "http", URI.create("http://127.0.0.1:1"),
                            "mqtt", URI.create("tcp://127.0.0.1:2")),
                        Optional.of("2026-03-01T00:00:00Z"))))
            .functions(
                List.of(
                    new StatusReport.FunctionStatus(
                        "f", "F", KnownClouds.AZURE, Optional.of(URI.create("http://x/f")), 4, 1)))
            .connections(
                List.of(
                    new StatusReport.ConnectionStatus(
                        "c", KnownClouds.AWS, KnownClouds.AZURE, ConnectionState.PROBING)))
            .rules(List.of(new StatusReport.RuleStatus(1, "a > b", "function f", 2, 3)))
            .deadLetters(5)
            .alarms(List.of("alarm"))
            .backlog(6)
            .counters(Map.of("odd", 7L))
            .warnings(List.of("warning"))
            .tiers(
                List.of(
                    new TierSize.Items(Layer.L3_HOT, KnownClouds.GOOGLE, 8),
                    new TierSize.Chunks(Layer.L3_COLD, KnownClouds.AWS, 9, 10, 11)))
            .dashboards(Optional.of("https://view.example.org"))
            .build();

    private final List<Object> asked = new ArrayList<>();
    private Duration takes = Duration.ZERO;
    private boolean healthy;

    private void work() {
      try {
        TimeUnit.MILLISECONDS.sleep(takes.toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public StatusReport status() {
      if (!healthy) {
        throw new TwinloomException(
            LocalDeployError.TOKENS_IN_USE, "It broke.", "here", "Glue it.");
      }
      return STATUS;
    }

    @Override
    public HistoryPage query(HistoryRequest request) {
      asked.add(request);
      return PAGE;
    }

    @Override
    public RotationReport rotateTokens(Optional<String> connection, boolean dropFormer) {
      asked.add(connection);
      work();
      return ROTATED;
    }

    @Override
    public RestoreReport restore(String device, String from, String to) {
      asked.add(List.of(device, from, to));
      return RESTORED;
    }

    @Override
    public TwinRead readTwin(String operation, JsonObject request) {
      asked.add(operation);
      if (request.has("entityId")) {
        throw Refused.of(FunctionsError.TWIN_UNKNOWN, "There is no such entity.", "List them.");
      }
      return new TwinRead(operation, JsonObject.builder().put("asked", request).build());
    }

    @Override
    public DeadLetterPage deadLetters() {
      return LETTERS;
    }

    @Override
    public ReplayReport replay(List<String> ids) {
      asked.add(ids);
      return new ReplayReport(1, List.of(new ReplayReport.Left("b", "gone")));
    }

    @Override
    public DiscardReport discard(List<String> ids) {
      asked.add(ids);
      return new DiscardReport(2, List.of(new ReplayReport.Left("c", "unknown")));
    }

    @Override
    public MoveReport move(TierMove move, Optional<Instant> now) {
      asked.add(move);
      asked.add(now);
      return MOVED;
    }

    @Override
    public VerifyReport verify(Optional<String> device, Duration limit) {
      if (device.isEmpty()) {
        throw new IllegalStateException("the secret inside");
      }
      work();
      return VERIFIED;
    }
  }
}
