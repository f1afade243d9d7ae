package io.twinloom.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.twinloom.cli.terminal.ExitCode;
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
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The settings of {@code config.json} are changed in a twin that goes on running. */
@Tag("full")
class LiveSettingsTest {

  private static final String HOT_TO_COLD = "gcp_l3hot_to_aws_l3cold";
  private static final int FORBIDDEN = 403;
  private static final int INVALID = 400;

  @TempDir Path folder;
  private TieredTwin twin;
  private ForegroundTwin running;

  @BeforeEach
  void start() throws Exception {
    twin = TieredTwin.write(folder, "google", "aws", "azure");
    running = ForegroundTwin.start(folder, "twin", "--no-watch", "--retry-gaps", "50ms,50ms");
    twin.sendAndAwait(3);
  }

  @AfterEach
  void end() throws Exception {
    CliRun.in(folder, "destroy", "twin");
    var unused = running.ended();
  }

  private void replace(String file, String what, String by) {
    HallProject.replace(twin.project(), file, what, by);
  }

  /** Deploys what has been changed; the twin is not started again for it. */
  private String changed(String... options) {
    String[] command =
        Stream.concat(Stream.of("deploy", "twin"), Stream.of(options)).toArray(String[]::new);
    CliRun deployed = twin.run(command);
    assertThat(deployed.err()).contains("Changed while it runs");
    assertThat(running.up()).isNotDone();
    return deployed.err();
  }

  /** How the ingestion answers a request with the right token, no signature and no event. */
  private int answerToUnsigned() {
    try (HttpClient http = HttpClient.newHttpClient()) {
      JsonObject connection =
          Json.parseObject(Files.readAllBytes(running.data().resolve("config_inter_cloud.json")))
              .object("connections")
              .flatMap(all -> all.object("aws_l1_to_azure_l2"))
              .orElseThrow();
      return http.send(
              HttpRequest.newBuilder(URI.create(connection.text("url").orElseThrow()))
                  .header("X-Inter-Cloud-Token", connection.text("token").orElseThrow())
                  .header("Content-Type", "application/json")
                  .POST(HttpRequest.BodyPublishers.ofString("{}"))
                  .build(),
              HttpResponse.BodyHandlers.ofString())
          .statusCode();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private CliRun moveToCold() {
    return CliRun.in(folder, "move", "twin", "hot-to-cold", "--now", TieredTwin.OLD_FOR_HOT);
  }

  /** The names of the chunks in the cold store. */
  private List<String> chunks() {
    try (Stream<Path> files = Files.walk(running.data().resolve("aws/cold"))) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith("chunk-"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  @DisplayName("mode, compress_chunks and signed_connections are changed while events run")
  void modeCompressionAndSignaturesTakeEffectWhileEventsRun() {
    assertThat(answerToUnsigned()).isEqualTo(INVALID);
    twin.meanwhile(
        () -> {
          replace(
              "config.json",
              "\"mode\": \"PRODUCTION\"",
              "\"mode\": \"DEBUG\", \"compress_chunks\": true, \"signed_connections\": \"strict\"");
          assertThat(changed())
              .contains(
                  "the mode, from PRODUCTION to DEBUG", "compress_chunks", "signed_connections");
          assertThat(answerToUnsigned()).isEqualTo(FORBIDDEN);
          assertThat(moveToCold().exitCode()).isEqualTo(ExitCode.DONE);
          assertThat(chunks()).isNotEmpty().allMatch(name -> name.endsWith(".json.gz"));
          assertThat(twin.run("logs", "twin", "--level", "DEBUG", "--json").out())
              .contains("\"DEBUG\"");
          replace("config.json", "\"strict\"", "\"off\"");
          assertThat(changed()).contains("signed_connections");
          assertThat(answerToUnsigned()).isEqualTo(INVALID);
        });
  }

  @Test
  @DisplayName("compress_chunks is changed while a mover has chunks whose answer was lost")
  void aPlanIsCarriedOutWithTheSettingsItWasMadeWith() throws Exception {
    running.cut(HOT_TO_COLD);
    assertThat(moveToCold().out()).contains("The plan stays open");
    replace("config.json", "\"mode\"", "\"compress_chunks\": true, \"mode\"");

    assertThat(twin.refused("deploy", "twin").err())
        .contains("TL-LOCAL-UNDER-WAY", "hall-hot-to-cold-mover on google");
    assertThat(running.up()).isNotDone();
    running.restore(HOT_TO_COLD);
    changed();

    assertThat(chunks()).containsExactly("chunk-00001.json");
    twin.sendAndAwait(1);
    assertThat(moveToCold().exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(chunks()).hasSize(2).last().isEqualTo("chunk-00001.json.gz");
    assertThat(twin.readable()).isEqualTo(4);
  }

  @Test
  @DisplayName("compress_chunks is changed while the twin is stopped, and a mover has an open plan")
  void aPlanIsCarriedOutWithItsSettingsAfterAStart() throws Exception {
    running.cut(HOT_TO_COLD);
    assertThat(moveToCold().out()).contains("The plan stays open");
    end();
    replace("config.json", "\"mode\"", "\"compress_chunks\": true, \"mode\"");

    running = ForegroundTwin.start(folder, "twin", "--no-watch", "--retry-gaps", "50ms,50ms");

    await().until(() -> chunks().equals(List.of("chunk-00001.json")));
    twin.sendAndAwait(1);
    await()
        .untilAsserted(
            () -> {
              assertThat(moveToCold().exitCode()).isEqualTo(ExitCode.DONE);
              assertThat(chunks()).hasSize(2).last().isEqualTo("chunk-00001.json.gz");
            });
    assertThat(twin.readable()).isEqualTo(4);
  }

  @Test
  @DisplayName(
      "shorter storage times, history_over_tiers and a removed device take effect while it runs")
  void whatMakesDataUnreachableTakesEffectWhileItRunsOnceConfirmed() {
    assertThat(moveToCold().exitCode()).isEqualTo(ExitCode.DONE);
    twin.awaitReadable(3);
    replace("config.json", "\"hot_storage_size_in_days\": 7", "\"hot_storage_size_in_days\": 5");
    replace("config.json", "\"mode\"", "\"history_over_tiers\": false, \"mode\"");
    replace(
        "config_iot_devices.json",
        ",\n {\"id\": \"s2\", \"properties\": [{\"name\": \"t\", \"dataType\": \"DOUBLE\"}]}",
        "");

    assertThat(twin.refused("deploy", "twin").err()).contains("history_over_tiers off", "--yes");
    twin.awaitReadable(3);
    assertThat(changed("--yes"))
        .contains("hot_storage_size_in_days from 7 to 5", "the device s2, which is removed");

    assertThat(twin.readable()).isZero();
    twin.run("send", "twin", "--device", "s2", "{\"t\": 3}", "--unchecked");
    await().until(() -> twin.deadLetters().size() == 1);
    replace("config.json", "\"history_over_tiers\": false", "\"history_over_tiers\": true");
    assertThat(changed()).contains("history_over_tiers on");
    assertThat(twin.readable()).isEqualTo(3);
  }
}
