package io.twinloom.local.mqtt;

import static io.twinloom.local.mqtt.ChannelFixture.bytes;
import static io.twinloom.local.mqtt.ChannelFixture.commands;
import static io.twinloom.local.mqtt.ChannelFixture.telemetry;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.testkit.tool.Tool;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Mosquitto's commands work as its users know them. */
class MosquittoTest {
  @TempDir Path folder;
  private ChannelFixture fixture;

  @BeforeAll
  static void findMosquitto() {
    Tool.command("mosquitto_pub");
    Tool.command("mosquitto_sub");
  }

  @BeforeEach
  void start() {
    fixture = new ChannelFixture(folder).start();
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  private Process run(String command, String version, String... more) throws IOException {
    List<String> line = new ArrayList<>(List.of(command, "-h", "127.0.0.1"));
    line.addAll(List.of("-p", Integer.toString(fixture.port()), "-V", version));
    line.addAll(List.of(more));
    return new ProcessBuilder(line).redirectErrorStream(true).start();
  }

  private static String outputOf(Process process) throws Exception {
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return output;
  }

  @ParameterizedTest
  @ValueSource(strings = {"mqttv311", "mqttv5"})
  void aMeasurementIsPublished(String version) throws Exception {
    Process published =
        run("mosquitto_pub", version, "-q", "1", "-t", telemetry("lamp"), "-m", "{\"t\":1}");
    assertThat(outputOf(published)).isEmpty();
    assertThat(published.exitValue()).isZero();
    assertThat(fixture.taken).containsExactly("lamp {\"t\":1}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"mqttv311", "mqttv5"})
  void commandsWaitInAPersistentSession(String version) throws Exception {
    List<String> session = new ArrayList<>(List.of("-i", "lamp", "-c", "-q", "1"));
    if (version.equals("mqttv5")) {
      session.addAll(List.of("-x", "3600"));
    }
    session.addAll(List.of("-t", commands("lamp")));
    List<String> leave = new ArrayList<>(session);
    leave.add("-E");
    Process subscribed = run("mosquitto_sub", version, leave.toArray(String[]::new));
    assertThat(outputOf(subscribed)).isEmpty();

    fixture.channel.send("lamp", bytes("{\"on\":true}"));
    fixture.stop();
    fixture.start();

    List<String> fetch = new ArrayList<>(session);
    fetch.addAll(List.of("-C", "1", "-W", "5"));
    Process fetched = run("mosquitto_sub", version, fetch.toArray(String[]::new));
    assertThat(outputOf(fetched)).isEqualTo("{\"on\":true}");
  }
}
