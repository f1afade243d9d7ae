package io.twinloom.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A twin that {@code twinloom up} runs in this process until a command or a fault ends it.
 *
 * @param folder where the commands are called
 * @param project the project's folder, as the commands name it
 */
record ForegroundTwin(Path folder, String project, CompletableFuture<CliRun> up) {

  /** Starts it, and returns once it can be asked. */
  static ForegroundTwin start(Path folder, String project, String... options) {
    return start(folder, Map.of(), project, options);
  }

  /**
   * Starts it, and returns once it can be asked.
   *
   * @param more of the environment than every command has here
   */
  static ForegroundTwin start(
      Path folder, Map<String, String> more, String project, String... options) {
    String[] command =
        Stream.concat(Stream.of("up", project), Stream.of(options)).toArray(String[]::new);
    ForegroundTwin twin =
        new ForegroundTwin(folder, project, CliRun.goingOn(folder, more, command));
    CompletableFuture<CliRun> up = twin.up();
    await().until(() -> up.isDone() || Files.exists(twin.endpoints()));
    assertThat(up).as(() -> up.isDone() ? up.join().err() : "up goes on").isNotDone();
    return twin;
  }

  /** Where its data is. */
  Path data() {
    return folder.resolve(project).resolve(".twinloom");
  }

  /** The file that says where it listens, which is there while it runs. */
  Path endpoints() {
    return data().resolve("endpoints.json");
  }

  /** Where devices connect. */
  URI mqtt() throws IOException {
    return URI.create(
        Json.parseObject(Files.readAllBytes(endpoints()))
            .object("clouds")
            .flatMap(clouds -> clouds.object("aws"))
            .flatMap(cloud -> cloud.text("mqtt"))
            .orElseThrow());
  }

  /** Cuts a connection between clouds, until it is restored. */
  void cut(String connection) throws Exception {
    chaos(connection, "PUT", "{\"cut\": true, \"for\": \"PT10M\"}");
  }

  /** Ends what {@link #cut} has begun. */
  void restore(String connection) throws Exception {
    chaos(connection, "DELETE", "");
  }

  private void chaos(String connection, String method, String body) throws Exception {
    JsonObject listening = Json.parseObject(Files.readAllBytes(endpoints()));
    URI fault =
        URI.create(listening.text("api").orElseThrow())
            .resolve("/projects/" + listening.text("twin").orElseThrow() + "/chaos/" + connection);
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpResponse<String> answer =
          http.send(
              HttpRequest.newBuilder(fault)
                  .header("Content-Type", "application/json")
                  .method(method, HttpRequest.BodyPublishers.ofString(body))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }
  }

  /** Runs a command in the same folder. */
  CliRun run(String... command) {
    return CliRun.in(folder, command);
  }

  /** What is stored of a device in a range of time. */
  CliRun query(String device, String from, String to) {
    return run("query", project, "--device", device, "--from", from, "--to", to, "--json");
  }

  /** The items of a device in a range of time, once there are so many. */
  List<JsonObject> awaitItems(String device, String from, String to, int count) {
    await()
        .untilAsserted(
            () ->
                assertThat(query(device, from, to).objects("items"))
                    .hasSizeGreaterThanOrEqualTo(count));
    return query(device, from, to).objects("items");
  }

  /** Ends it by {@code destroy}. */
  CliRun destroy() {
    return run("destroy", project, "--json");
  }

  /** What {@code up} said, once it has ended. */
  CliRun ended() throws Exception {
    return up.get(60, TimeUnit.SECONDS);
  }
}
