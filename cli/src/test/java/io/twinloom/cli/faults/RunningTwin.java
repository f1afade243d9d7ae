package io.twinloom.cli.faults;

import io.twinloom.json.Json;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonNumber;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** {@code twinloom up} in a process of its own. */
final class RunningTwin implements AutoCloseable {

  private final Process process;
  private final JsonObject endpoints;
  private final Path data;
  private final HttpClient http = HttpClient.newHttpClient();

  private RunningTwin(Process process, JsonObject endpoints, Path data) {
    this.process = process;
    this.endpoints = endpoints;
    this.data = data;
  }

  static RunningTwin start(Path project, Path data) throws IOException {
    Path log = data.resolveSibling("up.log");
    Process process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElse("java"),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                "io.twinloom.cli.Main",
                "up",
                project.toString(),
                "--data",
                data.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    Path file = data.resolve("endpoints.json");
    Awaitility.await()
        .until(
            () -> {
              if (!process.isAlive()) {
                throw new IllegalStateException("up ended: " + Files.readString(log));
              }
              return endpointsOf(file, process.pid()).isPresent();
            });
    return new RunningTwin(process, endpointsOf(file, process.pid()).orElseThrow(), data);
  }

  /** The file of a process that was killed is still there when the next one starts. */
  private static Optional<JsonObject> endpointsOf(Path file, long pid) throws IOException {
    JsonObject endpoints;
    try {
      endpoints = Json.parseObject(Files.readAllBytes(file));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
    return endpoints.get("pid") instanceof JsonNumber n && n.text().equals(Long.toString(pid))
        ? Optional.of(endpoints)
        : Optional.empty();
  }

  private JsonObject cloud(String name) {
    return endpoints.object("clouds").orElseThrow().object(name).orElseThrow();
  }

  int mqttPort() {
    return URI.create(cloud("aws").text("mqtt").orElseThrow()).getPort();
  }

  /** Ends it as the kernel does when memory is short: no hook runs, nothing is flushed. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  long backlog() throws Exception {
    JsonObject status = get(twin("status"), "");
    if (status.get("backlog") instanceof JsonNumber n) {
      return Long.parseLong(n.text());
    }
    throw new IllegalStateException("a status without its backlog: " + status);
  }

  /** The address of what its server says of it. */
  private URI twin(String path) {
    return URI.create(
        endpoints.text("api").orElseThrow()
            + "/projects/"
            + endpoints.text("twin").orElseThrow()
            + "/"
            + path);
  }

  List<String> storedTimestamps(String device) throws Exception {
    String token =
        Json.parseObject(Files.readAllBytes(data.resolve("config_inter_cloud.json")))
            .object("connections")
            .orElseThrow()
            .members()
            .entrySet()
            .stream()
            .filter(e -> e.getKey().endsWith("_l5_hot_reader"))
            .map(e -> ((JsonObject) e.getValue()).text("token").orElseThrow())
            .findFirst()
            .orElseThrow();
    List<String> timestamps = new ArrayList<>();
    String reader =
        cloud("azure").text("http").orElseThrow()
            + "/"
            + ThreeCloudTwin.NAME
            + "-hot-reader?limit=10000&device_id="
            + device;
    Optional<String> next = Optional.empty();
    do {
      JsonObject page =
          get(
              URI.create(
                  reader
                      + next.map(t -> "&nextToken=" + URLEncoder.encode(t, StandardCharsets.UTF_8))
                          .orElse("")),
              token);
      for (JsonValue item : page.array("items").orElse(JsonArray.EMPTY)) {
        timestamps.add(((JsonObject) item).text("timestamp").orElseThrow());
      }
      next = page.text("nextToken");
    } while (next.isPresent());
    return timestamps;
  }

  /** The dead letters' devices and times, where their events tell them. */
  Set<String> deadLetterKeys() throws Exception {
    Set<String> keys = new HashSet<>();
    for (JsonValue letter : get(twin("dead-letters"), "").array("items").orElseThrow()) {
      JsonObject event = ((JsonObject) letter).object("event").orElse(JsonObject.EMPTY);
      JsonObject payload = event.object("payload").orElse(event);
      keys.add(payload.text("device_id").orElse("?") + " " + payload.text("timestamp").orElse("?"));
    }
    return keys;
  }

  private JsonObject get(URI uri, String token) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .headers("X-Inter-Cloud-Token", token.isEmpty() ? "-" : token)
            .build();
    HttpResponse<byte[]> answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
    if (answer.statusCode() != 200) {
      throw new IllegalStateException(
          answer.statusCode()
              + " from "
              + uri.getPath()
              + ": "
              + new String(answer.body(), StandardCharsets.UTF_8));
    }
    return Json.parseObject(answer.body());
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      kill();
    }
  }
}
