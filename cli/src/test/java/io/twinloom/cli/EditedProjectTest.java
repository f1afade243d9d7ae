package io.twinloom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.cli.terminal.ExitCode;
import io.twinloom.json.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files of a twin in the background, changed over its REST interface. */
class EditedProjectTest {

  @TempDir Path folder;

  @AfterEach
  void end() {
    CliRun.in(folder, "destroy", "twin");
  }

  @Test
  @DisplayName("what is edited is the project, never the copy that the twin was deployed as")
  void editsAreOfTheProject() throws Exception {
    CliRun.in(folder, "init", "twin");
    CliRun deployed = CliRun.in(folder, "deploy", "twin", "--json");
    assertThat(deployed.exitCode()).as(deployed.err()).isEqualTo(ExitCode.DONE);
    URI api =
        URI.create(
            Json.parseObject(Files.readAllBytes(folder.resolve("twin/.twinloom/endpoints.json")))
                .text("api")
                .orElseThrow());
    Path config = folder.resolve("twin/config.json");
    String changed = Files.readString(config).replace(": 7", ": 8");

    HttpResponse<String> put =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(api.resolve("/projects/my-twin/config/config"))
                    .header("Content-Type", "application/json")
                    .PUT(HttpRequest.BodyPublishers.ofString(changed))
                    .build(),
                HttpResponse.BodyHandlers.ofString());

    assertThat(put.statusCode()).as(put.body()).isEqualTo(200);
    assertThat(config).hasContent(changed);
    CliRun snapshot = CliRun.in(folder, "snapshot", "twin", "--out", "twin.zip");
    assertThat(snapshot.exitCode()).as(snapshot.err()).isEqualTo(ExitCode.DONE);
    assertThat(CliRun.in(folder, "plan", "twin").out()).contains("Against what is deployed:");
  }
}
