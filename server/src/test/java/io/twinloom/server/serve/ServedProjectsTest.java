package io.twinloom.server.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.twinloom.deployer.live.TwinServer;
import io.twinloom.json.Json;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import io.twinloom.packaging.UserCodeChecker;
import io.twinloom.server.ServedProjects;
import io.twinloom.server.ServerOptions;
import io.twinloom.server.WebServer;
import io.twinloom.server.api.ApiDocument;
import io.twinloom.server.api.DocumentedAnswers;
import io.twinloom.server.deploy.ServedTargets;
import io.twinloom.server.twin.AskedTwin;
import io.twinloom.server.twin.ServedTwin;
import io.twinloom.testkit.project.ProjectBuilder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server for all projects of a folder; every answer is as the document says. */
class ServedProjectsTest {

  @TempDir Path folder;

  private final DocumentedAnswers documented = new DocumentedAnswers();
  private final HttpClient http = HttpClient.newHttpClient();
  private final SlowTargets targets = new SlowTargets();
  private Path root;
  private WebServer server;

  @BeforeEach
  void start() throws IOException {
    root = Files.createDirectory(folder.resolve("root"));
    UserCodeChecker checker =
        UserCodeChecker.of(folder.resolve("cache"), System.getenv("PATH"), InstantSource.system());
    server =
        WebServer.serve(
            ServerOptions.loopback(Map.of(), "test"),
            TwinServer.Port.FREE,
            new ServedProjects(root, targets, checker, InstantSource.system()),
            failure -> {
              throw new AssertionError(failure);
            });
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private HttpResponse<String> ask(String method, String path, String type, byte[] body)
      throws Exception {
    HttpResponse<String> answer =
        http.send(
            HttpRequest.newBuilder(URI.create(server.address() + path))
                .header("Content-Type", type)
                .method(method, HttpRequest.BodyPublishers.ofByteArray(body))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    if (!answer.body().isEmpty()) {
      documented.check(method, path.replaceFirst("\\?.*", ""), answer.statusCode(), answer.body());
    }
    return answer;
  }

  private JsonObject json(String method, String path, String body) throws Exception {
    HttpResponse<String> answer =
        ask(method, path, "application/json", body.getBytes(StandardCharsets.UTF_8));
    assertThat(answer.statusCode()).as(answer.body()).isLessThan(300);
    return Json.parseObject(answer.body().getBytes(StandardCharsets.UTF_8));
  }

  private HttpResponse<String> upload(String method, String path, byte[] zip) throws Exception {
    return ask(method, path, "application/zip", zip);
  }

  private static byte[] zip(String twin, Path folder) throws IOException {
    Path zip = ProjectBuilder.of(twin).zipTo(folder.resolve(twin + ".zip"));
    return Files.readAllBytes(zip);
  }

  private static int count(JsonObject json) {
    return json.array("items").orElse(JsonArray.EMPTY).size();
  }

  @Test
  void anUploadMakesAProjectWhoseVersionsAreKept() throws Exception {
    assertThat(upload("POST", "/projects?name=hall", zip("hall", folder)).statusCode())
        .isEqualTo(201);
    assertThat(count(json("GET", "/projects", ""))).isEqualTo(1);
    assertThat(json("GET", "/projects/hall", "").text("twin")).contains("hall");
    assertThat(upload("POST", "/projects?name=hall", zip("hall", folder)).statusCode())
        .isEqualTo(400);

    assertThat(upload("PUT", "/projects/hall", zip("barn", folder)).statusCode()).isEqualTo(200);
    assertThat(json("GET", "/projects/hall", "").text("twin")).contains("barn");
    JsonObject version =
        (JsonObject)
            json("GET", "/projects/hall/versions", "")
                .array("items")
                .orElseThrow()
                .values()
                .getFirst();
    json("POST", "/projects/hall/versions/" + version.text("id").orElseThrow() + "/restore", "");
    assertThat(json("GET", "/projects/hall", "").text("twin")).contains("hall");
    assertThat(count(json("GET", "/projects/hall/versions", ""))).isEqualTo(2);

    assertThat(ask("DELETE", "/projects/hall", "application/json", new byte[0]).statusCode())
        .isEqualTo(204);
    assertThat(count(json("GET", "/projects", ""))).isZero();
    assertThat(count(json("GET", "/projects/hall/versions", ""))).isEqualTo(3);
  }

  @Test
  @DisplayName("somebody uploads a ZIP that would write outside of its project")
  void whatIsRefusedLeavesNothing() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      for (String name : List.of("config.json", "../evil.txt")) {
        zip.putNextEntry(new ZipEntry(name));
        zip.write("{}".getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
      }
    }
    ByteArrayOutputStream bomb = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bomb)) {
      zip.putNextEntry(new ZipEntry("config.json"));
      zip.write(new byte[20 * 1024 * 1024]);
      zip.closeEntry();
    }
    for (byte[] hostile :
        List.of(out.toByteArray(), bomb.toByteArray(), new byte[0], new byte[1000])) {
      assertThat(upload("POST", "/projects?name=evil", hostile).statusCode()).isBetween(400, 499);
      upload("POST", "/validation/zip", hostile);
    }
    for (String name : List.of("..", ".hidden", "a/b", "a%2Fb", "%00", "")) {
      assertThat(
              upload("POST", "/projects?name=" + name.replace("/", "%2F"), zip("hall", folder))
                  .statusCode())
          .as(name)
          .isEqualTo(400);
    }
    try (Stream<Path> left = Files.list(root)) {
      assertThat(left.map(p -> p.getFileName().toString())).containsExactly(".twinloom-versions");
    }
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left.map(p -> p.getFileName().toString())).doesNotContain("evil.txt");
    }
    try (Stream<Path> left = Files.list(root.resolve(".twinloom-versions/.uploads"))) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void aFileIsReplacedOnlyIfTheProjectStaysValid() throws Exception {
    upload("POST", "/projects?name=hall", zip("hall", folder));
    JsonObject file = json("GET", "/projects/hall/config/config", "");
    String changed = file.text("content").orElseThrow().replace("\"PRODUCTION\"", "\"DEBUG\"");
    HttpResponse<String> invalid =
        ask(
            "PUT",
            "/projects/hall/config/config",
            "application/json",
            "{\"mode\": 1}".getBytes(StandardCharsets.UTF_8));

    assertThat(invalid.statusCode()).isEqualTo(422);
    assertThat(invalid.body()).contains("errors", "TL-API-INVALID");
    assertThat(json("PUT", "/projects/hall/config/config", changed).get("written"))
        .hasToString("true");
    assertThat(json("PUT", "/projects/hall/config/config", changed).get("unchanged"))
        .hasToString("true");
    assertThat(json("GET", "/projects/hall", "").text("mode")).contains("DEBUG");
    assertThat(json("GET", "/projects/hall/validation", "").get("valid")).hasToString("true");
    assertThat(count(json("GET", "/projects/hall/files", ""))).isGreaterThan(2);
    for (String path : List.of("../x", "%2e%2e/x", "a/../../x", ".twinloom/y", "a%5Cb")) {
      assertThat(
              ask("PUT", "/projects/hall/files/" + path, "text/plain", new byte[] {1}).statusCode())
          .as(path)
          .isBetween(400, 499);
    }
  }

  @Test
  @DisplayName("somebody reads credentials through the interface")
  void secretsAreNeitherShownNorExported() throws Exception {
    upload("POST", "/projects?name=hall", zip("hall", folder));
    Files.writeString(root.resolve("hall/config_credentials.json"), "{\"aws\": {}}");

    assertThat(
            ask("GET", "/projects/hall/files/config_credentials.json", "text/plain", new byte[0])
                .statusCode())
        .isEqualTo(403);
    HttpResponse<byte[]> zip =
        http.send(
            HttpRequest.newBuilder(server.address().resolve("/projects/hall/export")).build(),
            HttpResponse.BodyHandlers.ofByteArray());
    assertThat(new String(zip.body(), StandardCharsets.ISO_8859_1))
        .contains("config_providers.json")
        .doesNotContain("config_credentials.json");
  }

  @Test
  void theRoutesAreThoseOfTheDocumentHereToo() {
    Set<String> documented = new TreeSet<>();
    ApiDocument.load().operations().forEach(o -> documented.add(o.method() + " " + o.path()));
    assertThat(new TreeSet<>(server.routes())).isEqualTo(documented);
  }

  @Test
  void aDeploymentSaysItsStepsAndCanBeCancelled() throws Exception {
    upload("POST", "/projects?name=hall", zip("hall", folder));
    String path = "/projects/hall/deployments";
    JsonObject begun = json("POST", path, "{\"action\": \"deploy\"}");
    String one = path + "/" + begun.text("id").orElseThrow();

    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> json("GET", one, "").array("steps").orElseThrow().size() == 1);
    assertThat(
            ask(
                    "POST",
                    path,
                    "application/json",
                    "{\"action\": \"deploy\"}".getBytes(StandardCharsets.UTF_8))
                .statusCode())
        .isEqualTo(409);
    json("POST", one + "/cancel", "");
    await()
        .atMost(Duration.ofSeconds(5))
        .until(() -> json("GET", one, "").text("state").equals(Optional.of("cancelled")));

    targets.goOn.countDown();
    JsonObject second = json("POST", path, "{\"action\": \"deploy\"}");
    HttpResponse<String> events =
        http.send(
            HttpRequest.newBuilder(
                    server
                        .address()
                        .resolve(path + "/" + second.text("id").orElseThrow() + "/events"))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(events.body()).contains("Begun hall", "\"state\":\"done\"");
    assertThat(count(json("GET", path, ""))).isEqualTo(2);
    for (String body :
        List.of(
            "{\"action\": \"destroy\", \"deleteData\": true}",
            "{\"action\": \"destroy\", \"deleteData\": true, \"confirm\": \"other\"}",
            "{\"action\": \"deploy\", \"target\": \"cloud\"}")) {
      assertThat(
              ask("POST", path, "application/json", body.getBytes(StandardCharsets.UTF_8))
                  .statusCode())
          .as(body)
          .isEqualTo(409);
    }
  }

  @Test
  void whatIsAskedOfARunningTwinIsAnsweredByItsProcess() throws Exception {
    upload("POST", "/projects?name=first", zip("hall", folder));
    assertThat(ask("GET", "/projects/first/status", "application/json", new byte[0]).statusCode())
        .isEqualTo(409);
    AskedTwin twin = new AskedTwin();
    twin.healthy = true;
    try (TwinServer.Mounted process = ServedTwin.mount(twin, by -> {})) {
      targets.running = Optional.of(new ServedTargets.Running(process.address(), "hall"));

      assertThat(json("GET", "/projects/first/status", "").text("twin")).contains("hall");
      assertThat(json("GET", "/projects/first/devices/sensor-1/items?limit=2", "").has("items"))
          .isTrue();
      assertThat(json("POST", "/projects/first/move", "{\"move\":\"hot-to-cold\"}").has("items"))
          .isTrue();
      assertThat(ask("DELETE", "/projects/first", "application/json", new byte[0]).statusCode())
          .isEqualTo(409);
      assertThat(json("GET", "/projects/first", "").get("running")).hasToString("true");
      HttpResponse<Stream<String>> events =
          http.send(
              HttpRequest.newBuilder(
                      server.address().resolve("/events?project=first&topics=status"))
                  .build(),
              HttpResponse.BodyHandlers.ofLines());
      assertThat(events.body().filter(l -> l.startsWith("event: ")).limit(2).toList())
          .containsExactly("event: hello", "event: status");
    }
  }
}
