package io.twinloom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The project of a twin {@code hall} with L1 on AWS, L2 on Azure and L3 on Google. */
final class HallProject {

  private HallProject() {}

  /**
   * Writes it to the folder {@code twin}.
   *
   * @param mode DEBUG or PRODUCTION
   * @param devices the text of {@code config_iot_devices.json}
   * @return the project's folder
   */
  static Path write(Path folder, String mode, String devices) throws IOException {
    Path twin = Files.createDirectories(folder.resolve("twin"));
    Files.writeString(
        twin.resolve("config.json"),
        """
        {"digital_twin_name": "hall", "hot_storage_size_in_days": 7,
         "cold_storage_size_in_days": 30, "mode": "%s"}
        """
            .formatted(mode));
    Files.writeString(
        twin.resolve("config_providers.json"),
        """
        {"layer_1_provider": "aws", "layer_2_provider": "azure", "layer_3_hot_provider": "google",
         "layer_3_cold_provider": "google", "layer_3_archive_provider": "google"}
        """);
    Files.writeString(twin.resolve("config_iot_devices.json"), devices);
    return twin;
  }

  /** Changes what stands in one of its files, which must stand there. */
  static void replace(Path project, String file, String what, String by) {
    try {
      Path path = project.resolve(file);
      String content = Files.readString(path);
      assertThat(content).contains(what);
      Files.writeString(path, content.replace(what, by));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Writes it in DEBUG, with the devices {@code s1}, {@code s2} and {@code coded}; the code of the
   * last prints control characters, and fails where {@code t} is 13.
   */
  static void writeWithCode(Path folder) throws IOException {
    Path twin =
        write(
            folder,
            "DEBUG",
            """
            [{"id": "s1", "properties": [{"name": "t", "dataType": "DOUBLE"},
                                         {"name": "label", "dataType": "STRING"}]},
             {"id": "s2", "properties": [{"name": "t", "dataType": "DOUBLE"}]},
             {"id": "coded", "properties": [{"name": "t", "dataType": "DOUBLE"}]}]
            """);
    Path code = Files.createDirectories(twin.resolve("processors/coded"));
    Files.writeString(
        code.resolve("process.py"),
        """
        def process(event):
            print("looked at \\x1b[31m" + str(event.get("t")))
            if event.get("t") == 13:
                raise ValueError("no \\x1b]0;thirteen\\x07 here")
            return event
        """);
  }
}
