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

/**
 * {@code serve} in a process of its own.
 *
 * @param root the folder of the projects
 * @param address without a slash at its end
 */
record ServedProcess(Path root, Process process, URI address, HttpClient http)
    implements AutoCloseable {

  /** Serves the folder {@code root} of a folder, and returns once it answers. */
  static ServedProcess start(Path folder) throws IOException {
    Path root = Files.createDirectories(folder.resolve("root"));
    return start(root, folder.resolve("serve.txt"), Map.of());
  }

  /**
   * Serves a folder, and returns once it answers.
   *
   * @param environment more than the tests' own
   */
  static ServedProcess start(Path root, Map<String, String> environment) throws IOException {
    return start(root, root.resolve("serve.txt"), environment);
  }

  private static ServedProcess start(Path root, Path output, Map<String, String> environment)
      throws IOException {
    Process process =
        run(
            root,
            output,
            environment,
            ProcessHandle.current().info().command().orElseThrow(),
            "-cp",
            System.getProperty("java.class.path"),
            "io.twinloom.cli.Main",
            "serve",
            "--root",
            ".",
            "--port",
            "0",
            "--json");
    await().until(() -> Files.readString(output).contains("}") || !process.isAlive());
    String said = Files.readString(output);
    assertThat(process.isAlive()).as(said).isTrue();
    String address = json(said.substring(said.indexOf('{'))).text("api").orElseThrow();
    return new ServedProcess(root, process, URI.create(address), HttpClient.newHttpClient());
  }

  /**
   * Runs something in a folder, its output together in a file.
   *
   * @param environment more than the tests' own
   */
  static Process run(Path folder, Path output, Map<String, String> environment, String... command)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().putAll(environment);
    builder
        .environment()
        .putIfAbsent("TWINLOOM_CACHE", Path.of("target", "code-cache").toAbsolutePath().toString());
    return builder.start();
  }

  private static JsonObject json(String text) {
    return Json.parseObject(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The answer to a GET. */
  String text(String path) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(resource(path)).build());
  }

  /** The answer to a POST without a body. */
  JsonObject post(String path) throws IOException, InterruptedException {
    return json(
        send(
            HttpRequest.newBuilder(resource(path))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build()));
  }

  private URI resource(String path) {
    return URI.create(address + "/" + path);
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
                HttpRequest.newBuilder(resource("projects/twin/deployments"))
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
