package io.twinloom.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinloom.cli.terminal.ExitCode;
import io.twinloom.deployer.device.MqttAccess;
import io.twinloom.deployer.device.MqttDeviceClient;
import io.twinloom.json.JsonBoolean;
import io.twinloom.testkit.tls.SelfSigned;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A twin whose devices must name themselves and speak TLS: the commands that play one do so. */
class SecuredDevicesTest {

  @TempDir static Path folder;

  private static ForegroundTwin twin;

  @BeforeAll
  static void start() throws Exception {
    SelfSigned own = SelfSigned.in(folder);
    Files.writeString(folder.resolve("users"), "sensor:s3cret-of-the-sensor\n");
    CliRun.in(folder, "init", "twin", "--from", "minimal");
    twin =
        ForegroundTwin.start(
            folder,
            "twin",
            "--mqtt-cert",
            own.chain().toString(),
            "--mqtt-key",
            own.key().toString(),
            "--mqtt-users",
            "users");
  }

  @AfterAll
  static void stop() throws Exception {
    twin.destroy();
    CliRun ended = twin.ended();
    assertThat(ended.out() + ended.err()).doesNotContain("s3cret");
    assertThat(ended.out())
        .as("a line that lets a device in once its password is typed")
        .containsPattern("mosquitto_pub .* --cafile \\S+\\.pem -u sensor -P PASSWORD -q 1");
  }

  @Test
  void theChannelIsNamedAsEncrypted() throws Exception {
    assertThat(Files.readString(twin.endpoints())).contains("ssl://127.0.0.1:");
  }

  @Test
  void simulatedDevicesAreLetIn() {
    CliRun run = twin.run("simulate", "twin", "--rate", "20", "--for", "1s", "--json");
    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE);
  }

  @Test
  void aMeasurementThatIsSentComesAllTheWay() {
    CliRun run = twin.run("verify", "twin", "--json");
    assertThat(run.json().get("ok")).as(run.out()).isEqualTo(JsonBoolean.TRUE);
  }

  @Test
  void thePasswordIsInNoLogAndReadableByItsOwnerAlone() throws Exception {
    twin.run("simulate", "twin", "--rate", "5", "--for", "1s");
    assertThat(twin.run("logs", "twin").out()).doesNotContain("s3cret");
    assertThat(twin.run("status", "twin", "--json").out()).doesNotContain("s3cret");
  }

  @Test
  void whoDoesNotNameItselfIsNotLetIn() throws Exception {
    URI endpoint =
        URI.create(
            twin.run("status", "twin", "--json").out().replaceAll("(?s).*(ssl://[^\"]+).*", "$1"));
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
