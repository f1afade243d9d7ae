package io.twinloom.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bodies that go into files, and answers that come from files. */
class UploadTest extends EndpointFixture {

  private static final int LARGEST = 10_000;

  @TempDir Path folder;
  private final CountDownLatch handling = new CountDownLatch(1);
  private final List<Throwable> failures = new CopyOnWriteArrayList<>();
  private final CountDownLatch go = new CountDownLatch(1);

  private final RequestHandler uploads =
      new RequestHandler() {
        @Override
        public Optional<Response> refuse(RequestHead head) {
          return Optional.empty();
        }

        @Override
        public Optional<UploadOpener> upload(RequestHead head) {
          return Optional.of(() -> decided(head));
        }

        @Override
        public Response handle(RequestHead head, byte[] body) {
          throw new IllegalStateException("it is an upload");
        }
      };

  private UploadOpener.Decision decided(RequestHead head) {
    if (head.query().containsKey("refused")) {
      assertThat(Thread.currentThread().isVirtual()).isTrue();
      return new UploadOpener.Refused(TestHandler.text(409, "{\"error\":\"there\"}"));
    }
    Path where = head.query().containsKey("nowhere") ? folder.resolve("nowhere") : folder;
    return new Upload(LARGEST, where, this::copied, failures::add);
  }

  private Response copied(RequestHead head, Path file) {
    try {
      if (head.query().containsKey("wait")) {
        handling.countDown();
        await(go);
      }
      return Response.ofFile(200, "text/plain", Files.copy(file, folder.resolve("answer")))
          .with("X-Kind", "file");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String head(String path, int length) {
    return "POST " + path + " HTTP/1.1\r\nHost: x\r\nContent-Length: " + length + "\r\n\r\n";
  }

  private void start(Duration receiving, long onDisk) throws IOException {
    handlers.put("up", uploads);
    start(HttpLimits.DEFAULT.toBuilder().receiving(receiving).uploadsOnDisk(onDisk).build());
  }

  /** It holds from the instant at which the sender is answered. */
  private void noUploadIsLeft() throws IOException {
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left.map(file -> file.getFileName().toString()))
          .noneMatch(name -> name.startsWith("upload-"));
    }
  }

  private void nothingIsLeft() {
    Awaitility.await()
        .untilAsserted(
            () -> {
              try (Stream<Path> left = Files.list(folder)) {
                assertThat(left).isEmpty();
              }
            });
  }

  @Test
  void aBodyIsHandledAsAFileAndAnsweredFromOneAndBothAreGoneThen() throws IOException {
    start(Duration.ofSeconds(20), LARGEST);
    String body = "x".repeat(LARGEST);

    for (int i = 0; i < 3; i++) {
      RawHttp.Response answer = exchange(head("/up", LARGEST) + body);
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.headers()).containsEntry("x-kind", "file");
      assertThat(answer.body()).isEqualTo(body);
      noUploadIsLeft();
      nothingIsLeft();
    }
    assertThat(exchange(head("/up", LARGEST + 1)).status()).isEqualTo(413);
  }

  @Test
  void aRequestThatIsRefusedForWhatItIsIsAnsweredSoWhateverTheSizeOfItsBody() throws IOException {
    start(Duration.ofSeconds(20), LARGEST);
    String body = "x".repeat(10 * LARGEST);

    try (RawHttp client = new RawHttp(endpoint.uri())) {
      for (int i = 0; i < 3; i++) {
        client.send(head("/up?refused=true", body.length()) + body);
        assertThat(client.read().body()).isEqualTo("{\"error\":\"there\"}");
      }
    }
    nothingIsLeft();
  }

  @Test
  void aBodyInChunksThatIsJustTooLargeIsAnsweredSoAlsoWhereAllOfItIsThere() throws IOException {
    start(Duration.ofSeconds(20), 10 * LARGEST);
    String chunks = Integer.toHexString(LARGEST + 1) + "\r\n" + "x".repeat(LARGEST + 1);
    String head = "POST /up HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n";

    try (RawHttp client = new RawHttp(endpoint.uri())) {
      for (int i = 0; i < 10; i++) {
        client.send(head + chunks + "\r\n0\r\n\r\n");
        assertThat(client.read().status()).isEqualTo(413);
        noUploadIsLeft();
      }
    }
    nothingIsLeft();
  }

  @Test
  void aBodyWhoseFileCannotBeWrittenIsAnsweredInGeneralAndReported() throws IOException {
    start(Duration.ofSeconds(20), 10 * LARGEST);

    try (RawHttp client = new RawHttp(endpoint.uri())) {
      for (int i = 0; i < 10; i++) {
        RawHttp.Response answer = client.send(head("/up?nowhere=true", 3) + "abc").read();
        assertThat(answer.status()).isEqualTo(500);
        assertThat(error(answer)).isEqualTo("The request failed; the log says why.");
      }
    }
    assertThat(failures).hasSize(10).allMatch(NoSuchFileException.class::isInstance);
    nothingIsLeft();
  }

  @Test
  void aClientThatWaitsToHearWhetherItsBodyIsWantedHearsIt() throws IOException {
    start(Duration.ofSeconds(20), LARGEST);
    String expects = "\r\nExpect: 100-continue\r\n\r\n";

    try (RawHttp client = new RawHttp(endpoint.uri())) {
      client.send(head("/up", 3).replace("\r\n\r\n", expects));
      assertThat(client.read().status()).isEqualTo(100);
      assertThat(client.send("abc").read().body()).isEqualTo("abc");
    }
    try (RawHttp client = new RawHttp(endpoint.uri())) {
      client.send(head("/up?refused=true", 3).replace("\r\n\r\n", expects));
      assertThat(client.read().status()).isEqualTo(409);
    }
    nothingIsLeft();
  }

  @Test
  void aBodyThatStopsComingIsCutOff() throws IOException {
    start(Duration.ofMillis(300), 2 * LARGEST);

    for (int i = 0; i < 3; i++) {
      try (RawHttp client = new RawHttp(endpoint.uri())) {
        client.send(head("/up", 1_000) + "a few bytes");
        assertThat(client.read().status()).isEqualTo(408);
      }
    }
    nothingIsLeft();
  }

  @Test
  void moreUploadsThanTheDiskIsToHoldAreRefusedForNow() throws IOException {
    start(Duration.ofSeconds(20), LARGEST + 1);
    try (RawHttp first = new RawHttp(endpoint.uri())) {
      first.send(head("/up?wait=true", 3) + "abc");
      await(handling);

      RawHttp.Response second = exchange(head("/up", 3) + "abc");

      assertThat(second.status()).isEqualTo(503);
      assertThat(second.headers()).containsEntry("retry-after", "1");
      go.countDown();
      assertThat(first.read().body().getBytes(StandardCharsets.UTF_8)).hasSize(3);
    }
    nothingIsLeft();
    Awaitility.await()
        .until(() -> List.of(200).contains(exchange(head("/up", 3) + "abc").status()));
  }
}
