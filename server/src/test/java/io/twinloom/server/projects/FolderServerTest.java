package io.twinloom.server.projects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.twinloom.deployer.LockFile;
import io.twinloom.model.TwinloomException;
import io.twinloom.server.FolderServer;
import io.twinloom.server.ServerOptions;
import io.twinloom.server.api.ApiDocument;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may ask the server of a folder, and for what. */
class FolderServerTest {

  private static final String KEY = "0123456789abcdef";
  private static final Set<String> OPEN =
      Set.of("/", "/web/{path}", "/openapi.json", "/docs", "/health");

  @TempDir Path place;

  private FolderServer start(String bind, Optional<String> key) throws IOException {
    Path root = Files.createDirectories(place.resolve("root"));
    return FolderServer.start(
        new ServerOptions(bind, key, Optional.empty(), "test", Map.of(), new TestOutputs()),
        0,
        ProjectFolders.open(
            root,
            ServedFolder.checker(root),
            new TestPlaces(ServedFolder.checker(root)),
            InstantSource.system()),
        Map.of(),
        InstantSource.system(),
        new SecureRandom(),
        failure -> {});
  }

  @Test
  void everyRouteOfTheDocumentExistsAndNoOther() throws Exception {
    try (FolderServer server = start("127.0.0.1", Optional.empty())) {
      Set<String> documented = new TreeSet<>();
      ApiDocument.current().operations().forEach(o -> documented.add(o.method() + " " + o.path()));

      assertThat(new TreeSet<>(server.routes())).isEqualTo(documented);
    }
  }

  @Test
  @DisplayName("somebody serves a folder to other machines without a key")
  void anAddressThatOthersReachNeedsAKey() {
    for (Optional<String> key : java.util.List.of(Optional.<String>empty(), Optional.of("short"))) {
      assertThatExceptionOfType(TwinloomException.class)
          .isThrownBy(() -> start("0.0.0.0", key).close())
          .satisfies(e -> assertThat(e.code()).isEqualTo("TL-API-KEY-NEEDED"));
    }
    assertThatExceptionOfType(TwinloomException.class)
        .isThrownBy(() -> start("127.0.0.1", Optional.of("short")).close());
  }

  @Test
  void withoutTheKeyNoRouteAnswersButTheOnesThatShowNothing() throws Exception {
    HttpClient http = HttpClient.newHttpClient();
    try (FolderServer server = start("0.0.0.0", Optional.of(KEY))) {
      URI address = URI.create("http://127.0.0.1:" + server.address().getPort());
      for (String route : server.routes()) {
        String method = route.substring(0, route.indexOf(' '));
        String template = route.substring(route.indexOf(' ') + 1);
        if (OPEN.contains(template)) {
          continue;
        }
        for (String given :
            java.util.List.of("", "Bearer 0123456789abcdee", "Bearer " + KEY + "0")) {
          HttpRequest.Builder request =
              HttpRequest.newBuilder(address.resolve(template.replaceAll("\\{\\w+}", "x")))
                  .method(method, HttpRequest.BodyPublishers.ofString("{}"));
          if (!given.isEmpty()) {
            request.header("Authorization", given);
          }
          HttpResponse<String> answer =
              http.send(request.build(), HttpResponse.BodyHandlers.ofString());
          assertThat(answer.statusCode()).as(route).isEqualTo(401);
          assertThat(answer.headers().firstValue("www-authenticate")).contains("Bearer");
          assertThat(answer.body()).doesNotContain(KEY);
        }
      }
      HttpRequest known =
          HttpRequest.newBuilder(address.resolve("/projects"))
              .header("Authorization", "Bearer " + KEY)
              .build();
      assertThat(http.send(known, HttpResponse.BodyHandlers.discarding()).statusCode())
          .isEqualTo(200);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "localhost,,200",
    "127.0.0.1:80,,200",
    "evil.example,,403",
    "127.0.0.1.nip.io,,403",
    "localhost.evil.example,,403",
    "0.0.0.0,,403",
    "localhost,http://evil.example,403",
    "localhost,null,403",
    "localhost,https://localhost,403",
    "localhost,http://localhost:1,403",
    "localhost,http://localhost,200",
    "'',,400",
  })
  @DisplayName("another web page asks the server of a folder")
  void onLoopbackOnlyTheServersOwnPageMayAsk(String host, String origin, int status)
      throws Exception {
    try (FolderServer server = start("127.0.0.1", Optional.empty())) {
      String request =
          "GET /projects HTTP/1.1\r\n"
              + "Host: "
              + host
              + "\r\n"
              + (origin == null ? "" : "Origin: " + origin + "\r\n")
              + "Connection: close\r\n\r\n";
      try (Socket socket = new Socket("127.0.0.1", server.address().getPort())) {
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(answer).startsWith("HTTP/1.1 " + status);
        assertThat(answer.toLowerCase(java.util.Locale.ROOT))
            .doesNotContain("access-control-allow-origin");
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'',400",
    "'Host: localhost|Host: evil.example',400",
    "'Host: localhost|Sec-Fetch-Site: cross-site|Sec-Fetch-Mode: cors',403",
    "'Host: localhost|Sec-Fetch-Site: cross-site|Sec-Fetch-Mode: no-cors',403",
    "'Host: localhost|Sec-Fetch-Site: cross-site|Sec-Fetch-Mode: navigate',200",
    "'Host: localhost|Sec-Fetch-Site: same-origin',200",
  })
  @DisplayName("a request says nothing of its host, two things, or that another web page sent it")
  void whoseRequestItIsMustBeClear(String headers, int status) throws Exception {
    try (FolderServer server = start("127.0.0.1", Optional.empty());
        Socket socket = new Socket("127.0.0.1", server.address().getPort())) {
      String lines = headers.isEmpty() ? "" : headers.replace("|", "\r\n") + "\r\n";
      socket
          .getOutputStream()
          .write(
              ("GET /projects HTTP/1.1\r\n" + lines + "Connection: close\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(answer).startsWith("HTTP/1.1 " + status);
    }
  }

  @Test
  @DisplayName("somebody opens streams of a folder's events until there are too many")
  void tooManyStreamsAreRefusedAndTheServerGoesOn() throws Exception {
    try (ServedFolder folder = ServedFolder.in(place)) {
      folder.add("there");
      List<Socket> all = new ArrayList<>();
      try {
        int refused = 0;
        for (int i = 0; i < 80; i++) {
          Socket socket = new Socket("127.0.0.1", folder.server.address().getPort());
          all.add(socket);
          socket
              .getOutputStream()
              .write(
                  "GET /events?topics=status&project=there HTTP/1.1\r\nHost: localhost\r\n\r\n"
                      .getBytes(StandardCharsets.US_ASCII));
          byte[] first = socket.getInputStream().readNBytes("HTTP/1.1 200".length());
          refused += new String(first, StandardCharsets.US_ASCII).endsWith("503") ? 1 : 0;
        }
        assertThat(refused).isBetween(10, 16);
        assertThat(folder.get("/health").status()).isEqualTo(200);
      } finally {
        for (Socket socket : all) {
          socket.close();
        }
      }
    }
  }

  @Test
  @DisplayName("a folder is served twice")
  void aFolderIsServedByOneProcess() {
    try (LockFile first = FolderLock.take(place)) {
      assertThatExceptionOfType(TwinloomException.class)
          .isThrownBy(() -> FolderLock.take(place).close())
          .satisfies(
              e -> {
                assertThat(e.code()).isEqualTo("TL-API-FOLDER-HELD");
                assertThat(e.what()).contains(Long.toString(ProcessHandle.current().pid()));
              });
      assertThat(first).isNotNull();
    }
    FolderLock.take(place).close();
  }
}
