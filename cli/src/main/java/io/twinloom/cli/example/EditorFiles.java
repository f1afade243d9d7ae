package io.twinloom.cli.example;

import io.twinloom.json.Json;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What editors complete and check a project's files by: their JSON Schemas, and for each file which
 * one is its own. A file that is an object names it as {@code $schema} too; one that is a list
 * cannot.
 *
 * @see <a
 *     href="https://code.visualstudio.com/docs/languages/json#_json-schemas-and-settings">Visual
 *     Studio Code: JSON schemas and settings</a>
 */
final class EditorFiles {

  private static final String FOLDER = ".vscode/schemas/";

  private static final List<String> FILES =
      List.of(
          "config.json",
          "config_providers.json",
          "config_iot_devices.json",
          "config_events.json",
          "config_optimization.json",
          "config_user.json",
          "twin_hierarchy/hierarchy.json",
          "iot_device_simulator/payloads.json");

  private EditorFiles() {}

  /** The files by their paths in the project. */
  static Map<String, byte[]> all() throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    List<JsonValue> mappings =
        FILES.stream()
            .<JsonValue>map(
                file ->
                    JsonObject.builder()
                        .put("fileMatch", JsonArray.ofTexts(List.of("/" + file)))
                        .put("url", "./" + FOLDER + schema(file))
                        .build())
            .toList();
    JsonObject settings = JsonObject.builder().put("json.schemas", new JsonArray(mappings)).build();
    files.put(
        ".vscode/settings.json", (Json.pretty(settings) + "\n").getBytes(StandardCharsets.UTF_8));
    for (String file : FILES) {
      files.put(FOLDER + schema(file), read("/schemas/" + schema(file)));
    }
    return files;
  }

  private static String schema(String file) {
    return file.substring(file.lastIndexOf('/') + 1).replace(".json", ".schema.json");
  }

  private static byte[] read(String resource) throws IOException {
    try (InputStream in = EditorFiles.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("the program lacks its resource " + resource);
      }
      return in.readAllBytes();
    }
  }
}
