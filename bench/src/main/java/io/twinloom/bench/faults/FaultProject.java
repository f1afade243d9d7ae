package io.twinloom.bench.faults;

import io.twinloom.model.Project;
import io.twinloom.model.reading.ProjectReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A twin in which measurements and chunks cross clouds at every hop. */
final class FaultProject {

  static final String TWIN = "faults";

  static final List<String> DEVICES = IntStream.range(0, 10).mapToObj(n -> "sensor-" + n).toList();

  private FaultProject() {}

  static void write(Path folder) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(
        folder.resolve("config.json"),
        """
        {"digital_twin_name": "%s", "hot_storage_size_in_days": 7,
         "cold_storage_size_in_days": 30, "mode": "PRODUCTION"}
        """
            .formatted(TWIN));
    Files.writeString(
        folder.resolve("config_providers.json"),
        """
        {"layer_1_provider": "aws", "layer_2_provider": "google", "layer_3_hot_provider": "azure",
         "layer_3_cold_provider": "aws", "layer_3_archive_provider": "google",
         "layer_4_provider": "none", "layer_5_provider": "none"}
        """);
    Files.writeString(
        folder.resolve("config_iot_devices.json"),
        DEVICES.stream()
            .map(
                id ->
                    "{\"id\": \"%s\", \"properties\": [{\"name\": \"n\", \"dataType\": \"INTEGER\"}]}"
                        .formatted(id))
            .collect(Collectors.joining(",\n", "[", "]\n")));
  }

  static Project read(Path folder) {
    return ProjectReader.read(folder).project().orElseThrow();
  }
}
