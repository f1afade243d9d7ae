package io.twinloom.cli.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A small twin whose layers 1, 2 and 3 are on three clouds, with code in both languages. */
record ThreeCloudTwin(Path folder) {

  static final String NAME = "faults";
  static final List<String> DEVICES = List.of("through", "in-java", "in-python");

  List<String> devices() {
    return DEVICES;
  }

  static ThreeCloudTwin write(Path folder) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(
        folder.resolve("config.json"),
        """
        {"digital_twin_name": "%s", "hot_storage_size_in_days": 7,
         "cold_storage_size_in_days": 30, "mode": "PRODUCTION"}
        """
            .formatted(NAME));
    Files.writeString(
        folder.resolve("config_providers.json"),
        """
        {"layer_1_provider": "aws", "layer_2_provider": "google", "layer_3_hot_provider": "azure",
         "layer_3_cold_provider": "azure", "layer_3_archive_provider": "azure",
         "layer_4_provider": "azure", "layer_5_provider": "azure"}
        """);
    StringBuilder devices = new StringBuilder("[");
    for (String id : DEVICES) {
      devices
          .append(devices.length() > 1 ? "," : "")
          .append(
              "{\"id\": \"%s\", \"properties\": [{\"name\": \"temperature\", \"dataType\": \"DOUBLE\"}]}"
                  .formatted(id));
    }
    Files.writeString(folder.resolve("config_iot_devices.json"), devices.append("]").toString());
    Path java = Files.createDirectories(folder.resolve("processors/in-java"));
    Files.writeString(
        java.resolve("Warm.java"),
        """
        import io.twinloom.api.Processor;
        import java.util.Map;

        public class Warm implements Processor {
          @Override
          public Map<String, Object> process(Map<String, Object> event) {
            event.put("temperature", ((Number) event.get("temperature")).doubleValue() + 1);
            return event;
          }
        }
        """);
    Path python = Files.createDirectories(folder.resolve("processors/in-python"));
    Files.writeString(
        python.resolve("process.py"),
        """
        def process(event):
            event["temperature"] += 1
            return event
        """);
    return new ThreeCloudTwin(folder);
  }
}
