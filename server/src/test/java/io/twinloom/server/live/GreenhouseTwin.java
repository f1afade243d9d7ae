package io.twinloom.server.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.twinloom.deployer.Preparation;
import io.twinloom.deployer.PreparedProject;
import io.twinloom.json.Json;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonNumber;
import io.twinloom.json.JsonObject;
import io.twinloom.local.LocalOptions;
import io.twinloom.local.deploy.LocalRun;
import io.twinloom.local.deploy.LocalTarget;
import io.twinloom.local.deploy.LocalWiring;
import io.twinloom.local.deploy.RunOptions;
import io.twinloom.local.deploy.RunningTwin;
import io.twinloom.model.trace.TraceSampling;
import io.twinloom.packaging.UserCodeChecker;
import io.twinloom.server.ServerOptions;
import io.twinloom.server.WebServer;
import io.twinloom.server.api.DocumentedAnswers;
import io.twinloom.server.projects.TestOutputs;
import io.twinloom.testkit.project.ProjectBuilder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A twin over three local clouds with a device {@code climate}, whose own code fails for values
 * from 100 on, and a device {@code tank} without code. Every answer is held against its schema.
 */
final class GreenhouseTwin implements AutoCloseable {

  static final String NAME = "glass";

  private static final String CODE =
      """
      def process(event):
          if event["temperature"] >= 100:
              raise ValueError("too hot")
          return event
      """;

  final Queue<String> failures = new ConcurrentLinkedQueue<>();
  private final DocumentedAnswers documented = new DocumentedAnswers();
  private final HttpClient http = HttpClient.newHttpClient();
  private final LocalTarget target;
  private final RunningTwin twin;

  private GreenhouseTwin(LocalTarget target, RunningTwin twin) {
    this.target = target;
    this.twin = twin;
  }

  static GreenhouseTwin start(Path folder) {
    return start(folder, Map.of());
  }

  /** One whose server finds this environment. */
  static GreenhouseTwin start(Path folder, Map<String, String> environment) {
    Path project =
        ProjectBuilder.of(NAME)
            .overThreeClouds()
            .device("climate", "temperature")
            .device("tank", "level")
            .pythonProcessor("climate", CODE)
            .feature("useEventChecking")
            .rule(
                "climate.climate.temperature > DOUBLE(30)",
                "alarm",
                "def process(event):\n    return event\n")
            .writeTo(folder.resolve("project"));
    UserCodeChecker checker =
        UserCodeChecker.of(folder.resolve("cache"), System.getenv("PATH"), InstantSource.system());
    Preparation.Outcome outcome = Preparation.of(project, checker);
    PreparedProject prepared =
        outcome.project().orElseThrow(() -> new AssertionError(outcome.problems().toString()));
    Path data = folder.resolve("data");
    GreenhouseTwin[] made = new GreenhouseTwin[1];
    LocalTarget target =
        new LocalTarget(
            new LocalRun(
                LocalOptions.defaults(data)
                    .withSampling(TraceSampling.ALL)
                    .withRetryGaps(List.of(Duration.ofMillis(50), Duration.ofMillis(50))),
                RunOptions.NONE,
                List.of(),
                List.of()),
            new LocalWiring(
                WebServer.of(
                    ServerOptions.loopback(environment, "test", new TestOutputs()),
                    InstantSource.system(),
                    new SecureRandom(),
                    checker,
                    failure -> made[0].failures.add(failure)),
                InstantSource.system(),
                new SecureRandom(),
                System.getenv(),
                step -> {}));
    made[0] = new GreenhouseTwin(target, target.up(prepared, by -> {}));
    return made[0];
  }

  URI address() {
    return twin.address();
  }

  /** Asks a route of the twin; its answer is a success and as documented. */
  JsonObject get(String path) throws Exception {
    return answered("GET", path, "");
  }

  JsonObject post(String path, JsonObject body) throws Exception {
    return answered("POST", path, Json.text(body));
  }

  JsonObject answered(String method, String path, String body) throws Exception {
    HttpResponse<String> answer = ask(method, path, body);
    assertThat(answer.statusCode()).as(method + " " + path + ": " + answer.body()).isLessThan(300);
    return Json.parseObject(answer.body().getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  /** Asks a route of the twin; its answer is as documented, whatever it is. */
  HttpResponse<String> ask(String method, String path, String body)
      throws IOException, InterruptedException {
    String whole = path.startsWith("/") ? path : "/projects/" + NAME + "/" + path;
    HttpResponse<String> answer =
        http.send(
            HttpRequest.newBuilder(address().resolve(whole))
                .header("Content-Type", "application/json")
                .method(
                    method,
                    body.isEmpty()
                        ? HttpRequest.BodyPublishers.noBody()
                        : HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    documented.check(method, whole.replaceFirst("\\?.*", ""), answer.statusCode(), answer.body());
    return answer;
  }

  /** Sends a measurement as a device. */
  void send(String device, String property, double value) throws Exception {
    JsonObject sent =
        post("devices/" + device + "/messages", JsonObject.builder().put(property, value).build());
    assertThat(sent.get("acknowledged")).hasToString("true");
  }

  /** Connects to the device channel as another does, whose connection ends with that. */
  void takeOverConnection(String clientId) {
    target.devices(clientId).orElseThrow().close();
  }

  /** Waits until the ledger says so. */
  void awaitLedger(String member, long value) {
    await().untilAsserted(() -> assertThat(number(get("ledger"), member)).isEqualTo(value));
  }

  static long number(JsonObject json, String name) {
    return json.get(name) instanceof JsonNumber n ? n.asDecimal().longValue() : Long.MIN_VALUE;
  }

  static List<JsonObject> items(JsonObject json, String name) {
    return json.array(name).orElse(JsonArray.EMPTY).values().stream()
        .map(v -> (JsonObject) v)
        .toList();
  }

  @Override
  public void close() {
    twin.close();
    assertThat(failures).isEmpty();
  }
}
