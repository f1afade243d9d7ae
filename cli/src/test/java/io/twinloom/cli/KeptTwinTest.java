package io.twinloom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.cli.terminal.ExitCode;
import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a data folder keeps of a twin from one start to the next, and from one version on. */
class KeptTwinTest {

  private static final String DEVICES =
      """
      [{"id": "s1", "properties": [{"name": "t", "dataType": "DOUBLE"}]}]
      """;

  @TempDir Path folder;

  @AfterEach
  void end() {
    CliRun.in(folder, "destroy", "twin");
  }

  @Test
  @DisplayName("a twin is started again, and its devices do not find it any more")
  void theAddressesThatWereChosenAtTheFirstStartHoldOn() throws Exception {
    HallProject.write(folder, "DEBUG", DEVICES);
    ForegroundTwin first = ForegroundTwin.start(folder, "twin");
    JsonValue clouds = clouds(first);
    List<JsonObject> options = first.run("status", "twin", "--json").objects("options");
    first.destroy();
    assertThat(first.ended().exitCode()).isEqualTo(ExitCode.DONE);

    assertThat(options)
        .contains(
            option("--day-length", "1d", "default"),
            option("port aws.mqtt", "" + mqttPort(clouds), "chosen"));
    CliRun stopped = CliRun.in(folder, "status", "twin");
    assertThat(stopped.out()).contains("port aws.mqtt " + mqttPort(clouds));

    ForegroundTwin second = ForegroundTwin.start(folder, "twin");
    assertThat(clouds(second)).isEqualTo(clouds);
    second.destroy();
    assertThat(second.ended().exitCode()).isEqualTo(ExitCode.DONE);

    ForegroundTwin reset = ForegroundTwin.start(folder, "twin", "--reset-options");
    assertThat(clouds(reset)).isNotEqualTo(clouds);
    reset.destroy();
    assertThat(reset.ended().exitCode()).isEqualTo(ExitCode.DONE);
  }

  @Test
  void aChosenPortThatSomebodyElseHasByNowIsNamed() throws Exception {
    HallProject.write(folder, "DEBUG", DEVICES);
    ForegroundTwin first = ForegroundTwin.start(folder, "twin");
    int port = mqttPort(clouds(first));
    first.destroy();
    assertThat(first.ended().exitCode()).isEqualTo(ExitCode.DONE);

    try (ServerSocket taken = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"))) {
      CliRun refused = CliRun.in(folder, "up", "twin");

      assertThat(refused.exitCode()).isEqualTo(ExitCode.FAILED);
      assertThat(refused.err()).contains("127.0.0.1:" + taken.getLocalPort(), "--reset-options");
    }
  }

  @Test
  @DisplayName("a stopped twin is looked at and deleted while its project is being edited")
  void aStoppedTwinIsShownAsItWasDeployedAndDeletedOnItsNameWhateverItsFolderHoldsByNow()
      throws Exception {
    Path project = HallProject.write(folder, "DEBUG", DEVICES);
    ForegroundTwin twin = ForegroundTwin.start(folder, "twin");
    twin.destroy();
    assertThat(twin.ended().exitCode()).isEqualTo(ExitCode.DONE);
    Files.writeString(project.resolve("config_providers.json"), "{ not any more");

    CliRun status = CliRun.in(folder, "status", "twin", "--json");

    assertThat(status.exitCode()).as(status.err()).isEqualTo(ExitCode.DONE);
    assertThat(status.objects("layers")).hasSize(7);
    List<String> another = List.of("hall2");
    CliRun refused = CliRun.typing(folder, another, "destroy", "twin", "--delete-data");
    assertThat(refused.err()).contains("Type hall to go on:", "Nothing was ended or deleted");
    assertThat(twin.data().resolve("journal.json")).exists();
    CliRun agreed = CliRun.typing(folder, List.of("hall"), "destroy", "twin", "--delete-data");
    assertThat(agreed.exitCode()).as(agreed.err()).isEqualTo(ExitCode.DONE);
    assertThat(twin.data().resolve("journal.json")).doesNotExist();
  }

  @Test
  @DisplayName("the data of an earlier version is used by this one")
  void dataOfTheFirstFormatIsUpgradedAfterACopyAndNothingOfItIsLost() throws Exception {
    unzip("/data/format-1.zip");
    Path data = folder.resolve("twin/.twinloom");
    Map<String, byte[]> before = stores(data);

    ForegroundTwin twin = ForegroundTwin.start(folder, "twin");

    for (String device : List.of("s1", "s2")) {
      assertThat(
              twin.awaitItems(device, "2025-01-01", "2026-12-31", 4).stream()
                  .map(item -> item.text("timestamp").orElse("")))
          .containsExactly(
              "2025-01-01T00:00:00.000000Z",
              "2026-01-01T00:00:00.000000Z",
              "2026-02-01T00:00:00.000000Z",
              "2026-03-01T00:00:00.000000Z");
    }
    assertThat(twin.run("dead-letters", "twin", "--json").objects("items")).hasSize(1);
    assertThat(twin.run("status", "twin", "--json").objects("options"))
        .contains(option("--retry-gaps", "1s,1s", "given"));
    twin.destroy();
    assertThat(twin.ended().exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(data.resolve("format.json")).content().contains("3");
    assertThat(stores(data.resolve("before-format-3")).keySet()).isEqualTo(before.keySet());
    assertThat(data.resolve("before-format-3/journal.json")).exists();
  }

  @Test
  @DisplayName("the data of a newer version is used by this one")
  void dataOfANewerFormatIsRefusedAndLeftAsItIs() throws Exception {
    unzip("/data/format-1.zip");
    Path data = folder.resolve("twin/.twinloom");
    Files.writeString(data.resolve("format.json"), "{\"format\": 99}");
    Map<String, byte[]> before = stores(data);

    for (String command : List.of("up", "deploy")) {
      CliRun refused = CliRun.in(folder, command, "twin");

      assertThat(refused.exitCode()).isEqualTo(ExitCode.FAILED);
      assertThat(refused.err()).contains("TL-LOCAL-NEWER", "format 99");
    }
    Map<String, byte[]> after = stores(data);
    before.forEach((name, bytes) -> assertThat(after.get(name)).as(name).isEqualTo(bytes));
    assertThat(data.resolve("lock")).doesNotExist();
  }

  private static JsonObject option(String name, String value, String origin) {
    return JsonObject.builder().put("name", name).put("value", value).put("origin", origin).build();
  }

  private static JsonValue clouds(ForegroundTwin twin) throws IOException {
    return Json.parseObject(Files.readAllBytes(twin.endpoints())).object("clouds").orElseThrow();
  }

  private static int mqttPort(JsonValue clouds) {
    return URI.create(
            ((JsonObject) clouds).object("aws").flatMap(aws -> aws.text("mqtt")).orElseThrow())
        .getPort();
  }

  private static Map<String, byte[]> stores(Path data) throws IOException {
    Map<String, byte[]> stores = new TreeMap<>();
    try (Stream<Path> files = Files.list(data)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".db")).toList()) {
        stores.put(file.getFileName().toString(), Files.readAllBytes(file));
      }
    }
    assertThat(stores).hasSize(3);
    return stores;
  }

  private void unzip(String resource) throws IOException {
    try (InputStream in = KeptTwinTest.class.getResourceAsStream(resource);
        ZipInputStream zip = new ZipInputStream(in)) {
      for (ZipEntry entry; (entry = zip.getNextEntry()) != null; ) {
        Path file = folder.resolve("twin").resolve(entry.getName());
        if (entry.isDirectory()) {
          Files.createDirectories(file);
        } else {
          Files.createDirectories(file.getParent());
          Files.copy(zip, file);
        }
      }
    }
  }
}
