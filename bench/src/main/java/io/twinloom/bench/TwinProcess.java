package io.twinloom.bench;

import io.twinloom.json.Json;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonNumber;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonSyntaxException;
import io.twinloom.json.JsonValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** {@code twinloom up} on a project, started as a user starts it. */
final class TwinProcess implements Server {

  private final Process process;
  private final JsonObject endpoints;
  private final Path data;
  private final boolean crossing;
  private final Duration readyAfter;
  private final HttpClient http = HttpClient.newHttpClient();

  private TwinProcess(
      Process process, JsonObject endpoints, Path data, boolean crossing, Duration readyAfter) {
    this.process = process;
    this.endpoints = endpoints;
    this.data = data;
    this.crossing = crossing;
    this.readyAfter = readyAfter;
  }

  static TwinProcess start(Path launcher, Path project, Path data, int clouds)
      throws IOException, InterruptedException {
    return start(launcher, project, data, clouds, Map.of());
  }

  /**
   * @param environment variables that it has besides this process's own
   */
  static TwinProcess start(
      Path launcher, Path project, Path data, int clouds, Map<String, String> environment)
      throws IOException, InterruptedException {
    long begun = System.nanoTime();
    ProcessBuilder up =
        new ProcessBuilder(
                launcher.toString(), "up", project.toString(), "--data", data.toString(), "--quiet")
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    up.environment().putAll(environment);
    Process process = up.start();
    Path file = data.resolve("endpoints.json");
    // A process that was killed has left its own.
    while (!isOf(process, file)) {
      if (!process.isAlive()) {
        throw new IllegalStateException("twinloom up ended with " + process.exitValue());
      }
      TimeUnit.MILLISECONDS.sleep(5);
    }
    Duration ready = Duration.ofNanos(System.nanoTime() - begun);
    return new TwinProcess(
        process, Json.parseObject(Files.readAllBytes(file)), data, clouds == 3, ready);
  }

  private static boolean isOf(Process process, Path endpoints) throws IOException {
    return Files.exists(endpoints)
        && Json.parseObject(Files.readAllBytes(endpoints)).get("pid") instanceof JsonNumber pid
        && pid.text().equals(Long.toString(process.pid()));
  }

  /** From the start of the command to its addresses being there. */
  Duration readyAfter() {
    return readyAfter;
  }

  private JsonObject cloud(String name) {
    return endpoints.object("clouds").orElseThrow().object(name).orElseThrow();
  }

  @Override
  public URI broker() {
    return URI.create(cloud(crossing ? "aws" : "azure").text("mqtt").orElseThrow());
  }

  @Override
  public String twin() {
    return BenchProject.TWIN;
  }

  @Override
  public ProcessHandle process() {
    return process.toHandle();
  }

  @Override
  public long stored() {
    String last = BenchProject.TWIN + (crossing ? "-hot-writer" : "-persister");
    for (JsonValue function : status().array("functions").orElse(JsonArray.EMPTY)) {
      if (function instanceof JsonObject f && f.text("name").orElse("").equals(last)) {
        return count(f, "invocations") - count(f, "errors");
      }
    }
    return 0;
  }

  @Override
  public Map<String, Hop> hops() {
    Map<String, Hop> hops = new HashMap<>();
    for (JsonValue function : status().array("functions").orElse(JsonArray.EMPTY)) {
      if (function instanceof JsonObject f) {
        hops.put(f.text("name").orElse(""), new Hop(count(f, "invocations"), count(f, "batches")));
      }
    }
    return hops;
  }

  private static long count(JsonObject function, String key) {
    return function.get(key) instanceof JsonNumber n ? Long.parseLong(n.text()) : 0;
  }

  /** The address of its server. */
  URI api() {
    return URI.create(endpoints.text("api").orElseThrow());
  }

  JsonObject status() {
    return twin("status");
  }

  /** What its process answers about the twin. */
  JsonObject twin(String path) {
    return get(address(path), "");
  }

  private URI address(String path) {
    return URI.create(api() + "/projects/" + BenchProject.TWIN + "/" + path);
  }

  /** The address of the reader of the hot store. */
  URI hotReader() {
    return hotCloud().resolve("/" + BenchProject.TWIN + "-hot-reader");
  }

  /** The HTTP address of the cloud that the hot store is on. */
  URI hotCloud() {
    return URI.create(cloud("azure").text("http").orElseThrow());
  }

  String hotReaderToken() {
    return token("_l5_hot_reader");
  }

  /** The token of the connection whose id ends so. */
  String token(String ending) {
    try {
      JsonObject file =
          Json.parseObject(Files.readAllBytes(data.resolve("config_inter_cloud.json")));
      return file.object("connections").orElseThrow().members().entrySet().stream()
          .filter(e -> e.getKey().endsWith(ending))
          .map(e -> ((JsonObject) e.getValue()).text("token").orElseThrow())
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Asks the twin's process to do something, and waits for its answer. */
  JsonObject post(String path, JsonObject body) {
    return ask(
        HttpRequest.newBuilder(address(path))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(Json.bytes(body))));
  }

  private JsonObject get(URI uri, String token) {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri);
    if (!token.isEmpty()) {
      request.header("X-Inter-Cloud-Token", token);
    }
    return ask(request);
  }

  private JsonObject ask(HttpRequest.Builder request) {
    try {
      HttpResponse<byte[]> answer =
          http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
      if (answer.statusCode() != 200) {
        throw new IllegalStateException(
            answer.statusCode()
                + " from "
                + request.build().uri().getPath()
                + ": "
                + new String(answer.body(), StandardCharsets.UTF_8));
      }
      if (Json.parse(answer.body()) instanceof JsonObject object) {
        return object;
      }
      throw new IllegalStateException("no object from " + request.build().uri().getPath());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (JsonSyntaxException e) {
      throw new IllegalStateException("invalid JSON from " + request.build().uri().getPath(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    Server.end(process);
  }
}
