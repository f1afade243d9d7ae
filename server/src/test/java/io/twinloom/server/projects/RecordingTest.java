package io.twinloom.server.projects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.twinloom.deployer.recording.RecordedMessage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What devices publish is recorded over REST. */
class RecordingTest {

  @TempDir Path place;
  private ServedFolder folder;

  @BeforeEach
  void start() throws IOException {
    folder = ServedFolder.in(place);
  }

  @AfterEach
  void stop() {
    folder.close();
  }

  /** The lines of a recording, as they come. */
  private final class Lines {
    final List<String> all = new CopyOnWriteArrayList<>();
    final Thread reading;

    Lines(String query) throws Exception {
      HttpResponse<InputStream> answer =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(
                          folder.server.address().resolve("/projects/mill/recording" + query))
                      .build(),
                  HttpResponse.BodyHandlers.ofInputStream());
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.headers().firstValue("content-type")).contains("application/x-ndjson");
      reading = Thread.ofVirtual().start(() -> read(answer.body()));
    }

    private void read(InputStream body) {
      try (BufferedReader lines =
          new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
        lines.lines().forEach(all::add);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
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
    await().until(() -> !lines.reading.isAlive());

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
    Lines lines = new Lines("?for=PT0.05S");
    await().until(() -> !lines.reading.isAlive());
    assertThat(folder.get("/projects/mill/status").status()).isEqualTo(200);
  }

  @Test
  void whatCannotBeRecordedIsRefused() throws Exception {
    Path project = folder.add("mill");
    assertThat(folder.get("/projects/mill/recording").code()).isEqualTo("TL-LOCAL-NOT-RUNNING");
    assertThat(folder.get("/projects/mil/recording").code()).isEqualTo("TL-PROJECT-UNKNOWN");

    folder.places.up(project);
    assertThat(folder.get("/projects/mill/recording?devices=plain,plane").text())
        .contains("TL-API-PARAMETER", "plane");
    assertThat(folder.get("/projects/mill/recording?for=soon").status()).isEqualTo(400);
  }
}
