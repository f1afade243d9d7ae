package io.twinloom.packaging.bundle;

import io.twinloom.model.Project;
import io.twinloom.model.ProjectFiles;
import io.twinloom.model.cloud.KnownClouds;
import io.twinloom.model.files.ProjectSource;
import io.twinloom.model.reading.ProjectReader;
import io.twinloom.packaging.CheckedCode;
import io.twinloom.packaging.UserCodeChecker;
import io.twinloom.topology.Topology;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** A project with user code, and the packages of it. */
final class PackagedTwin {
  private static final InstantSource CLOCK = () -> Instant.parse("2026-01-01T00:00:00Z");

  final Path folder;
  final Map<String, String> environment = new HashMap<>(System.getenv());
  final List<String> progress = new ArrayList<>();
  private final Map<String, byte[]> files = new TreeMap<>();
  private int devices = 1;
  private String l2 = "aws";

  PackagedTwin(Path folder) {
    try {
      this.folder = Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    environment.keySet().removeIf(name -> name.startsWith("PIP_"));
    environment.put("TWINLOOM_CACHE", folder.resolve("cache").toString());
  }

  PackagedTwin on(String cloud) {
    l2 = cloud;
    return this;
  }

  PackagedTwin devices(int count) {
    devices = count;
    return this;
  }

  PackagedTwin with(String path, String text) {
    return with(path, text.getBytes(StandardCharsets.UTF_8));
  }

  PackagedTwin with(String path, byte[] content) {
    files.put(path, content);
    return this;
  }

  /** Code of the device {@code device-0}. */
  PackagedTwin code(String file, String text) {
    return with("processors/device-0/" + file, text);
  }

  private Path write() throws IOException {
    Path project = Files.createTempDirectory(folder, "project");
    put(
        project,
        "config.json",
        """
        {"digital_twin_name": "plant", "hot_storage_size_in_days": 7,
         "cold_storage_size_in_days": 30, "mode": "PRODUCTION"}
        """);
    put(
        project,
        "config_providers.json",
        """
        {"layer_1_provider": "%1$s", "layer_2_provider": "%1$s", "layer_3_hot_provider": "%1$s",
         "layer_3_cold_provider": "%1$s", "layer_3_archive_provider": "%1$s",
         "layer_4_provider": "none", "layer_5_provider": "none"}
        """
            .formatted(l2));
    if (files.containsKey("event_actions/alert/process.py")) {
      put(
          project,
          "config_events.json",
          """
          [{"condition": "device-0.device-0.v > DOUBLE(1)",
            "action": {"type": "function", "functionName": "alert"}}]
          """);
      put(
          project,
          "config_optimization.json",
          "{\"result\": {\"inputParamsUsed\": {\"useEventChecking\": true}}}");
    }
    StringBuilder list = new StringBuilder("[");
    for (int i = 0; i < devices; i++) {
      list.append(i == 0 ? "" : ",")
          .append("{\"id\": \"device-")
          .append(i)
          .append("\", \"properties\": [{\"name\": \"v\", \"dataType\": \"DOUBLE\"}]}");
    }
    put(project, "config_iot_devices.json", list.append("]").toString());
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Path target = project.resolve(file.getKey());
      Files.createDirectories(target.getParent());
      Files.write(target, file.getValue());
    }
    return project;
  }

  private static void put(Path project, String file, String text) throws IOException {
    Files.writeString(project.resolve(file), text);
  }

  /** What there is without the system functions' artifacts. */
  List<FunctionPackage> build(Path out) {
    return build(out, folder.resolve("no-artifacts")).packages();
  }

  TwinPackages build(Path out, Path artifacts) {
    try {
      Path place = write();
      try (ProjectFiles source = ProjectSource.open(place)) {
        Project project = ProjectReader.read(source).project().orElseThrow();
        CheckedCode code =
            UserCodeChecker.of(environment, folder, CLOCK).check(source, project.userCode());
        if (code.prepared().size() < project.userCode().size()) {
          throw new IllegalArgumentException(code.problems().toString());
        }
        return TwinPackages.available(
            Topology.of(project),
            code.prepared(),
            new SystemArtifacts(
                artifacts,
                Map.of(
                    KnownClouds.AWS,
                    new SystemArtifact("java21", "io.twinloom.aws.FunctionHandler"))),
            project,
            out,
            PackageMaker.of(environment, folder, CLOCK, progress::add));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The one package there is, unpacked as its cloud does. */
  Unpacked only() {
    List<FunctionPackage> packages = build(folder.resolve("out"));
    if (packages.size() != 1) {
      throw new IllegalStateException("several packages: " + packages);
    }
    return Unpacked.of(packages.getFirst(), folder);
  }

  /** A package in a folder. */
  record Unpacked(FunctionPackage packed, Path root) {
    static Unpacked of(FunctionPackage packed, Path folder) {
      try {
        Path root = Files.createTempDirectory(folder, "task");
        for (Map.Entry<String, byte[]> file : contents(packed.file()).entrySet()) {
          Path target = root.resolve(file.getKey());
          Files.createDirectories(Objects.requireNonNull(target.getParent()));
          Files.write(target, file.getValue());
        }
        return new Unpacked(packed, root);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  static Map<String, byte[]> contents(Path zip) throws IOException {
    Map<String, byte[]> contents = new TreeMap<>();
    try (ZipInputStream in = new ZipInputStream(Files.newInputStream(zip))) {
      for (ZipEntry entry; (entry = in.getNextEntry()) != null; ) {
        contents.put(entry.getName(), in.readAllBytes());
      }
    }
    return contents;
  }
}
