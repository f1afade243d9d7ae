package io.twinloom.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.twinloom.cli.terminal.ExitCode;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonNumber;
import io.twinloom.json.JsonObject;
import java.io.IOException;
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

/** Changes of a deployed twin that move what is stored, or make some of it unreachable. */
class DataChangeTest {

  private static final String ONE =
      "{\"id\": \"s1\", \"properties\": [{\"name\": \"t\", \"dataType\": \"DOUBLE\"}]}";
  private static final String TWO = ONE.replace("s1", "s2");

  @TempDir Path folder;
  private Path project;

  @BeforeEach
  void makeProject() throws IOException {
    project = HallProject.write(folder, "DEBUG", "[" + ONE + ", " + TWO + "]");
    run("deploy", "twin");
    for (String device : List.of("s1", "s2")) {
      run("send", "twin", "--device", device, message("01"));
      run("send", "twin", "--device", device, message("02"), "--wait");
    }
    await().until(() -> items("s1").size() == 2);
  }

  private static String message(String day) {
    return "{\"t\": 1, \"ts\": \"2026-11-" + day + "T00:00:00Z\"}";
  }

  @AfterEach
  void end() {
    CliRun.in(folder, "destroy", "twin");
  }

  private CliRun run(String... command) {
    CliRun run = CliRun.in(folder, command);
    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE);
    return run;
  }

  private void replace(String file, String what, String by) {
    HallProject.replace(project, file, what, by);
  }

  @Test
  @DisplayName("an option of a change is applied or refused, never ignored")
  void noOptionIsIgnored() throws IOException {
    refused("both name l3_cold", "--yes", "--leave-data=l3_cold", "--copy-data=l3_cold");
    refused("give it alone", "--pause", "--port-base", "20000");
    refused("give it alone", "--cancel", "--leave-data");
    refused("TL-STORE-UNKNOWN", "--yes", "--delete-data=google:nope");

    Files.writeString(project.resolve("config.json"), "{");
    refused("TL-PROJECT-INVALID", "--yes");
    refused("TL-CHANGE-NONE", "--cancel");
  }

  private void refused(String why, String... options) {
    CliRun run =
        CliRun.in(
            folder,
            Stream.concat(Stream.of("deploy", "twin"), Stream.of(options)).toArray(String[]::new));
    assertThat(run.exitCode()).isNotEqualTo(ExitCode.DONE);
    assertThat(run.err()).contains(why);
  }

  private List<JsonObject> touched() {
    return run("plan", "twin", "--json").json().object("change").stream()
        .flatMap(change -> change.array("data").orElse(JsonArray.EMPTY).values().stream())
        .map(JsonObject.class::cast)
        .toList();
  }

  private List<JsonObject> items(String device) {
    return run("query", "twin", "--device", device, "--from", "2026-01-01", "--json")
        .objects("items");
  }

  @Test
  @DisplayName("a layer that holds data is moved to another cloud")
  @Tag("full")
  void movingAStoreIsShownWithWhatItHoldsAndConfirmedApart() throws Exception {
    replace(
        "config_providers.json",
        "layer_3_hot_provider\": \"google",
        "layer_3_hot_provider\": \"aws");

    JsonObject hot = touched().getFirst();
    assertThat(hot.text("store")).contains("hall-hot-iot-data");
    assertThat(hot.text("cloud")).contains("google");
    assertThat(hot.get("items")).isEqualTo(JsonNumber.of(4));
    assertThat(hot.text("oldest")).contains("2026-11-01T00:00:00.000000Z");
    assertThat(hot.text("newest")).contains("2026-11-02T00:00:00.000000Z");
    assertThat(hot.text("mode")).contains("copied");
    assertThat(run("plan", "twin").out()).contains("L3 hot, from google to aws", "4 items");

    CliRun unasked = CliRun.in(folder, "deploy", "twin");
    assertThat(unasked.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(unasked.err()).contains("4 items", "--yes");
    assertThat(items("s1")).hasSize(2);

    run("deploy", "twin", "--yes");
    assertThat(items("s1")).hasSize(2);
    replace(
        "config_providers.json",
        "layer_3_hot_provider\": \"aws",
        "layer_3_hot_provider\": \"google");
    CliRun left = CliRun.in(folder, "deploy", "twin", "--yes", "--leave-data");
    assertThat(left.err()).contains("TL-STORE-RETAINED", "retire");
    run("deploy", "twin", "--yes");
    assertThat(items("s1")).hasSize(2);
  }

  @Test
  @Tag("full")
  @DisplayName("a device is removed from a project whose twin has measurements of it")
  void whatARemovedDeviceSentStaysReadableAndNothingMoreIsTakenFromIt() throws Exception {
    replace("config_iot_devices.json", ", " + TWO, "");

    assertThat(touched())
        .singleElement()
        .satisfies(
            data -> {
              assertThat(data.get("items")).isEqualTo(JsonNumber.of(2));
              assertThat(data.text("reachable").orElse("")).contains("s2 stay readable");
            });
    run("deploy", "twin", "--yes");

    assertThat(items("s2")).hasSize(2);
    run("send", "twin", "--device", "s2", "{\"t\": 3}", "--unchecked");
    await().until(() -> run("dead-letters", "twin", "--json").objects("items").size() == 1);
    assertThat(items("s2")).hasSize(2);

    replace("config_iot_devices.json", ONE, ONE + ", " + TWO);
    run("deploy", "twin");
    run("send", "twin", "--device", "s2", "{\"t\": 4}", "--wait");
    assertThat(items("s2")).hasSize(3);
  }

  @Test
  @DisplayName("the twin's name is changed in config.json after it was deployed")
  void anotherNameIsRefused() throws Exception {
    replace("config.json", "\"hall\"", "\"barn\"");

    for (String command : List.of("deploy", "up")) {
      CliRun refused = CliRun.in(folder, command, "twin", "--yes");
      assertThat(refused.exitCode()).isEqualTo(ExitCode.FAILED);
      assertThat(refused.err()).contains("TL-TWIN-RENAMED", "hall", "barn");
    }
    assertThat(items("s1")).hasSize(2);
  }

  @Test
  @Tag("full")
  void upWithoutATerminalStartsWhatIsDeployedWhereAChangeHasToBeConfirmed() throws Exception {
    run("destroy", "twin");
    replace("config.json", "\"hot_storage_size_in_days\": 7", "\"hot_storage_size_in_days\": 1");

    ForegroundTwin twin = ForegroundTwin.start(folder, "twin");
    assertThat(twin.run("plan", "twin").out()).contains("hot_storage_size_in_days from 7 to 1");
    twin.destroy();

    assertThat(twin.ended().err())
        .contains("hot_storage_size_in_days from 7 to 1", "the version that is deployed", "--yes");
  }
}
