package io.twinloom.deployer;

import io.twinloom.model.Project;
import io.twinloom.model.ProjectFiles;
import io.twinloom.model.files.ProjectSource;
import io.twinloom.model.reading.ProjectReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Projects for tests, with a layer on each cloud. */
final class Projects {

  private Projects() {}

  /** A project with these devices and these payloads. */
  static Project of(Path folder, String devices, String payloads) {
    try {
      Files.writeString(
          folder.resolve("config.json"),
          """
          {"digital_twin_name": "hall", "hot_storage_size_in_days": 7,
           "cold_storage_size_in_days": 30, "mode": "PRODUCTION"}
          """);
      Files.writeString(
          folder.resolve("config_providers.json"),
          """
          {"layer_1_provider": "aws", "layer_2_provider": "azure",
           "layer_3_hot_provider": "google", "layer_3_cold_provider": "google",
           "layer_3_archive_provider": "google"}
          """);
      Files.writeString(folder.resolve("config_iot_devices.json"), devices);
      if (!payloads.isEmpty()) {
        Path simulator = Files.createDirectories(folder.resolve("iot_device_simulator"));
        Files.writeString(simulator.resolve("payloads.json"), payloads);
      }
      try (ProjectFiles files = ProjectSource.open(folder)) {
        return ProjectReader.read(files).project().orElseThrow();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
