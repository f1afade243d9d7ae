package io.twinloom.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The twin that is measured: ten devices, five of which have a processor of their own. */
final class BenchProject {

  static final String TWIN = "bench";

  /** The language of the five processors. */
  enum Language {
    JAVA,
    PYTHON
  }

  private BenchProject() {}

  static List<String> devices() {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      ids.add("device-" + i);
    }
    return ids;
  }

  /** Writes the project; with one cloud, everything is on azure, else L1, L2 and L3 are apart. */
  static void write(Path folder, int clouds, Language language) throws IOException {
    write(folder, clouds, devices());
    for (String id : devices().subList(0, 5)) {
      processor(folder, id, language);
    }
  }

  /** Writes code for a device, or for all that have none. */
  static void processor(Path folder, String device, Language language) throws IOException {
    Path code = Files.createDirectories(folder.resolve("processors").resolve(device));
    switch (language) {
      case JAVA -> Files.writeString(code.resolve("Fahrenheit.java"), JAVA);
      case PYTHON -> Files.writeString(code.resolve("process.py"), PYTHON);
    }
  }

  /** Writes the project with these devices, whose events pass through. */
  static void write(Path folder, int clouds, List<String> devices) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(
        folder.resolve("config.json"),
        """
        {"digital_twin_name": "%s", "hot_storage_size_in_days": 7,
         "cold_storage_size_in_days": 30, "mode": "PRODUCTION"}
        """
            .formatted(TWIN));
    Files.writeString(
        folder.resolve("config_user.json"),
        """
        {"admin_email": "bench@example.com", "admin_first_name": "Ada", "admin_last_name": "Bench"}
        """);
    boolean apart = clouds == 3;
    Files.writeString(
        folder.resolve("config_providers.json"),
        """
        {"layer_1_provider": "%s", "layer_2_provider": "%s", "layer_3_hot_provider": "%s",
         "layer_3_cold_provider": "azure", "layer_3_archive_provider": "azure",
         "layer_4_provider": "none", "layer_5_provider": "azure"}
        """
            .formatted(apart ? "aws" : "azure", apart ? "google" : "azure", "azure"));
    Files.writeString(
        folder.resolve("config_iot_devices.json"),
        devices.stream()
            .map(
                id ->
                    """
                    {"id": "%s", "properties": [{"name": "temperature", "dataType": "DOUBLE"},
                     {"name": "humidity", "dataType": "DOUBLE"},
                     {"name": "running", "dataType": "BOOLEAN"},
                     {"name": "note", "dataType": "STRING"},
                     {"name": "fahrenheit", "dataType": "DOUBLE"}]}\
                    """
                        .formatted(id))
            .collect(Collectors.joining(",\n", "[", "]\n")));
  }

  static Language language(String name) {
    return Language.valueOf(name.toUpperCase(Locale.ROOT));
  }

  private static final String JAVA =
      """
      import io.twinloom.api.Processor;
      import java.util.Map;

      public class Fahrenheit implements Processor {
        @Override
        public Map<String, Object> process(Map<String, Object> event) {
          double celsius = ((Number) event.get("temperature")).doubleValue();
          event.put("fahrenheit", celsius * 9 / 5 + 32);
          return event;
        }
      }
      """;

  private static final String PYTHON =
      """
      def process(event):
          event["fahrenheit"] = event["temperature"] * 9 / 5 + 32
          return event
      """;
}
