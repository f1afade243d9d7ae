package io.twinloom.server.projects;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.json.Json;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import io.twinloom.packaging.UserCodeChecker;
import io.twinloom.server.FolderServer;
import io.twinloom.server.ServerOptions;
import io.twinloom.server.api.DocumentedAnswers;
import io.twinloom.testkit.project.ProjectBuilder;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;

/** A server of a folder of projects. Every answer in JSON is held against its schema. */
public final class ServedFolder implements AutoCloseable {

  static final byte[] NOTHING = {};

  /** What is answered to a request. */
  public record Answer(int status, byte[] body, Map<String, List<String>> headers) {

    String text() {
      return new String(body, StandardCharsets.UTF_8);
    }

    public JsonObject json() {
      return Json.parseObject(body);
    }

    /** The code of the problem. */
    String code() {
      return json().text("code").orElse("");
    }
  }

  final Path root;
  final TestPlaces places;
  final FolderServer server;
  final Queue<String> failures = new ConcurrentLinkedQueue<>();
  private final DocumentedAnswers documented = new DocumentedAnswers();
  private final HttpClient http = HttpClient.newHttpClient();

  private ServedFolder(Path root, TestPlaces places) {
    this.root = root;
    this.places = places;
    this.server =
        FolderServer.start(
            ServerOptions.loopback(Map.of(), "test", new TestOutputs()),
            0,
            ProjectFolders.open(root, checker(root), places, InstantSource.system()),
            Map.of(),
            InstantSource.system(),
            new SecureRandom(),
            failures::add);
  }

  static UserCodeChecker checker(Path root) {
    return UserCodeChecker.of(
        root.resolveSibling("cache"), System.getenv("PATH"), InstantSource.system());
  }

  /**
   * Serves a folder.
   *
   * @param place in which it is made
   */
  public static ServedFolder in(Path place) throws IOException {
    Path root = Files.createDirectories(place.resolve("root"));
    return new ServedFolder(root, new TestPlaces(checker(root)));
  }

  /** A project with code of its own for one device. */
  static ProjectBuilder project(String twin) {
    return ProjectBuilder.of(twin)
        .device("coded", "temperature")
        .device("plain", "level")
        .pythonProcessor("coded", "def process(event):\n    return event\n");
  }

  /** Puts a project into the folder. */
  Path add(String id) {
    return project(id).writeTo(root.resolve(id));
  }

  /** A project as the body of an upload. */
  static byte[] zip(ProjectBuilder project) throws IOException {
    Path file = Files.createTempFile("project", ".zip");
    byte[] bytes = Files.readAllBytes(project.zipTo(file));
    Files.delete(file);
    return bytes;
  }

  Answer get(String path) throws IOException, InterruptedException {
    return ask("GET", path, NOTHING);
  }

  Answer ask(String method, String path, byte[] body, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.address().resolve(path))
            .method(
                method,
                body.length == 0
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofByteArray(body));
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    HttpResponse<byte[]> answer =
        http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    String type = answer.headers().firstValue("content-type").orElse("");
    Answer given = new Answer(answer.statusCode(), answer.body(), answer.headers().map());
    if (answer.statusCode() >= 400) {
      assertThat(type).as(given.text()).isEqualTo("application/problem+json");
    }
    if (type.contains("json") && answer.body().length > 0) {
      documented.check(method, path.replaceFirst("\\?.*", ""), answer.statusCode(), given.text());
    }
    return given;
  }

  Answer zip(String method, String path, byte[] zip) throws IOException, InterruptedException {
    return ask(method, path, zip, "Content-Type", "application/zip");
  }

  Answer json(String method, String path, String body) throws IOException, InterruptedException {
    return ask(
        method, path, body.getBytes(StandardCharsets.UTF_8), "Content-Type", "application/json");
  }

  /** The texts of a member of the objects of a list. */
  static List<String> texts(JsonObject json, String list, String member) {
    return json.array(list).orElse(JsonArray.EMPTY).values().stream()
        .map(v -> ((JsonObject) v).text(member).orElse(""))
        .toList();
  }

  /** What is in the folder of the projects. */
  List<String> entries() throws IOException {
    try (Stream<Path> all = Files.list(root)) {
      return all.map(path -> path.getFileName().toString())
          .filter(name -> !name.equals(ProjectFolders.VERSIONS))
          .sorted()
          .toList();
    }
  }

  @Override
  public void close() {
    server.close();
    places.close();
    assertThat(failures).isEmpty();
  }
}
