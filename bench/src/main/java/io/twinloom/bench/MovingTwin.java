package io.twinloom.bench;

import io.twinloom.json.Json;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonNumber;
import io.twinloom.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A twin whose layers are moved, and whose process may be killed meanwhile and started again. */
final class MovingTwin implements AutoCloseable {

  private static final Map<String, String> HEAP = Map.of("TWINLOOM_JAVA_OPTS", "-Xmx256m");

  private final Path launcher;
  private final Path project;
  private final Path data;
  private volatile @Nullable TwinProcess running;
  private volatile int kills;
  private volatile boolean up;
  private volatile String devicesOn = "aws";

  /** A phase of a change; equal while the change is in it. */
  record At(String layer, String kind, int number) {}

  /** Where a receiver answers, and to which token. */
  record Receiver(URI url, String token) {}

  MovingTwin(Path launcher, Path folder) {
    this.launcher = launcher;
    this.project = folder.resolve("project");
    this.data = folder.resolve("data");
  }

  Path project() {
    return project;
  }

  Path data() {
    return data;
  }

  void start() throws IOException, InterruptedException {
    running = TwinProcess.start(launcher, project, data, 3, HEAP);
    up = true;
  }

  /** {@code kill -9}, and a start as after a loss of power. */
  void killAndStart() throws IOException, InterruptedException {
    ProcessHandle process = twin().process();
    up = false;
    kills++;
    process.destroyForcibly();
    process.onExit().join();
    start();
  }

  int kills() {
    return kills;
  }

  /** Whether it was started and not killed since. */
  boolean isUp() {
    return up;
  }

  TwinProcess twin() {
    TwinProcess now = running;
    if (now == null) {
      throw new IllegalStateException("the twin was not started");
    }
    return now;
  }

  /** Begins a change as a user does; ends when the change does, or the twin. */
  Process deploy() throws IOException {
    return command("deploy", project.toString(), "--yes");
  }

  /** Begins to end what a layer has on its former cloud, in use or not. */
  Process retire(String layer) throws IOException {
    return layer.equals("l1")
        ? command("retire", project.toString(), layer, "--anyway")
        : command("retire", project.toString(), layer);
  }

  private Process command(String... words) throws IOException {
    List<String> command = new ArrayList<>(List.of(launcher.toString()));
    command.addAll(List.of(words));
    command.addAll(List.of("--data", data.toString(), "--quiet"));
    return new ProcessBuilder(command)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  /** The phase that a change is in, as it is written down; empty where none is under way. */
  Optional<At> at() throws IOException {
    Optional<JsonObject> change = read("deployed.json").flatMap(state -> state.object("change"));
    if (change.isEmpty() || !(change.get().get("at") instanceof JsonNumber number)) {
      return Optional.empty();
    }
    int at = number.asDecimal().intValue();
    JsonArray phases = change.get().array("phases").orElse(JsonArray.EMPTY);
    return phases.values().get(at) instanceof JsonObject phase
        ? Optional.of(new At(phase.text("layer").orElse(""), phase.text("kind").orElse(""), at))
        : Optional.empty();
  }

  /** The receivers of the connections whose ids end so. */
  List<Receiver> receivers(String ending) throws IOException {
    return read("config_inter_cloud.json")
        .orElse(JsonObject.EMPTY)
        .object("connections")
        .orElse(JsonObject.EMPTY)
        .members()
        .entrySet()
        .stream()
        .filter(connection -> connection.getKey().endsWith(ending))
        .map(connection -> (JsonObject) connection.getValue())
        .map(
            c ->
                new Receiver(
                    URI.create(c.text("url").orElseThrow()), c.text("token").orElseThrow()))
        .toList();
  }

  private Optional<JsonObject> read(String file) throws IOException {
    try {
      return Optional.of(Json.parseObject(Files.readAllBytes(data.resolve(file))));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** Where devices connect: on the cloud of layer 1, from when its former one is retired on. */
  URI broker() throws IOException {
    return URI.create(
        read("endpoints.json")
            .flatMap(file -> file.object("clouds"))
            .flatMap(clouds -> clouds.object(devicesOn))
            .flatMap(cloud -> cloud.text("mqtt"))
            .orElseThrow(() -> new IOException("it does not say where")));
  }

  /** Has devices that connect from now on do so on another cloud. */
  void devicesOn(String cloud) {
    devicesOn = cloud;
  }

  /** Has a layer on another cloud from the next deployment on. */
  void place(String layer, String cloud) throws IOException {
    Files.write(placement(), Json.bytes(providers().toBuilder().put(layer, cloud).build()));
  }

  private Path placement() {
    return project.resolve("config_providers.json");
  }

  private JsonObject providers() throws IOException {
    return Json.parseObject(Files.readAllBytes(placement()));
  }

  /** Waits until nothing that was accepted is on its way any more. */
  void awaitIdle(Duration longest) throws IOException, InterruptedException {
    long end = System.nanoTime() + longest.toNanos();
    long before = -1;
    for (long now = count(LayerMove.HOT, "items");
        now != before;
        now = count(LayerMove.HOT, "items")) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("events are still on their way after " + longest);
      }
      before = now;
      TimeUnit.SECONDS.sleep(3);
    }
  }

  /** What the store that a tier's writers write has of something, as {@code status} says it. */
  long count(LayerMove tier, String what) throws IOException {
    String cloud = providers().text(tier.key()).orElseThrow();
    return twin().status().array("tiers").orElse(JsonArray.EMPTY).values().stream()
        .map(value -> (JsonObject) value)
        .filter(size -> size.text("tier").orElse("").equals(tier.title()))
        .filter(size -> size.text("cloud").orElse("").equals(cloud))
        .map(size -> size.get(what))
        .mapToLong(value -> value instanceof JsonNumber n ? Long.parseLong(n.text()) : 0)
        .findFirst()
        .orElse(0);
  }

  @Override
  public void close() {
    TwinProcess last = running;
    if (last != null) {
      last.close();
    }
  }
}
