package io.twinloom.server.projects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.twinloom.json.JsonBoolean;
import io.twinloom.json.JsonObject;
import io.twinloom.server.projects.ServedFolder.Answer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The twins of a folder's projects, asked through its server. */
class ProxiedTwinTest {

  @TempDir Path place;

  @Test
  @DisplayName("somebody asks a running twin through the server of its folder")
  void aRunningTwinIsAskedUnderTheIdOfItsFolder() throws Exception {
    try (ServedFolder folder = ServedFolder.in(place)) {
      Path project = ServedFolder.project("mill").writeTo(folder.root.resolve("site-1"));
      folder.add("other");
      folder.places.up(project);

      JsonObject whole = folder.get("/projects/site-1").json();
      assertThat(whole.get("running")).isEqualTo(JsonBoolean.TRUE);
      assertThat(whole.text("deployedDigest")).isEqualTo(whole.text("digest"));
      assertThat(folder.get("/projects/site-1/status").json().get("running"))
          .isEqualTo(JsonBoolean.TRUE);
      assertThat(folder.json("POST", "/projects/site-1/verify", "{}").json().get("ok"))
          .isEqualTo(JsonBoolean.TRUE);
      assertThat(
              folder
                  .json("POST", "/projects/site-1/devices/plain/messages", "{\"level\": 3}")
                  .json()
                  .get("acknowledged"))
          .isEqualTo(JsonBoolean.TRUE);
      await()
          .until(
              () ->
                  folder
                      .get("/projects/site-1/devices/plain/items?limit=1&order=desc")
                      .text()
                      .contains("\"level\":3"));
      assertThat(folder.get("/projects/site-1/devices/plain/items?order=up").status())
          .isEqualTo(400);
      assertThat(folder.json("POST", "/projects/site-1/cost", "{}").status()).isEqualTo(200);
      assertThat(folder.json("POST", "/projects/other/cost", "{}").status()).isEqualTo(200);
      Answer metrics = folder.get("/metrics");
      assertThat(metrics.text()).contains("project=\"site-1\"");
      assertThat(folder.ask("DELETE", "/projects/site-1", ServedFolder.NOTHING).code())
          .isEqualTo("TL-PROJECT-HOLDS-DATA");

      simulatesElsewhere(folder);

      assertThat(events(folder, project))
          .contains("event: hello", "event: status", "event: resync");

      assertThat(folder.get("/projects/site-1/status").json().get("running"))
          .isEqualTo(JsonBoolean.FALSE);
      assertThat(folder.json("POST", "/projects/site-1/verify", "{}").code())
          .isEqualTo("TL-LOCAL-NOT-RUNNING");
      assertThat(folder.get("/events?topics=status").status()).isEqualTo(400);
    }
  }

  private void simulatesElsewhere(ServedFolder folder) throws Exception {
    Path elsewhere = Files.createDirectories(place.resolve("elsewhere"));
    Path zip = elsewhere.resolve("simulator.zip");
    Files.write(zip, folder.get("/projects/site-1/simulator/package").body());
    try (ZipFile files = new ZipFile(zip.toFile())) {
      for (ZipEntry entry : Collections.list(files.entries())) {
        Files.copy(files.getInputStream(entry), elsewhere.resolve(entry.getName()));
      }
    }
    Process simulator =
        new ProcessBuilder(
                "python3", "simulate.py", "--device", "plain", "--rate", "50", "--count", "5")
            .directory(elsewhere.toFile())
            .redirectErrorStream(true)
            .start();
    String said = new String(simulator.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(simulator.waitFor()).as(said).isZero();
    assertThat(said).contains("5 messages sent and acknowledged");
    await()
        .until(
            () ->
                folder
                        .get("/projects/site-1/devices/plain/items")
                        .json()
                        .array("items")
                        .orElseThrow()
                        .size()
                    >= 6);
  }

  @Test
  @Timeout(60)
  void aStreamOfEventsWhoseSourceFailsIsIncompleteAndReported() throws Exception {
    try (ServedFolder folder = ServedFolder.in(place)) {
      folder.add("mill");
      folder.places.failing = true;
      HttpRequest events =
          HttpRequest.newBuilder(
                  folder.server.address().resolve("/events?project=mill&topics=status"))
              .timeout(Duration.ofSeconds(60))
              .build();

      assertThatThrownBy(
              () -> HttpClient.newHttpClient().send(events, HttpResponse.BodyHandlers.ofString()))
          .isInstanceOf(IOException.class)
          .isNotInstanceOf(HttpTimeoutException.class);
      assertThat(folder.failures.poll()).contains("GET /events", "IllegalStateException");
    }
  }

  /** What the stream of live events says until it has said that the twin does not run any more. */
  private static List<String> events(ServedFolder folder, Path project) throws Exception {
    HttpResponse<InputStream> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(
                        folder
                            .server
                            .address()
                            .resolve("/events?project=site-1&topics=status,deployment"))
                    .build(),
                HttpResponse.BodyHandlers.ofInputStream());
    List<String> lines = new ArrayList<>();
    try (InputStream stream = answer.body();
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        lines.add(line);
        if (line.equals("event: status") && folder.places.running(project).isPresent()) {
          folder.places.end();
        }
        if (line.contains("does not run any more")) {
          break;
        }
      }
    }
    return lines;
  }
}
