package io.twinloom.bench;

import io.twinloom.model.json.JsonArray;
import io.twinloom.model.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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

  private final Path launcher;
  private final int items;

  MoversBench(Path launcher, int items) {
    this.launcher = launcher;
    this.items = items;
  }

  void run() throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("twinloom-bench");
    try {
      Path floorFolder = Files.createDirectories(folder.resolve("floor"));
      long bytes = OldItems.fill(floorFolder.resolve("hot.db"), items);
      double floor = bytes / 1e6 / floorSeconds(floorFolder);
      delete(floorFolder);
      Path project = project(folder.resolve("project"));
      Path data = Files.createDirectories(folder.resolve("data"));
      OldItems.fill(data.resolve("google.db"), items);
      try (TwinProcess twin =
          TwinProcess.start(launcher, project, data, 3, Map.of("TWINLOOM_JAVA_OPTS", HEAP))) {
        long begun = System.nanoTime();
        JsonObject result =
            twin.post(
                "/api/move",
                JsonObject.builder()
                    .put("move", "hot-to-cold")
                    .put("now", OldItems.FIRST.plusSeconds(items + 8L * 86_400).toString())
                    .build());
        double seconds = (System.nanoTime() - begun) / 1e9;
        report(result, bytes, seconds, floor, ProcessFigures.of(twin.process()));
      }
    } finally {
      delete(folder);
    }
  }

  private void report(
      JsonObject result, long bytes, double seconds, double floor, ProcessFigures figures) {
    double speed = bytes / 1e6 / seconds;
    System.out.printf(
        Locale.ROOT,
        "movers  hot-to-cold over two clouds: %s items in %s chunks, left %d%n"
            + "        %.1f MB/s of raw JSON  floor %.1f  ratio %.2f%n"
            + "        heap %s  peak resident %d MB  cpu %.1f s of %.1f s%n",
        result.get("items"),
        result.get("chunks"),
        result.array("left").orElse(JsonArray.EMPTY).size(),
        speed,
        floor,
        speed / floor,
        HEAP,
        figures.peakMegabytes(),
        figures.cpu().toMillis() / 1e3,
        seconds);
    if (!Integer.toString(items).equals(String.valueOf(result.get("items")))) {
      throw new IllegalStateException("not all items were moved: " + result);
    }
  }

  private static double floorSeconds(Path folder) throws IOException, InterruptedException {
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
                    folder.toString()))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    double seconds = Double.parseDouble(Server.firstLine(floor));
    floor.waitFor();
    return seconds;
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
