package io.twinloom.server.projects;

import io.twinloom.json.Json;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import io.twinloom.model.Layer;
import io.twinloom.model.ProjectFiles;
import io.twinloom.model.Provider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A file by itself, as a project: a configuration file stands alone, so that nothing is said of
 * what it refers to; code has what makes it code beside it, which is a device or a rule of its
 * name.
 */
final class LoneFile implements ProjectFiles {

  private static final String PROCESSORS = "processors/";
  private static final String ACTIONS = "event_actions/";

  private final Map<String, byte[]> files;

  private LoneFile(Map<String, byte[]> files) {
    this.files = new TreeMap<>(files);
  }

  static LoneFile of(String path, byte[] content) {
    Map<String, byte[]> files = new TreeMap<>();
    files.put(path, content);
    Provider cloud =
        Provider.all().stream()
            .filter(p -> path.startsWith(p.conventions().codeFolder()))
            .findFirst()
            .orElse(Provider.all().getFirst());
    String inside =
        path.startsWith(cloud.conventions().codeFolder())
            ? path.substring(cloud.conventions().codeFolder().length())
            : path;
    if (!path.endsWith(".json") && inside.indexOf('/') > 0) {
      files.put("config_providers.json", providers(cloud));
      String name = inside.substring(inside.indexOf('/') + 1).replaceFirst("/.*", "");
      if (inside.startsWith(PROCESSORS)) {
        files.put("config_iot_devices.json", list(device(name)));
      } else if (inside.startsWith(ACTIONS)) {
        files.put("config_events.json", list(rule(name)));
        files.put(
            "config_optimization.json",
            Json.bytes(
                JsonObject.builder()
                    .put(
                        "result",
                        JsonObject.builder()
                            .put(
                                "inputParamsUsed",
                                JsonObject.builder().put("useEventChecking", true).build())
                            .build())
                    .build()));
      }
    }
    return new LoneFile(files);
  }

  private static byte[] providers(Provider cloud) {
    JsonObject.Builder layers = JsonObject.builder();
    for (Layer layer : Layer.values()) {
      layers.put(layer.configKey(), cloud.id());
    }
    return Json.bytes(layers.build());
  }

  private static JsonObject device(String id) {
    return JsonObject.builder().put("id", id).put("properties", JsonArray.EMPTY).build();
  }

  private static JsonObject rule(String function) {
    return JsonObject.builder()
        .put("condition", "device.component.value > DOUBLE(0)")
        .put(
            "action",
            JsonObject.builder().put("type", "lambda").put("functionName", function).build())
        .build();
  }

  private static byte[] list(JsonObject only) {
    return Json.bytes(JsonArray.of(only));
  }

  @Override
  public String source() {
    return "body";
  }

  @Override
  public List<String> below(String folder) {
    return files.keySet().stream()
        .filter(path -> folder.isEmpty() || path.startsWith(folder + "/"))
        .toList();
  }

  @Override
  public long size(String path) {
    byte[] content = files.get(path);
    return content == null ? -1 : content.length;
  }

  @Override
  public Optional<byte[]> read(String path) {
    return Optional.ofNullable(files.get(path));
  }

  @Override
  public void extract(String folder, Path directory) throws IOException {
    int skip = folder.isEmpty() ? 0 : folder.length() + 1;
    for (String path : below(folder)) {
      Path file = directory.resolve(path.substring(skip));
      Path parent = file.getParent();
      Files.createDirectories(parent == null ? directory : parent);
      Files.write(file, read(path).orElse(new byte[0]));
    }
  }

  @Override
  public void close() {}
}
