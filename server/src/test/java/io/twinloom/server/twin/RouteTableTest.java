package io.twinloom.server.twin;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.deployer.live.TwinServer;
import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.server.WebServer;
import io.twinloom.server.api.ApiDocument;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The table of routes is that of the document, and what has no route is a problem document. */
class RouteTableTest {

  private final AskedTwin twin = new AskedTwin();
  private final HttpClient http = HttpClient.newHttpClient();
  private TwinServer.Mounted server;

  @BeforeEach
  void start() {
    server = ServedTwin.mount(twin, by -> {});
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void everyRouteIsInTheDocumentAndEveryRouteOfTheDocumentExists() {
    Set<String> routes = new TreeSet<>(((WebServer) server).routes());
    Set<String> documented = new TreeSet<>();
    ApiDocument.current().operations().forEach(o -> documented.add(o.method() + " " + o.path()));

    assertThat(routes).isEqualTo(documented);
  }

  @Test
  void theDocumentIsServedAsItIs() throws Exception {
    HttpResponse<byte[]> answer = get("/openapi.json", HttpResponse.BodyHandlers.ofByteArray());

    assertThat(answer.body()).isEqualTo(ApiDocument.current().text());
  }

  @Test
  void whatIsNotThereIsACompleteProblem() throws Exception {
    HttpResponse<byte[]> answer =
        get("/projects/hall/no-such", HttpResponse.BodyHandlers.ofByteArray());

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.headers().firstValue("content-type")).contains("application/problem+json");
    JsonObject problem = Json.parseObject(answer.body());
    assertThat(problem.members().keySet())
        .contains(
            "type", "title", "status", "detail", "instance", "code", "fix", "where", "retryable");
    assertThat(problem.text("code")).contains("TL-API-NOT-FOUND");
    assertThat(get(problem.text("type").orElseThrow(), HttpResponse.BodyHandlers.ofString()).body())
        .contains("\"code\":\"TL-API-NOT-FOUND\"");
  }

  @Test
  void anotherMethodIsAnsweredWithThoseThatThereAre() throws Exception {
    HttpResponse<String> answer =
        http.send(
            HttpRequest.newBuilder(server.address().resolve("/projects/hall/verify"))
                .DELETE()
                .build(),
            HttpResponse.BodyHandlers.ofString());

    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(answer.headers().firstValue("allow")).contains("POST");
  }

  @Test
  void aTwinThatIsNotServedIsNotFound() throws Exception {
    HttpResponse<String> answer =
        get("/projects/other/status", HttpResponse.BodyHandlers.ofString());

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body()).contains("TL-PROJECT-UNKNOWN");
  }

  private <T> HttpResponse<T> get(String path, HttpResponse.BodyHandler<T> body)
      throws IOException, InterruptedException {
    URI address = server.address().resolve(path);
    return http.send(HttpRequest.newBuilder(address).build(), body);
  }
}
