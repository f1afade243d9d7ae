package io.twinloom.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.twinloom.cli.terminal.ExitCode;
import io.twinloom.json.Json;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonBoolean;
import io.twinloom.json.JsonNumber;
import io.twinloom.json.JsonObject;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Twins in processes of their own: in the background, signalled, killed. */
class ProcessTest {

  @TempDir Path folder;

  private final List<Process> started = new ArrayList<>();

  @BeforeEach
  void makeProject() throws Exception {
    assertThat(CliRun.in(folder, "init", "twin").exitCode()).isEqualTo(ExitCode.DONE);
    try (var code = Files.walk(folder.resolve("twin/processors"))) {
      for (Path path : code.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  @AfterEach
  void endAll() {
    CliRun.in(folder, "destroy", "twin");
    started.forEach(Process::destroyForcibly);
  }

  @Test
  void aTwinIsDeployedIntoTheBackgroundAndEndedAgain() {
    CliRun deployed = CliRun.in(folder, "deploy", "twin", "--json");
    assertThat(deployed.exitCode()).as(deployed.err()).isEqualTo(ExitCode.DONE);
    long pid = pid(deployed.json());
    assertThat(pid).isNotEqualTo(ProcessHandle.current().pid());
    assertThat(ProcessHandle.of(pid)).isPresent();

    CliRun ended = CliRun.in(folder, "destroy", "twin", "--delete-data", "--yes", "--json");

    assertThat(ended.exitCode()).as(ended.err()).isEqualTo(ExitCode.DONE);
    await().until(() -> ProcessHandle.of(pid).isEmpty());
    assertThat(folder.resolve("twin/.twinloom")).doesNotExist();
  }

  @Test
  @DisplayName("a twin with TLS and users is deployed again without naming them")
  void aDeploymentOfAChangedProjectTakesThePlaceOfTheFormer() throws Exception {
    JsonObject former =
        CliRun.in(folder, "deploy", "twin", "--port-base", "" + freePorts(), "--json").json();
    long before = pid(former);
    Path providers = folder.resolve("twin/config_providers.json");
    String text = Files.readString(providers);
    String changed =
        text.replaceFirst("\"layer_5_provider\": \"\\w+\"", "\"layer_5_provider\": \"none\"");
    assertThat(changed).isNotEqualTo(text);
    Files.writeString(providers, changed);

    CliRun again = CliRun.in(folder, "deploy", "twin", "--yes", "--json");

    assertThat(again.exitCode()).as(again.err()).isEqualTo(ExitCode.DONE);
    assertThat(again.err()).contains("The project has changed", "As before: --port-base");
    assertThat(again.json().get("clouds")).as("the same ports").isEqualTo(former.get("clouds"));
    assertThat(pid(again.json())).isNotEqualTo(before);
  }

  @Test
  @Tag("full")
  void otherOptionsTakeEffectAndTheRestHoldsOn() throws Exception {
    int base = freePorts();
    JsonObject first =
        CliRun.in(folder, "deploy", "twin", "--port-base", "" + base, "--json").json();

    Files.writeString(folder.resolve("users"), "anna:secret-of-anna\n");
    CliRun secured = CliRun.in(folder, "deploy", "twin", "--mqtt-users", "users", "--json");
    assertThat(secured.exitCode()).as(secured.err()).isEqualTo(ExitCode.DONE);
    assertThat(secured.err()).contains("The options have changed", "As before: --port-base");
    assertThat(pid(secured.json())).isNotEqualTo(pid(first));
    assertThat(secured.json().get("clouds")).isEqualTo(first.get("clouds"));
    assertThat(Files.readString(folder.resolve("twin/.twinloom/mqtt.json"))).contains("anna");

    CliRun same = CliRun.in(folder, "deploy", "twin", "--json");
    assertThat(pid(same.json())).isEqualTo(pid(secured.json()));
    assertThat(same.err()).contains("It runs already");
  }

  @Test
  @DisplayName(
      "a twin that runs is deployed with a taken port, and with files that are no certificate")
  void optionsThatCannotTakeEffectLeaveTheTwinRunning() throws Exception {
    JsonObject first = CliRun.in(folder, "deploy", "twin", "--json").json();
    Path pem = Files.writeString(folder.resolve("nonsense.pem"), "nonsense");
    int base = freePorts();
    try (ServerSocket taken = new ServerSocket(base + 2, 1, InetAddress.getLoopbackAddress())) {
      CliRun ports = CliRun.in(folder, "deploy", "twin", "--port-base", "" + base);
      assertThat(ports.exitCode()).isEqualTo(ExitCode.FAILED);
      assertThat(ports.err())
          .contains("TL-LOCAL-PORT", "127.0.0.1:" + taken.getLocalPort())
          .doesNotContain("ending process");
    }
    for (String file : List.of(pem.toString(), folder.resolve("nope.pem").toString())) {
      CliRun tls = CliRun.in(folder, "deploy", "twin", "--mqtt-cert", file, "--mqtt-key", file);
      assertThat(tls.exitCode()).isEqualTo(ExitCode.FAILED);
      assertThat(tls.err())
          .contains("TL-MQTT-CERTIFICATE", file, "--mqtt-cert")
          .doesNotContain("ending process", "End what listens there");
    }
    Files.writeString(folder.resolve("users"), "anna:secret-of-anna:nobody\n");
    CliRun users = CliRun.in(folder, "deploy", "twin", "--mqtt-users", "users");
    assertThat(users.err()).contains("TL-MQTT-USER-DEVICE").doesNotContain("ending process");

    CliRun same = CliRun.in(folder, "deploy", "twin", "--json");
    assertThat(pid(same.json())).isEqualTo(pid(first));
    assertThat(same.err()).contains("It runs already");
  }

  /**
   * A port from which on six are free, below those that a system chooses by itself: nothing that
   * runs meanwhile gets one of them.
   */
  private static int freePorts() throws IOException {
    int base = 20_000 + (int) (ProcessHandle.current().pid() % 1_000) * 6;
    while (!areFree(base, base + 6)) {
      base += 6;
    }
    return base;
  }

  private static boolean areFree(int from, int to) throws IOException {
    for (int port = from; port < to; port++) {
      try {
        new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close();
      } catch (BindException e) {
        return false;
      }
    }
    return true;
  }

  @Test
  void whatATwinInTheBackgroundFailsOfIsToldByWhoStartedIt() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      CliRun run =
          CliRun.in(folder, "deploy", "twin", "--port-base", String.valueOf(taken.getLocalPort()));

      assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
      assertThat(run.err()).contains("TL-LOCAL-START", "error:").doesNotContain("\tat ");
    }
  }

  @Test
  void aTerminatedTwinEndsWell() throws Exception {
    Process up = up();
    up.destroy();

    assertThat(up.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(up.exitValue()).isEqualTo(ExitCode.DONE);
    assertThat(folder.resolve("twin/.twinloom/endpoints.json")).doesNotExist();
  }

  @Test
  void aKilledTwinIsKnownToBeDeadAndGoesOnFromItsData() throws Exception {
    Process killed = up();
    CliRun sent =
        CliRun.in(
            folder,
            "send",
            "twin",
            "--device",
            "sensor-1",
            "{\"temperature\": 5, \"ts\": \"2026-01-01T00:00:00Z\"}");
    assertThat(sent.exitCode()).as(sent.err()).isEqualTo(ExitCode.DONE);
    killed.destroyForcibly().waitFor();

    JsonObject status = CliRun.in(folder, "status", "twin", "--json").json();
    assertThat(status.get("running")).isEqualTo(JsonBoolean.FALSE);
    assertThat(status.array("warnings").orElse(JsonArray.EMPTY).toString())
        .contains("Process " + killed.pid() + " was killed");
    assertThat(CliRun.in(folder, "query", "twin", "--device", "sensor-1").err())
        .contains("was killed");

    Process again = up();
    assertThat(again.pid()).isNotEqualTo(killed.pid());
    await()
        .untilAsserted(
            () ->
                assertThat(
                        CliRun.in(folder, "query", "twin", "--device", "sensor-1", "--json")
                            .json()
                            .array("items")
                            .orElse(JsonArray.EMPTY)
                            .size())
                    .isEqualTo(1));
  }

  private Process up() throws IOException {
    Path output = folder.resolve("up-" + started.size() + ".log");
    Process process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "io.twinloom.cli.Main",
                "up",
                folder.resolve("twin").toString(),
                "--retry-gaps",
                "100ms,100ms")
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    started.add(process);
    Path endpoints = folder.resolve("twin/.twinloom/endpoints.json");
    await()
        .until(
            () ->
                !process.isAlive()
                    || Files.exists(endpoints)
                        && pid(Json.parseObject(Files.readAllBytes(endpoints))) == process.pid());
    assertThat(process.isAlive()).as(Files.readString(output)).isTrue();
    return process;
  }

  private static long pid(JsonObject json) {
    return ((JsonNumber) json.get("pid")).asDecimal().longValue();
  }
}
