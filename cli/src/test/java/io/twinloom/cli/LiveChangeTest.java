package io.twinloom.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.twinloom.cli.terminal.ExitCode;
import io.twinloom.json.JsonNumber;
import io.twinloom.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A twin whose project is edited while it runs. */
class LiveChangeTest {

  private static final String ALL = "2026-01-01";

  @TempDir Path folder;
  private Path project;

  @BeforeEach
  void makeProject() throws IOException {
    HallProject.writeWithCode(folder);
    project = folder.resolve("twin");
    code("'a'");
  }

  @AfterEach
  void end() {
    CliRun.in(folder, "destroy", "twin");
  }

  private void code(String version) throws IOException {
    Files.writeString(
        project.resolve("processors/coded/process.py"),
        "def process(event):\n    event['version'] = " + version + "\n    return event\n");
  }

  /** How many versions of the project were found valid so far. */
  private long copies() throws IOException {
    try (Stream<Path> all = Files.list(project.resolve(".twinloom/projects"))) {
      return all.filter(path -> !path.getFileName().toString().startsWith(".")).count();
    }
  }

  private String version(ForegroundTwin twin) {
    CliRun sent = twin.run("send", "twin", "--device", "coded", "{\"t\": 1}", "--wait", "--json");
    return sent.json().object("item").flatMap(item -> item.text("version")).orElse(sent.err());
  }

  @Test
  @DisplayName("user code is edited while the twin runs")
  void savedCodeServesTheNextEventsAndFaultyCodeIsRefusedOnceWhileTheFormerGoesOn()
      throws Exception {
    ForegroundTwin twin = ForegroundTwin.start(folder, "twin");
    assertThat(version(twin)).isEqualTo("a");

    code("'b'");
    await().until(() -> version(twin).equals("b"));

    code("'never'\n  this is no Python");
    code("'c'");
    await().until(() -> version(twin).equals("c"));

    Files.writeString(
        project.resolve("processors/coded/process.py"),
        "import no_such_module_anywhere\ndef process(event):\n    return event\n");
    await().until(() -> copies() == 4);
    await().during(Duration.ofSeconds(2)).until(() -> version(twin).equals("c"));

    twin.destroy();
    CliRun up = twin.ended();
    assertThat(up.exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(up.err())
        .contains("the code of processors/coded")
        .containsOnlyOnce("no_such_module_anywhere");
    assertThat(up.err()).doesNotContain("dead letter");
  }

  @Test
  @DisplayName("devices and rules are added while the twin runs")
  @Tag("full")
  void devicesAndRulesTakeEffectWhileItRuns() throws Exception {
    ForegroundTwin twin = ForegroundTwin.start(folder, "twin");
    Path devices = project.resolve("config_iot_devices.json");
    Files.writeString(
        devices,
        Files.readString(devices)
            .stripTrailing()
            .replaceFirst(
                "]$",
                ", {\"id\": \"s9\", \"properties\": [{\"name\": \"t\", \"dataType\":"
                    + " \"DOUBLE\"}]}]"));
    Path action = Files.createDirectories(project.resolve("event_actions/note"));
    Files.writeString(action.resolve("process.py"), "def process(event):\n    print('noted')\n");
    Files.writeString(
        project.resolve("config_events.json"),
        """
        [{"condition": "s9.s9.t > DOUBLE(5)", "action": {"type": "function",
          "functionName": "note", "autoDeploy": true}}]
        """);
    Files.writeString(
        project.resolve("config_optimization.json"),
        "{\"result\": {\"inputParamsUsed\": {\"useEventChecking\": true}}}");

    await().until(() -> twin.run("status", "twin", "--json").objects("rules").size() == 1);
    CliRun sent = twin.run("send", "twin", "--device", "s9", "{\"t\": 6}", "--wait", "--json");

    assertThat(sent.exitCode()).as(sent.err()).isEqualTo(ExitCode.DONE);
    assertThat(twin.awaitItems("s9", ALL, "now", 1)).hasSize(1);
    await()
        .until(
            () ->
                twin.run("logs", "twin", "--function", "hall-note", "--json")
                    .out()
                    .contains("noted"));
    assertThat(twin.run("dead-letters", "twin", "--json").objects("items")).isEmpty();
  }

  @Test
  @DisplayName("a layer is moved in config_providers.json while the twin runs")
  @Tag("full")
  void whatMovesDataIsShownAndNotDone() throws Exception {
    ForegroundTwin twin = ForegroundTwin.start(folder, "twin");
    Path providers = project.resolve("config_providers.json");
    Files.writeString(
        providers,
        Files.readString(providers)
            .replace("\"layer_3_hot_provider\": \"google\"", "\"layer_3_hot_provider\": \"aws\""));
    code("'moved'");

    await().during(Duration.ofSeconds(2)).until(() -> version(twin).equals("a"));
    twin.destroy();
    assertThat(twin.ended().err())
        .contains("L3 hot, from google to aws", "deploy twin", "plan twin");
  }

  @Test
  @Tag("full")
  @DisplayName("a running twin is deployed again with other code")
  void aDeploymentOfOtherCodeDoesNotRestartTheTwin() throws Exception {
    CliRun first = CliRun.in(folder, "deploy", "twin", "--json");
    assertThat(first.exitCode()).as(first.err()).isEqualTo(ExitCode.DONE);
    long pid = pid(first.json());
    String former = runs();
    code("'b'");

    CliRun again = CliRun.in(folder, "deploy", "twin", "--json");

    assertThat(again.exitCode()).as(again.err()).isEqualTo(ExitCode.DONE);
    assertThat(again.err()).contains("Changed while it runs", "the code of processors/coded");
    assertThat(pid(again.json())).isEqualTo(pid);
    assertThat(runs()).isNotEmpty().isNotEqualTo(former);
    CliRun sent =
        CliRun.in(folder, "send", "twin", "--device", "coded", "{\"t\": 1}", "--wait", "--json");
    assertThat(sent.json().object("item").flatMap(item -> item.text("version"))).contains("b");

    Files.writeString(
        project.resolve("processors/coded/process.py"),
        "import not_there\ndef process(event):\n    return event\n");
    CliRun faulty = CliRun.in(folder, "deploy", "twin");
    assertThat(faulty.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(faulty.err()).contains("not_there");
    List<JsonObject> status = CliRun.in(folder, "status", "twin", "--json").objects("layers");
    assertThat(status).isNotEmpty();
  }

  @Test
  @Tag("full")
  @DisplayName(
      "a running twin is deployed again with longer storage times and with code that fails")
  void longerTimesNeedNoStartAndAFailureNamesTheCodeThatRan() throws Exception {
    CliRun first = CliRun.in(folder, "deploy", "twin", "--json");
    assertThat(first.exitCode()).as(first.err()).isEqualTo(ExitCode.DONE);
    Path config = project.resolve("config.json");
    Files.writeString(
        config,
        Files.readString(config)
            .replaceFirst(
                "\"hot_storage_size_in_days\": \\d+", "\"hot_storage_size_in_days\": 900"));
    code("event['not_there']");

    CliRun again = CliRun.in(folder, "deploy", "twin", "--json");
    assertThat(again.exitCode()).as(again.err()).isEqualTo(ExitCode.DONE);
    assertThat(again.err()).contains("Changed while it runs", "hot_storage_size_in_days");
    assertThat(pid(again.json())).isEqualTo(pid(first.json()));
    CliRun.in(folder, "send", "twin", "--device", "coded", "{\"t\": 1}");
    await()
        .until(
            () ->
                CliRun.in(folder, "logs", "twin", "--json")
                    .out()
                    .contains("(code " + runs() + ")"));
  }

  /** The version of the code that the twin runs, as its status says. */
  private String runs() {
    return CliRun.in(folder, "status", "twin", "--json").objects("functions").stream()
        .flatMap(function -> function.text("version").stream())
        .findFirst()
        .orElse("");
  }

  private static long pid(JsonObject json) {
    return ((JsonNumber) json.get("pid")).asDecimal().longValue();
  }
}
