package io.twinloom.bench;

import io.twinloom.json.Json;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * The command {@code package} as a user calls it, start of the JVM included: once with nothing kept
 * from before, then with nothing changed; next to the latter its floor.
 */
final class PackagingBench {

  private static final int STAND_IN_BYTES = 15_000_000;

  private final Path launcher;
  private final Path folder;

  PackagingBench(Path launcher, Path folder) {
    this.launcher = launcher;
    this.folder = folder;
  }

  void run(int devices, int own, int runs) throws IOException, InterruptedException {
    write(devices, own);
    Path artifacts = artifacts();
    double cold = packages(artifacts, own + 2);
    List<Double> unchanged = new ArrayList<>();
    List<Double> floor = new ArrayList<>();
    for (int i = 0; i < runs; i++) {
      unchanged.add(packages(artifacts, own + 2));
      floor.add(floor());
    }
    Collections.sort(unchanged);
    Collections.sort(floor);
    double median = unchanged.get(runs / 2);
    System.out.printf(
        Locale.ROOT,
        "packaging  %d devices, %d with code of their own: %d packages%n"
            + "           cold %.2f s%n"
            + "           unchanged %.2f s (least %.2f)  floor %.2f s  ratio %.2f%n",
        devices,
        own,
        own + 2,
        cold,
        median,
        unchanged.getFirst(),
        floor.get(runs / 2),
        floor.get(runs / 2) / median);
  }

  private Path project() {
    return folder.resolve("project");
  }

  private Path out() {
    return folder.resolve("out");
  }

  private double packages(Path artifacts, int expected) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(
            launcher.toString(),
            "package",
            project().toString(),
            "--out",
            out().toString(),
            "--json");
    builder.environment().put("TWINLOOM_CACHE", folder.resolve("cache").toString());
    builder.environment().put("TWINLOOM_ARTIFACTS", artifacts.toString());
    Path said = folder.resolve("said.json");
    long begun = System.nanoTime();
    int exitCode =
        builder
            .redirectOutput(said.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start()
            .waitFor();
    double seconds = (System.nanoTime() - begun) / 1e9;
    JsonObject result = Json.parseObject(Files.readAllBytes(said));
    int made = result.array("packages").orElse(JsonArray.EMPTY).size();
    if (exitCode != 0 || made != expected) {
      throw new IllegalStateException("exit code " + exitCode + ", packages " + made);
    }
    return seconds;
  }

  private double floor() throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(
            ProcessHandle.current().info().command().orElse("java"),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            PackagingFloor.class.getName(),
            project().toString(),
            out().toString());
    long begun = System.nanoTime();
    int exitCode = builder.redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor();
    double seconds = (System.nanoTime() - begun) / 1e9;
    if (exitCode != 0) {
      throw new IllegalStateException("the floor failed with exit code " + exitCode);
    }
    return seconds;
  }

  /** The build's own artifact; one of the same size, where this build has none. */
  private Path artifacts() throws IOException {
    Path built =
        launcher.toAbsolutePath().resolveSibling(Path.of("cli", "target", "dist", "clouds"));
    if (Files.isRegularFile(built.resolve("twinloom-aws.jar"))) {
      return built;
    }
    Path standIn = Files.createDirectories(folder.resolve("clouds"));
    byte[] bytes = new byte[STAND_IN_BYTES];
    new Random(1).nextBytes(bytes);
    Files.write(standIn.resolve("twinloom-aws.jar"), bytes);
    System.out.println("packaging  no artifact in this build: a stand-in of 15 MB is packed");
    return standIn;
  }

  private void write(int devices, int own) throws IOException {
    List<String> ids = IntStream.range(0, devices).mapToObj(i -> "device-" + i).toList();
    BenchProject.write(project(), 1, ids);
    Files.writeString(
        project().resolve("config_providers.json"),
        """
        {"layer_1_provider": "aws", "layer_2_provider": "aws", "layer_3_hot_provider": "aws",
         "layer_3_cold_provider": "aws", "layer_3_archive_provider": "aws",
         "layer_4_provider": "none"}
        """);
    BenchProject.processor(project(), "default_processor", BenchProject.Language.PYTHON);
    for (int i = 0; i < own; i++) {
      BenchProject.processor(
          project(),
          ids.get(i),
          i % 2 == 0 ? BenchProject.Language.JAVA : BenchProject.Language.PYTHON);
    }
  }
}
