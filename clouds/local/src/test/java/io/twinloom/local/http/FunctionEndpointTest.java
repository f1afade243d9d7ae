package io.twinloom.local.http;

import static io.twinloom.local.http.TestReceiver.TOKEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinloom.functions.http.HostedFunction;
import io.twinloom.functions.port.RemoteCloud;
import io.twinloom.model.TwinloomException;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A cloud's receivers are at its endpoint by their names, and nothing else is. */
class FunctionEndpointTest {
  private final TestReceiver echo = TestReceiver.echo();
  private final Map<String, HostedFunction> functions =
      Map.of(
          "twin-echo",
          echo,
          "twin-persister",
          new TestReceiver(false, (head, body) -> TestReceiver.text(200, "{}")));
  private Vertx vertx;
  private FunctionEndpoint endpoint;

  @BeforeEach
  void start() {
    vertx = EventLoops.start();
    endpoint = start(0);
  }

  @AfterEach
  void stop() {
    endpoint.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private FunctionEndpoint start(int port) {
    return start("127.0.0.1", port);
  }

  private FunctionEndpoint start(String bind, int port) {
    return FunctionEndpoint.start(
        vertx, bind, port, name -> Optional.ofNullable(functions.get(name)));
  }

  private RemoteCloud.Answer post(String target) throws IOException {
    try (VertxRemoteCloud client = new VertxRemoteCloud(vertx)) {
      return client.send(
          "POST",
          URI.create(endpoint.uri() + target),
          Map.of("X-Inter-Cloud-Token", TOKEN),
          "{\"v\":1.0}".getBytes(StandardCharsets.UTF_8),
          Duration.ofSeconds(10));
    }
  }

  @Test
  void aReceiverGetsTheRequestWithItsHead() throws IOException {
    RemoteCloud.Answer answer = post("/twin-echo?a=x%20y");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).asString(StandardCharsets.UTF_8).isEqualTo("{\"v\":1.0}");
    assertThat(echo.heads.get(0).query()).isEqualTo(Map.of("a", "x y"));
    assertThat(echo.heads.get(0).header("X-Inter-Cloud-Token")).contains(TOKEN);
  }

  @Test
  @DisplayName("a twin listens on all addresses")
  void anEndpointOnAllAddressesIsGivenToSendersByItsLoopbackAddress() throws IOException {
    endpoint.close();
    endpoint = start("0.0.0.0", 0);
    assertThat(endpoint.uri()).hasHost("127.0.0.1");
    assertThat(post("/twin-echo").status()).isEqualTo(200);
  }

  @Test
  void aFunctionThatIsNoReceiverIsNotFound() throws IOException {
    assertThat(post("/twin-persister").status()).isEqualTo(404);
    assertThat(post("/nothing").status()).isEqualTo(404);
  }

  @Test
  void aPortThatIsTakenIsAnErrorThatNamesIt() {
    int taken = endpoint.uri().getPort();
    assertThatThrownBy(() -> start(taken))
        .isInstanceOfSatisfying(
            TwinloomException.class, e -> assertThat(e.where()).isEqualTo("127.0.0.1:" + taken));
  }
}
