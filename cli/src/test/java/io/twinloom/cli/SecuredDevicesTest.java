package io.twinloom.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.twinloom.cli.terminal.ExitCode;
import io.twinloom.deployer.device.MqttAccess;
import io.twinloom.deployer.device.MqttDeviceClient;
import io.twinloom.json.JsonBoolean;
import io.twinloom.testkit.tls.SelfSigned;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A twin whose devices must name themselves and speak TLS: the commands that play one do so. */
class SecuredDevicesTest {

  @TempDir static Path folder;

  private static CompletableFuture<CliRun> up;

  @BeforeAll
  static void start() throws Exception {
    SelfSigned own = SelfSigned.in(folder);
    Files.writeString(folder.resolve("users"), "sensor:s3cret-of-the-sensor\n");
    CliRun.in(folder, "init", "twin", "--from", "minimal");
    up =
        CompletableFuture.supplyAsync(
            () ->
                CliRun.in(
                    folder,
                    "up",
                    "twin",
                    "--mqtt-cert",
                    own.chain().toString(),
                    "--mqtt-key",
                    own.key().toString(),
                    "--mqtt-users",
                    "users"));
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> up.isDone() || Files.exists(folder.resolve("twin/.twinloom/endpoints.json")));
    assertThat(up).isNotDone();
  }

  @AfterAll
  static void stop() throws Exception {
    CliRun.in(folder, "destroy", "twin");
    CliRun ended = up.get(30, TimeUnit.SECONDS);
    assertThat(ended.out() + ended.err()).doesNotContain("s3cret");
    assertThat(ended.out())
        .as("a line that lets a device in once its password is typed")
        .containsPattern("mosquitto_pub .* --cafile \\S+\\.pem -u sensor -P PASSWORD -q 1");
  }

  @Test
  void theChannelIsNamedAsEncrypted() throws Exception {
    assertThat(Files.readString(folder.resolve("twin/.twinloom/endpoints.json")))
        .contains("ssl://127.0.0.1:");
  }

  @Test
  void simulatedDevicesAreLetIn() {
    CliRun run = CliRun.in(folder, "simulate", "twin", "--rate", "20", "--for", "1s", "--json");
    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE);
  }

  @Test
  void aMeasurementThatIsSentComesAllTheWay() {
    CliRun run = CliRun.in(folder, "verify", "twin", "--json");
    assertThat(run.json().get("ok")).as(run.out()).isEqualTo(JsonBoolean.TRUE);
  }

  @Test
  void thePasswordIsInNoLogAndReadableByItsOwnerAlone() throws Exception {
    CliRun.in(folder, "simulate", "twin", "--rate", "5", "--for", "1s");
    assertThat(CliRun.in(folder, "logs", "twin").out()).doesNotContain("s3cret");
    assertThat(CliRun.in(folder, "status", "twin", "--json").out()).doesNotContain("s3cret");
  }

  @Test
  void whoDoesNotNameItselfIsNotLetIn() throws Exception {
    URI endpoint =
        URI.create(
            CliRun.in(folder, "status", "twin", "--json")
                .out()
                .replaceAll("(?s).*(ssl://[^\"]+).*", "$1"));
    assertThat(endpoint.getPort()).isPositive();
    assertThatThrownBy(
            () ->
                MqttDeviceClient.connect(
                    endpoint,
                    new MqttAccess(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(folder.resolve("CERTIFICATE.pem"))),
                    "my-twin",
                    "stranger"))
        .hasMessageContaining("cannot be reached");
  }
}
