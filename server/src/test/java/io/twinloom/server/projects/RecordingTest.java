package io.twinloom.server.projects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.twinloom.deployer.device.DeviceClient;
import io.twinloom.deployer.recording.RecordedMessage;
import io.twinloom.server.twin.NoTarget;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What devices publish is recorded over REST. */
class RecordingTest extends FolderFixture {

  private static final String RECORDING = "/projects/mill/recording";

  private final HttpClient http = HttpClient.newHttpClient();

  /** The lines of a recording, as they come. */
  private final class Lines {
    final List<String> all = new CopyOnWriteArrayList<>();
    final CompletableFuture<Boolean> whole = new CompletableFuture<>();
    final HttpResponse<InputStream> answer;

    Lines(URI server, String query) throws Exception {
      answer =
          http.send(
              HttpRequest.newBuilder(server.resolve(RECORDING + query)).build(),
              HttpResponse.BodyHandlers.ofInputStream());
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.headers().firstValue("content-type")).contains("application/x-ndjson");
    }

    Lines(String query) throws Exception {
      this(folder.server.address(), query);
      read();
    }

    /** Reads to the end, which is that of a whole answer or not. */
    Lines read() {
      var unused = Thread.ofVirtual().start(() -> whole.complete(isRead()));
      return this;
    }

    private boolean isRead() {
      try (BufferedReader lines =
          new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
        lines.lines().forEach(all::add);
        return true;
      } catch (IOException | UncheckedIOException e) {
        return false;
      }
    }

    boolean isWhole() {
      return whole.orTimeout(60, TimeUnit.SECONDS).join();
    }
  }

  /** A device channel that follows a test. */
  private static final class Channel implements DeviceClient {
    volatile boolean connected = true;
    private final int messages;

    /**
     * @param messages how many come at once, of 100 kB each
     */
    Channel(int messages) {
      this.messages = messages;
    }

    @Override
    public CompletionStage<Void> publish(String device, byte[] payload) {
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public void listen(BiConsumer<String, byte[]> received) {}

    @Override
    public void observe(BiConsumer<String, byte[]> received) {
      byte[] payload = ("\"" + "x".repeat(100_000) + "\"").getBytes(StandardCharsets.UTF_8);
      for (int i = 0; i < messages; i++) {
        received.accept("plain", payload);
      }
    }

    @Override
    public boolean isConnected() {
      return connected;
    }

    @Override
    public void close() {}
  }

  /** A twin that runs, and whose device channel is another one. */
  private void up(DeviceClient channel) {
    Path project = folder.add("mill");
    folder.places.up(project);
    folder.places.others.put(
        project,
        new NoTarget() {
          @Override
          public Optional<DeviceClient> devices(String clientId) {
            return Optional.of(channel);
          }
        });
  }

  private void publish(String device, String message) throws Exception {
    assertThat(
            folder.json("POST", "/projects/mill/devices/" + device + "/messages", message).status())
        .isEqualTo(200);
  }

  @Test
  @DisplayName("somebody records the devices of a running twin over REST, until it ends")
  void aRecordingHasWhatTheWantedDevicesPublishAndEndsWithTheTwin() throws Exception {
    folder.places.up(folder.add("mill"));
    Lines lines = new Lines("?devices=plain");
    await()
        .until(
            () -> {
              publish("coded", "{\"temperature\": 20}");
              publish("plain", "{\"level\": 3}");
              return !lines.all.isEmpty();
            });

    folder.places.end();

    assertThat(lines.isWhole()).isTrue();
    assertThat(lines.all)
        .allSatisfy(
            line -> {
              RecordedMessage message = RecordedMessage.parse(line, "");
              assertThat(message.device()).isEqualTo("plain");
              assertThat(new String(message.payload(), StandardCharsets.UTF_8))
                  .isEqualTo("{\"level\":3}");
            });
  }

  @Test
  void aRecordingEndsAfterItsTime() throws Exception {
    folder.places.up(folder.add("mill"));
    assertThat(new Lines("?for=PT0.05S").isWhole()).isTrue();
    assertThat(folder.get("/projects/mill/status").status()).isEqualTo(200);
  }

  @Test
  @DisplayName("somebody ends a twin whose devices are recorded over its own server")
  void aRecordingOfATwinsOwnServerIsWholeWhenTheTwinEnds() throws Exception {
    Path project = folder.add("mill");
    folder.places.up(project);
    Lines lines =
        new Lines(folder.places.running(project).orElseThrow().api(), "?devices=plain").read();

    folder.places.end();

    assertThat(lines.isWhole()).isTrue();
  }

  @Test
  @DisplayName("a server ends while it sends a recording of a twin that runs on")
  void aRecordingIsIncompleteWhereTheServerEndsAndTheTwinDoesNot() throws Exception {
    up(new Channel(1));
    Lines lines = new Lines("");
    await().until(() -> !lines.all.isEmpty());

    folder.server.close();

    assertThat(lines.isWhole()).isFalse();
  }

  @Test
  @DisplayName("the connection to the device channel breaks while devices are recorded over REST")
  void aRecordingIsIncompleteAndLoggedWhereTheChannelIsLost() throws Exception {
    Channel channel = new Channel(1);
    up(channel);
    Lines lines = new Lines("");
    await().until(() -> !lines.all.isEmpty());

    channel.connected = false;

    assertThat(lines.isWhole()).isFalse();
    assertThat(folder.failures.poll())
        .contains("GET /projects/{project}/recording", "TL-RECORDING-LOST");
  }

  @Test
  void aBurstOfLargeMessagesIsRecordedWhole() throws Exception {
    up(new Channel(40));
    Lines lines = new Lines("?for=PT0.5S");

    assertThat(lines.isWhole()).isTrue();
    assertThat(lines.all).hasSize(40);
    assertThat(folder.failures).isEmpty();
  }

  @Test
  void aRecordingIsIncompleteWhereItsClientMissesAMessage() throws Exception {
    up(new Channel(1_000));
    Lines lines = new Lines(folder.server.address(), "?for=PT1M");
    // What fits between the two is taken, since nobody reads; then the stream is aborted.
    String failure = await().until(folder.failures::poll, Objects::nonNull);

    assertThat(failure).contains("GET /projects/{project}/recording", "TL-RECORDING-SLOW");
    assertThat(lines.read().isWhole()).isFalse();
    assertThat(lines.all).hasSizeLessThan(1_000);
  }

  @Test
  @DisplayName("a program opens recordings without an end")
  void onlySoManyRecordingsAreSentAtOnce() throws Exception {
    up(new Channel(0));
    for (int i = 0; i < 2 * OpenRecordings.MOST; i++) {
      assertThat(folder.ask("HEAD", RECORDING, ServedFolder.NOTHING).headers())
          .containsEntry("content-type", List.of("application/x-ndjson"));
    }
    List<Lines> open = new ArrayList<>();
    await()
        .ignoreExceptionsInstanceOf(AssertionError.class)
        .until(() -> open.add(new Lines("")) && open.size() == OpenRecordings.MOST);

    assertThat(folder.get(RECORDING).code()).isEqualTo("TL-API-BUSY");
    assertThat(folder.get("/projects/mill/status").status()).isEqualTo(200);
    open.getFirst().answer.body().close();
    await().until(() -> folder.get(RECORDING + "?for=PT0.01S").status() == 200);
  }

  @Test
  void whatCannotBeRecordedIsRefused() throws Exception {
    Path project = folder.add("mill");
    assertThat(folder.get("/projects/mill/recording").code()).isEqualTo("TL-LOCAL-NOT-RUNNING");
    assertThat(folder.get("/projects/mil/recording").code()).isEqualTo("TL-PROJECT-UNKNOWN");

    folder.places.up(project);
    assertThat(folder.get("/projects/mill/recording?devices=plain,plan").text())
        .contains("TL-API-PARAMETER", "Did you mean \\\"plain\\\"?");
    assertThat(folder.get("/projects/mill/recording?for=soon").status()).isEqualTo(400);
  }
}
