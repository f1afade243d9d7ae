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
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/** {@code serve} of a folder in a process of its own. */
record ServedProcess(Process process, URI api, HttpClient http) implements AutoCloseable {

  /**
   * Starts it, and returns once it answers.
   *
   * @param environment more than the tests' own
   */
  static ServedProcess start(Path root, Map<String, String> environment) throws IOException {
    Path output = root.resolve("serve.txt");
    ProcessBuilder builder =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path"),
                "io.twinloom.cli.Main",
                "serve",
                "--root",
                ".",
                "--port",
                "0",
                "--json")
            .directory(root.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().putAll(environment);
    builder
        .environment()
        .putIfAbsent("TWINLOOM_CACHE", Path.of("target", "code-cache").toAbsolutePath().toString());
    Process process = builder.start();
    await().until(() -> Files.readString(output).contains("}") || !process.isAlive());
    String said = Files.readString(output);
    assertThat(process.isAlive()).as(said).isTrue();
    URI api = URI.create(json(said.substring(said.indexOf('{'))).text("api").orElseThrow() + "/");
    return new ServedProcess(process, api, HttpClient.newHttpClient());
  }

  private static JsonObject json(String text) {
    return Json.parseObject(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The answer to a GET. */
  String text(String path) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(api.resolve(path)).build());
  }

  private String send(HttpRequest request) throws IOException, InterruptedException {
    return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
  }

  /**
   * Starts a deployment of the project {@code twin}, whose twin is {@code my-twin}, and waits for
   * its end.
   *
   * @param order the order, without its confirmation and its end
   */
  JsonObject deployment(String order) throws IOException, InterruptedException {
    JsonObject started =
        json(
            send(
                HttpRequest.newBuilder(api.resolve("projects/twin/deployments"))
                    .header("Content-Type", "application/json")
                    .POST(
                        HttpRequest.BodyPublishers.ofString(order + ", \"confirm\": \"my-twin\"}"))
                    .build()));
    String id = started.text("id").orElseThrow(() -> new AssertionError(Json.text(started)));
    String path = "projects/twin/deployments/" + id;
    await()
        .until(
            () -> !Set.of("running", "queued").contains(json(text(path)).text("state").orElse("")));
    return json(text(path));
  }

  @Override
  public void close() {
    process.destroy();
    await().until(() -> !process.isAlive());
  }
}
