package io.twinloom.bench.faults;

import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.model.Provider;
import io.twinloom.testkit.faults.FaultProxy;
import io.twinloom.testkit.faults.ResettingProxy;
import io.twinloom.topology.Connection;
import io.twinloom.topology.Topology;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A {@link FaultyTwin} as its murderer sees it, and the proxies before its receivers. */
final class KillableTwin implements AutoCloseable {

  /** The HTTP addresses of three clouds, then their MQTT addresses. */
  private static final int PORTS = 6;

  private final Path folder;
  private final int portBase;
  private final Deque<AutoCloseable> proxies = new ArrayDeque<>();
  private @Nullable Process process;
  private @Nullable BufferedReader answers;
  private URI mqtt = URI.create("tcp://127.0.0.1:0");
  private int kills;

  KillableTwin(Path folder, RandomFaults faults) throws IOException {
    this.folder = folder;
    FaultProject.write(project());
    this.portBase = freePorts();
    JsonObject.Builder receivers = JsonObject.builder();
    for (Connection c : Topology.of(FaultProject.read(project())).connections()) {
      FaultProxy proxy =
          FaultProxy.before(
              URI.create(
                  "http://127.0.0.1:"
                      + (portBase + c.to().position())
                      + "/"
                      + c.receiver().name()));
      proxy.set(faults::ofRequest);
      ResettingProxy outer = ResettingProxy.before(proxy.uri(), faults::ofConnection);
      proxies.push(proxy);
      proxies.push(outer);
      receivers.put(c.id(), outer.uri().toString());
    }
    Files.write(folder.resolve("receivers.json"), Json.bytes(receivers.build()));
  }

  private Path project() {
    return folder.resolve("project");
  }

  Path data() {
    return folder.resolve("data");
  }

  /** Ports of which all are free now. */
  private static int freePorts() throws IOException {
    for (int base = 21_000 + (int) (ProcessHandle.current().pid() % 1_000) * 6; ; base += PORTS) {
      if (areFree(base)) {
        return base;
      }
    }
  }

  private static boolean areFree(int base) {
    for (int port = base; port < base + PORTS; port++) {
      try (ServerSocket socket = new ServerSocket()) {
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      } catch (IOException e) {
        return false;
      }
    }
    return true;
  }

  /** Starts it, unless it runs. */
  synchronized void start() throws IOException {
    if (process != null && process.isAlive()) {
      return;
    }
    process =
        new ProcessBuilder(
                List.of(
                    ProcessHandle.current().info().command().orElse("java"),
                    "-Xmx256m",
                    "-XX:+UseSerialGC",
                    "--enable-native-access=ALL-UNNAMED",
                    "-cp",
                    System.getProperty(
                        "surefire.test.class.path", System.getProperty("java.class.path")),
                    FaultyTwin.class.getName(),
                    project().toString(),
                    data().toString(),
                    Integer.toString(portBase),
                    folder.resolve("receivers.json").toString()))
            .redirectError(ProcessBuilder.Redirect.appendTo(folder.resolve("twin.log").toFile()))
            .start();
    answers = process.inputReader();
    String first = answers.readLine();
    if (first == null || !first.startsWith("ready ")) {
      throw new IllegalStateException(
          "the twin did not start: " + Files.readString(folder.resolve("twin.log")));
    }
    mqtt = URI.create(first.substring("ready ".length()));
  }

  URI mqtt() {
    return mqtt;
  }

  /** {@code kill -9}. */
  synchronized void kill() {
    if (process != null) {
      process.destroyForcibly();
      try {
        process.waitFor();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      kills++;
    }
  }

  synchronized int kills() {
    return kills;
  }

  /** Calls a function; empty where the process died meanwhile. */
  Optional<JsonObject> call(String function, JsonObject event) {
    return ask(
        JsonObject.builder()
            .put("call", FaultProject.TWIN + "-" + function)
            .put("event", event)
            .build());
  }

  /** How it is; empty where the process died meanwhile. */
  Optional<JsonObject> state() {
    return ask(JsonObject.EMPTY);
  }

  private Optional<JsonObject> ask(JsonObject order) {
    Process asked;
    BufferedReader from;
    synchronized (this) {
      asked = process;
      from = answers;
    }
    if (asked == null || from == null) {
      return Optional.empty();
    }
    try {
      var to = asked.outputWriter();
      to.write(Json.text(order) + "\n");
      to.flush();
      return Optional.ofNullable(from.readLine())
          .map(line -> Json.parseObject(line.getBytes(StandardCharsets.UTF_8)));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** The address of a cloud's database. */
  Path database(Provider cloud) {
    return data().resolve(cloud.id() + ".db");
  }

  @Override
  public void close() {
    kill();
    for (AutoCloseable proxy : proxies) {
      try {
        proxy.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
