package io.twinloom.bench;

import io.twinloom.bench.process.ProcessFigures;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Old items from the hot store to the cold tier of another local cloud, in a twin that runs as a
 * user runs it, durable deletes included; next to it its floor, on the same items.
 */
final class MoversBench {

  private static final String HEAP = "-Xmx256m";

  /** So many are moved first: else the compiler, for a third of the time, is what is measured. */
  private static final int WARM_UP = 400_000;

  private static final Duration HOT = Duration.ofDays(7);

  private final Path launcher;
  private final int items;

  /**
   * What the whole has taken: by the clock, and of all cores, which others on them do not touch.
   */
  private record Cost(double seconds, double cpuSeconds) {}

  /** What the twin has done. */
  private record Moved(JsonObject result, double itemBytes, Cost cost, long peakMegabytes) {}

  MoversBench(Path launcher, int items) {
    this.launcher = launcher;
    this.items = items;
  }

  void run() throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("twinloom-bench");
    try {
      Cost before = filledFloor(folder.resolve("floor-before"));
      Moved moved = moved(folder);
      Cost after = filledFloor(folder.resolve("floor-after"));
      report(moved, megabytes(moved), before, after);
    } finally {
      delete(folder);
    }
  }

  private Cost filledFloor(Path folder) throws IOException, InterruptedException {
    Files.createDirectories(folder);
    OldItems.fill(folder.resolve("hot.db"), WARM_UP + items);
    Cost cost = floor(folder);
    delete(folder);
    return cost;
  }

  /** What a twin moves a second, without the floor. */
  double megabytesPerSecond() throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("twinloom-bench");
    try {
      Moved moved = moved(folder);
      return megabytes(moved) / moved.cost().seconds();
    } finally {
      delete(folder);
    }
  }

  private double megabytes(Moved moved) {
    return moved.itemBytes() * items / 1e6;
  }

  private Moved moved(Path folder) throws IOException, InterruptedException {
    Path project = project(folder.resolve("project"));
    Path data = Files.createDirectories(folder.resolve("data"));
    double itemBytes = OldItems.fill(data.resolve("google.db"), WARM_UP + items);
    FilledData.hasPresentFormat(data);
    try (TwinProcess twin =
        TwinProcess.start(launcher, project, data, 3, Map.of("TWINLOOM_JAVA_OPTS", HEAP))) {
      move(twin, WARM_UP);
      Duration before = ProcessFigures.of(twin.process()).cpu();
      long begun = System.nanoTime();
      JsonObject result = move(twin, WARM_UP + items);
      double seconds = (System.nanoTime() - begun) / 1e9;
      ProcessFigures figures = ProcessFigures.of(twin.process());
      Cost cost = new Cost(seconds, figures.cpu().minus(before).toNanos() / 1e9);
      return new Moved(result, itemBytes, cost, figures.peakMegabytes());
    }
  }

  /** Has the twin move the first items, as many as given. */
  private static JsonObject move(TwinProcess twin, int items) {
    return twin.post(
        "move",
        JsonObject.builder()
            .put("move", "hot-to-cold")
            .put("now", OldItems.cutOff(items).plus(HOT).toString())
            .build());
  }

  /** Against the mean of a floor before and one after, since the machine's speed changes. */
  private void report(Moved moved, double megabytes, Cost before, Cost after) {
    JsonObject result = moved.result();
    Cost cost = moved.cost();
    Cost floor =
        new Cost(
            (before.seconds() + after.seconds()) / 2,
            (before.cpuSeconds() + after.cpuSeconds()) / 2);
    System.out.printf(
        Locale.ROOT,
        "movers  hot-to-cold over two clouds: %s items in %s chunks, left %d%n"
            + "        %.1f MB/s of raw JSON  floor %.1f (before %.1f, after %.1f)  ratio %.2f%n"
            + "        cpu %.1f ms a MB  floor %.1f (before %.1f, after %.1f)  ratio %.2f%n"
            + "        heap %s  peak resident %d MB  %.1f s%n",
        result.get("items"),
        result.get("chunks"),
        result.array("left").orElse(JsonArray.EMPTY).size(),
        megabytes / cost.seconds(),
        megabytes / floor.seconds(),
        megabytes / before.seconds(),
        megabytes / after.seconds(),
        floor.seconds() / cost.seconds(),
        cost.cpuSeconds() * 1e3 / megabytes,
        floor.cpuSeconds() * 1e3 / megabytes,
        before.cpuSeconds() * 1e3 / megabytes,
        after.cpuSeconds() * 1e3 / megabytes,
        floor.cpuSeconds() / cost.cpuSeconds(),
        HEAP,
        moved.peakMegabytes(),
        cost.seconds());
    if (!Integer.toString(items).equals(String.valueOf(result.get("items")))) {
      throw new IllegalStateException("not all items were moved: " + result);
    }
  }

  private static Cost floor(Path folder) throws IOException, InterruptedException {
    Process floor =
        new ProcessBuilder(
                List.of(
                    ProcessHandle.current().info().command().orElse("java"),
                    HEAP,
                    "-XX:+UseParallelGC",
                    "--enable-native-access=ALL-UNNAMED",
                    "-cp",
                    System.getProperty("java.class.path"),
                    MoverFloor.class.getName(),
                    folder.toString(),
                    Integer.toString(WARM_UP)))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String[] cost = Server.firstLine(floor).split(" ", -1);
    floor.waitFor();
    return new Cost(Double.parseDouble(cost[0]), Double.parseDouble(cost[1]));
  }

  private static Path project(Path folder) throws IOException {
    Files.createDirectories(folder);
    write(
        folder.resolve("config.json"),
        """
        {"digital_twin_name": "bench", "hot_storage_size_in_days": 7,
         "cold_storage_size_in_days": 30, "mode": "PRODUCTION"}
        """);
    write(
        folder.resolve("config_providers.json"),
        """
        {"layer_1_provider": "google", "layer_2_provider": "google",
         "layer_3_hot_provider": "google", "layer_3_cold_provider": "aws",
         "layer_3_archive_provider": "azure", "layer_4_provider": "none",
         "layer_5_provider": "none"}
        """);
    StringBuilder devices = new StringBuilder("[");
    for (int i = 0; i < OldItems.DEVICES; i++) {
      devices
          .append(i == 0 ? "" : ",")
          .append("{\"id\": \"")
          .append(OldItems.device(i))
          .append("\", \"properties\": [{\"name\": \"temperature0\", \"dataType\": \"DOUBLE\"}]}");
    }
    write(folder.resolve("config_iot_devices.json"), devices.append("]").toString());
    return folder;
  }

  private static void write(Path file, String text) throws IOException {
    Files.write(file, text.getBytes(StandardCharsets.UTF_8));
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
