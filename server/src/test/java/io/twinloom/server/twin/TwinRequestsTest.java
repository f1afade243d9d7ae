package io.twinloom.server.twin;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.deployer.live.TwinServer;
import io.twinloom.server.api.ApiDocument;
import io.twinloom.server.api.ApiDocument.Operation;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which HTTP requests the REST interface answers, and with which status it refuses the others. */
class TwinRequestsTest {

  /** What shows nothing of any twin, and whose address may hold the state of the page. */
  private static final Set<String> UNGUARDED =
      Set.of("/", "/web/{path}", "/docs", "/openapi.json", "/health");

  private final AskedTwin twin = new AskedTwin();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private TwinServer.Mounted server;

  @BeforeEach
  void start() {
    server = ServedTwin.mount(twin, by -> stopped.countDown());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void whatIsNotThereIsNotFound() throws Exception {
    String body = "{\"entityId\": \"x\"}";
    assertThat(
            statusOf(
                "POST /projects/hall/twin/GetEntity HTTP/1.1\r\nHost: localhost\r\nContent-Length: "
                    + body.length()
                    + "\r\n",
                body))
        .isEqualTo(404);
    assertThat(statusOf("GET /projects/hall/twin/GetEntity HTTP/1.1\r\nHost: localhost\r\n"))
        .isEqualTo(405);
    assertThat(statusOf("POST /projects/hall/restore HTTP/1.1\r\nHost: localhost\r\n"))
        .isEqualTo(400);
    assertThat(
            statusOf("GET /projects/hall/devices/d/items?order=up HTTP/1.1\r\nHost: localhost\r\n"))
        .isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2026-03-01", "1772323200", "2026-03-01T01:00:00+01:00"})
  void theTimeOfAMoveHasAnyFormThatADeviceMayUse(String now) throws Exception {
    String body = "{\"move\": \"hot-to-cold\", \"now\": \"" + now + "\"}";
    assertThat(
            statusOf(
                "POST /projects/hall/move HTTP/1.1\r\nHost: localhost\r\nContent-Length: "
                    + body.length()
                    + "\r\n",
                body))
        .isEqualTo(200);
    assertThat(twin.asked).contains(Optional.of(Instant.parse("2026-03-01T00:00:00Z")));
  }

  @Test
  void aForeignHostIsRefused() throws Exception {
    assertThat(statusOf("GET /projects/hall/dead-letters HTTP/1.1\r\nHost: evil.example:80\r\n"))
        .isEqualTo(403);
  }

  @Test
  void aNameThatOnlyBeginsLikeLoopbackIsRefused() throws Exception {
    assertThat(
            statusOf(
                "GET /projects/hall/dead-letters HTTP/1.1\r\nHost: 127.0.0.1.evil.example\r\n"))
        .isEqualTo(403);
  }

  @Test
  void anotherPagesOriginIsRefused() throws Exception {
    assertThat(
            statusOf(
                "GET /projects/hall/dead-letters HTTP/1.1\r\nHost: localhost:1\r\n"
                    + "Origin: http://evil.example\r\n"))
        .isEqualTo(403);
  }

  @Test
  void itsOwnOriginIsAnswered() throws Exception {
    assertThat(
            statusOf(
                "GET /projects/hall/dead-letters HTTP/1.1\r\nHost: localhost:1\r\n"
                    + "Origin: http://localhost:1\r\n"))
        .isEqualTo(200);
  }

  @Test
  void readingCannotStopTheTwin() throws Exception {
    assertThat(statusOf("GET /projects/hall/stop HTTP/1.1\r\nHost: localhost\r\n")).isEqualTo(405);
    assertThat(stopped.getCount()).isEqualTo(1);
  }

  @Test
  void anUnknownPathIsNotFound() throws Exception {
    assertThat(statusOf("GET /projects/hall/statuses HTTP/1.1\r\nHost: localhost\r\n"))
        .isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tokens/rotate {\"id\":5}",
        "tokens/rotate {\"connection\":5}",
        "tokens/rotate {\"connection\":\"\"}",
        "tokens/rotate {\"connection\":[\"c\"]}",
        "tokens/rotate {\"dropFormer\":\"yes\"}",
        "tokens/rotate {\"connection\":null}",
        "tokens/rotate {\"dropFormer\":null}",
        "tokens/rotate []",
        "dead-letters/replay {\"id\":{}}",
        "dead-letters/replay {\"ids\":\"aws-1\"}",
        "dead-letters/replay {\"ids\":[1]}",
        "dead-letters/replay {\"ids\":{}}",
        "dead-letters/replay {\"ids\":[],\"dryRun\":true}",
        "dead-letters/discard {\"ids\":[],\"digest\":\"d\"}",
        "simulator/start {\"devices\":[]}",
        "verify {\"limit\":\"x\"}",
        "verify {\"limit\":5}",
        "verify {\"limit\":\"PT-5S\"}",
        "verify {\"device\":{}}",
        "verify {\"device\":null}",
        "dead-letters/replay {\"ids\":null,\"dryRun\":true}",
        "dead-letters/discard {\"ids\":null,\"digest\":\"d\"}",
        "devices/d/messages ",
        "move {\"move\":\"sideways\"}",
        "move {}",
        "restore {\"device\":\"d\",\"from\":1,\"to\":2}",
        "stop {\"when\":\"now\"}",
        "change {\"action\":\"retire\",\"tier\":5}",
        "change {\"action\":\"retire\",\"tier\":\"l1\",\"anyway\":\"yes\"}",
        "change {\"action\":\"make\",\"project\":\"d\",\"modes\":[\"l3_hot\"]}",
        "change {\"action\":\"make\",\"project\":\"d\",\"dataToDelete\":\"aws:hot\"}",
      })
  @DisplayName("a program sends a malformed id to the REST interface")
  void aMalformedMemberIsABadRequestAndNeverTakenForAll(String request) throws Exception {
    String path = request.substring(0, request.indexOf(' '));
    String body = request.substring(request.indexOf(' ') + 1);
    String head =
        "POST /projects/hall/%s HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n"
            .formatted(path, body.length());
    assertThat(statusOf(head, body)).isEqualTo(400);
    assertThat(twin.asked).isEmpty();
    assertThat(stopped.getCount()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "limit=x",
        "limit=-1",
        "order=sideways",
        "start=2026-01-01",
        "property=",
        "property=%ZZ",
      })
  void aMalformedParameterIsABadRequest(String query) throws Exception {
    assertThat(
            statusOf(
                "GET /projects/hall/devices/d/items?" + query + " HTTP/1.1\r\nHost: localhost\r\n"))
        .isEqualTo(400);
    assertThat(twin.asked).isEmpty();
  }

  @Test
  void aParameterThatARouteDoesNotHaveIsABadRequestAndNothingIsDone() throws Exception {
    for (Operation route : ApiDocument.current().operations()) {
      if (!UNGUARDED.contains(route.path())) {
        String path = route.path().replace("{project}", "hall").replaceAll("[{}]", "");
        String head =
            "%s %s?drRun=true HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n"
                .formatted(route.method(), path);
        assertThat(answer(head, ""))
            .as(route.id())
            .startsWith("HTTP/1.1 400 ")
            .contains("\"code\":\"TL-API-PARAMETER\"", "\"where\":\"drRun\"");
      }
    }
    assertThat(twin.asked).isEmpty();
    assertThat(stopped.getCount()).isEqualTo(1);
    assertThat(statusOf("GET /?at=2026-03-01 HTTP/1.1\r\nHost: localhost\r\n")).isEqualTo(200);
  }

  @Test
  void aMemberForARouteWithoutABodyIsABadRequestAndNothingIsDone() throws Exception {
    for (Operation route : ApiDocument.current().operations()) {
      if (!route.method().equals("GET") && !route.body()) {
        String path = route.path().replace("{project}", "hall").replaceAll("[{}]", "");
        String body = "{\"drRun\":true}";
        String head =
            "%s %s HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n"
                .formatted(route.method(), path, body.length());
        assertThat(answer(head, body))
            .as(route.id())
            .startsWith("HTTP/1.1 400 ")
            .contains("\"code\":\"TL-API-PARAMETER\"", "\"where\":\"drRun\"");
      }
    }
    assertThat(twin.asked).isEmpty();
    assertThat(stopped.getCount()).isEqualTo(1);
  }

  private int statusOf(String head) throws IOException {
    return statusOf(head, "");
  }

  private int statusOf(String head, String body) throws IOException {
    return Integer.parseInt(answer(head, body).split(" ", 3)[1]);
  }

  /** All that is answered, with its head. */
  private String answer(String head, String body) throws IOException {
    URI address = server.address();
    try (Socket socket = new Socket(address.getHost(), address.getPort())) {
      OutputStream out = socket.getOutputStream();
      out.write((head + "Connection: close\r\n\r\n" + body).getBytes(StandardCharsets.UTF_8));
      out.flush();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
