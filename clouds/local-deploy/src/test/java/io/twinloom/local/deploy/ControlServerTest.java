package io.twinloom.local.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinloom.deployer.DeployedTwin;
import io.twinloom.deployer.DeployedTwin.Query;
import io.twinloom.deployer.Replay;
import io.twinloom.functions.FunctionsError;
import io.twinloom.functions.error.Refused;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonBoolean;
import io.twinloom.json.JsonObject;
import io.twinloom.model.TwinloomException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ControlServerTest {

  private final AskedTwin twin = new AskedTwin();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private ControlServer server;
  private ControlClient client;

  @BeforeEach
  void start() {
    server = ControlServer.start(twin, stopped::countDown);
    client = new ControlClient(server.address());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aQueryArrivesAsItWasAsked() {
    Query asked =
        new Query(
            "gerät 1&2",
            Optional.of("t=°C"),
            Optional.of("2026-01-01"),
            Optional.empty(),
            Optional.of("a+b/="),
            true,
            17);

    assertThat(client.query(asked).text("device")).contains("gerät 1&2");
    assertThat(twin.asked).containsExactly(asked);
  }

  @Test
  void anArchiveIsAskedForARange() {
    assertThat(client.restore("d 1", "2026-01-01", "2026-02-01").get("readable")).hasToString("7");
    assertThat(twin.asked).containsExactly(List.of("d 1", "2026-01-01", "2026-02-01"));
  }

  @Test
  void theTwinServiceIsAskedByTheNamesOfTwinMaker() {
    JsonObject request = JsonObject.builder().put("maxResults", 5).build();
    assertThat(client.askTwin("ListEntities", request).get("asked")).isEqualTo(request);
    assertThat(twin.asked).containsExactly("ListEntities");
    assertThatThrownBy(() -> client.askTwin("DeleteEntity", request))
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
  void deadLettersAreReplayedByTheirIds() {
    assertThat(client.replay(List.of("a", "b")))
        .isEqualTo(new Replay(1, List.of(new Replay.Left("b", "gone"))));
    assertThat(twin.asked).containsExactly(List.of("a", "b"));
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

    assertThat(hasty.verify(Optional.of("d"), Duration.ofSeconds(30)).get("ok"))
        .isEqualTo(JsonBoolean.TRUE);
    assertThat(hasty.rotateTokens(Optional.of("c"), false)).isEqualTo(JsonObject.EMPTY);
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
    client.stop();

    assertThat(stopped.await(5, TimeUnit.SECONDS)).isTrue();
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
    assertThat(client.move(DeployedTwin.Move.COLD_TO_ARCHIVE, now).get("items")).hasToString("3");
    assertThat(client.move(DeployedTwin.Move.HOT_TO_COLD, Optional.empty()).get("items"))
        .hasToString("3");
    assertThat(twin.asked)
        .containsExactly(
            DeployedTwin.Move.COLD_TO_ARCHIVE,
            now,
            DeployedTwin.Move.HOT_TO_COLD,
            Optional.empty());
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

  private static final class AskedTwin implements DeployedTwin {
    private final List<Object> asked = new ArrayList<>();
    private Duration takes = Duration.ZERO;

    private void work() {
      try {
        TimeUnit.MILLISECONDS.sleep(takes.toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public JsonObject status() {
      throw new TwinloomException(LocalDeployError.TOKENS_IN_USE, "It broke.", "here", "Glue it.");
    }

    @Override
    public JsonObject query(Query query) {
      asked.add(query);
      return JsonObject.builder().put("device", query.device()).build();
    }

    @Override
    public JsonObject rotateTokens(Optional<String> connection, boolean dropFormer) {
      asked.add(connection);
      work();
      return JsonObject.EMPTY;
    }

    @Override
    public JsonObject restore(String device, String from, String to) {
      asked.add(List.of(device, from, to));
      return JsonObject.builder().put("readable", 7).build();
    }

    @Override
    public JsonObject askTwin(String operation, JsonObject request) {
      asked.add(operation);
      if (request.has("entityId")) {
        throw Refused.of(FunctionsError.TWIN_UNKNOWN, "There is no such entity.", "List them.");
      }
      return JsonObject.builder().put("asked", request).build();
    }

    @Override
    public JsonObject deadLetters() {
      return JsonObject.builder().put("items", JsonArray.EMPTY).build();
    }

    @Override
    public Replay replay(List<String> ids) {
      asked.add(ids);
      return new Replay(1, List.of(new Replay.Left("b", "gone")));
    }

    @Override
    public JsonObject move(Move move, Optional<Instant> now) {
      asked.add(move);
      asked.add(now);
      return JsonObject.builder().put("items", 3).build();
    }

    @Override
    public JsonObject verify(Optional<String> device, Duration limit) {
      if (device.isEmpty()) {
        throw new IllegalStateException("the secret inside");
      }
      work();
      return JsonObject.builder().put("ok", true).build();
    }
  }
}
