package io.twinloom.server.twin;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.deployer.live.TwinServer;
import io.twinloom.server.ServerOptions;
import io.twinloom.server.projects.TestOutputs;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server with a key, as it is reached from other machines. */
class AccessTest {

  private final HttpClient http = HttpClient.newHttpClient();
  private TwinServer.Mounted server;

  @BeforeEach
  void start() {
    server =
        ServedTwin.mount(
            new ServerOptions(
                "127.0.0.1",
                Optional.of("0123456789abcdef"),
                Optional.empty(),
                "t",
                Map.of(),
                new TestOutputs()),
            new AskedTwin(),
            by -> {});
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void theKeyOpens() throws Exception {
    assertThat(status("/projects/hall/dead-letters", "Bearer 0123456789abcdef")).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Bearer",
        "Bearer ",
        "Bearer 0123456789abcde",
        "Bearer 0123456789abcdef0",
        "Bearer 0123456789abcdeF",
        "Basic 0123456789abcdef",
        "bearer 0123456789abcdef",
        "Bearer 0123456789abcdef, Bearer 0123456789abcdef",
      })
  @DisplayName("somebody tries keys of the REST interface")
  void aNearMissDoesNot(String given) throws Exception {
    assertThat(status("/projects/hall/dead-letters", given)).isEqualTo(401);
    assertThat(status("/projects/hall/no-such", given)).isEqualTo(401);
    assertThat(status("/metrics-or-not", given)).isEqualTo(401);
  }

  @Test
  void theKeyInTheAddressDoesNot() throws Exception {
    assertThat(status("/projects/hall/dead-letters?key=0123456789abcdef", "")).isEqualTo(401);
  }

  @Test
  void whatAsksForTheKeyNeedsNone() throws Exception {
    assertThat(status("/health", "")).isEqualTo(200);
    assertThat(status("/openapi.json", "")).isEqualTo(200);
    assertThat(status("/web/no-such.js", "")).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/web/../openapi.json",
        "/web/%2e%2e/openapi.json",
        "/web/..%2fopenapi.json",
        "/web//etc/passwd",
        "/web/%2fetc%2fpasswd",
        "/web/a%00b",
        "/web/.hidden",
        "/web/%ff",
        "/web/",
      })
  @DisplayName("somebody asks the web page's server for files outside of it")
  void noPathLeadsOutOfThePage(String path) throws Exception {
    assertThat(status(path, "Bearer 0123456789abcdef")).isEqualTo(404);
  }

  private int status(String path, String authorization) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.address() + path));
    if (!authorization.isEmpty()) {
      request.header("Authorization", authorization);
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
  }
}
