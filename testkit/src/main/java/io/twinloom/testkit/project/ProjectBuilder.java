package io.twinloom.testkit.project;

import io.twinloom.json.Json;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import io.twinloom.model.Layer;
import io.twinloom.model.Project;
import io.twinloom.model.Provider;
import io.twinloom.model.cloud.KnownClouds;
import io.twinloom.model.reading.ProjectReader;
import io.twinloom.model.reading.Reading;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes a valid project, which starts as one device {@code sensor-1} with a {@code temperature},
 * all on AWS, without code, rules and view. Devices that are added take the first one's place.
 */
public final class ProjectBuilder {
  private final Map<Layer, String> clouds = new LinkedHashMap<>();
  private final Map<String, JsonObject> devices = new LinkedHashMap<>();
  private final List<JsonValue> rules = new ArrayList<>();
  private final JsonObject.Builder features = JsonObject.builder();
  private final TreeMap<String, byte[]> files = new TreeMap<>();
  private JsonObject config;

  private ProjectBuilder(String twin) {
    config =
        JsonObject.builder()
            .put("digital_twin_name", twin)
            .put("hot_storage_size_in_days", 30)
            .put("cold_storage_size_in_days", 90)
            .put("mode", "PRODUCTION")
            .build();
    for (Layer layer : Layer.values()) {
      clouds.put(layer, KnownClouds.AWS.id());
    }
    clouds.put(Layer.L5, "none");
  }

  /** Starts a project of this twin. */
  public static ProjectBuilder of(String twin) {
    return new ProjectBuilder(twin);
  }

  /** Puts a layer on a cloud. */
  public ProjectBuilder on(Layer layer, Provider cloud) {
    clouds.put(layer, cloud.id());
    return this;
  }

  /** Does without L4 or L5. */
  public ProjectBuilder without(Layer layer) {
    clouds.put(layer, "none");
    return this;
  }

  /** L1 on AWS, L2 on Azure, L3 hot and cold on Google, L3 archive on AWS, L4 on Google. */
  public ProjectBuilder overThreeClouds() {
    return on(Layer.L1, KnownClouds.AWS)
        .on(Layer.L2, KnownClouds.AZURE)
        .on(Layer.L3_HOT, KnownClouds.GOOGLE)
        .on(Layer.L3_COLD, KnownClouds.GOOGLE)
        .on(Layer.L3_ARCHIVE, KnownClouds.AWS)
        .on(Layer.L4, KnownClouds.GOOGLE);
  }

  /** Sets a key of {@code config.json}. */
  public ProjectBuilder config(String key, JsonValue value) {
    config = config.toBuilder().put(key, value).build();
    return this;
  }

  /** Adds a device whose properties are all of type DOUBLE. */
  public ProjectBuilder device(String id, String... properties) {
    List<JsonValue> list = new ArrayList<>();
    for (String name : properties) {
      list.add(JsonObject.builder().put("name", name).put("dataType", "DOUBLE").build());
    }
    return device(
        id, JsonObject.builder().put("id", id).put("properties", new JsonArray(list)).build());
  }

  /** Adds a device as its object stands in {@code config_iot_devices.json}. */
  public ProjectBuilder device(String id, JsonObject device) {
    devices.put(id, device);
    return this;
  }

  /** Adds so many devices {@code sensor-1}, {@code sensor-2} … with a temperature each. */
  public ProjectBuilder devices(int count) {
    for (int i = 1; i <= count; i++) {
      device("sensor-" + i, "temperature");
    }
    return this;
  }

  /** Gives a device a processor in Python: the text of its {@code process.py}. */
  public ProjectBuilder pythonProcessor(String device, String source) {
    return file("processors/" + device + "/process.py", source);
  }

  /** Gives a device a processor in Java: a class and the text of its file. */
  public ProjectBuilder javaProcessor(String device, String className, String source) {
    return file("processors/" + device + "/" + className + ".java", source);
  }

  /** Gives all devices without code of their own a processor in Python. */
  public ProjectBuilder defaultProcessor(String source) {
    return pythonProcessor("default_processor", source);
  }

  /** Switches on a feature of {@code config_optimization.json}. */
  public ProjectBuilder feature(String name) {
    features.put(name, true);
    return this;
  }

  /** Adds a rule that runs an action in Python, and switches event checking on. */
  public ProjectBuilder rule(String condition, String functionName, String source) {
    JsonObject action =
        JsonObject.builder().put("type", "function").put("functionName", functionName).build();
    rules.add(JsonObject.builder().put("condition", condition).put("action", action).build());
    file("event_actions/" + functionName + "/process.py", source);
    return feature("useEventChecking");
  }

  /** Adds a rule as its object stands in {@code config_events.json}. */
  public ProjectBuilder rule(JsonObject rule) {
    rules.add(rule);
    return this;
  }

  /** Adds any file, or takes the place of one that would be written. */
  public ProjectBuilder file(String path, String text) {
    return file(path, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Adds any file, or takes the place of one that would be written. */
  public ProjectBuilder file(String path, byte[] bytes) {
    files.put(path, bytes);
    return this;
  }

  /** Writes the project into a folder, which is made if it is not there. */
  public Path writeTo(Path folder) {
    try {
      for (Map.Entry<String, byte[]> file : all().entrySet()) {
        Path path = folder.resolve(file.getKey());
        Path parent = path.getParent();
        Files.createDirectories(parent == null ? folder : parent);
        Files.write(path, file.getValue());
      }
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes the project as a ZIP. */
  public Path zipTo(Path zip) {
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
      for (Map.Entry<String, byte[]> file : all().entrySet()) {
        out.putNextEntry(new ZipEntry(file.getKey()));
        out.write(file.getValue());
      }
      return zip;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Writes the project into a folder and reads it.
   *
   * @throws AssertionError if anything is wrong with it, were it only doubtful
   */
  public Project readFrom(Path folder) {
    Reading reading = ProjectReader.read(writeTo(folder));
    if (!reading.problems().isEmpty()) {
      throw new AssertionError("the project has problems: " + reading.problems());
    }
    return reading.project().orElseThrow();
  }

  private TreeMap<String, byte[]> all() {
    TreeMap<String, byte[]> all = new TreeMap<>();
    all.put("config.json", pretty(config));
    JsonObject.Builder providers = JsonObject.builder();
    for (Map.Entry<Layer, String> layer : clouds.entrySet()) {
      providers.put(layer.getKey().configKey(), layer.getValue());
    }
    all.put("config_providers.json", pretty(providers.build()));
    if (devices.isEmpty()) {
      device("sensor-1", "temperature");
    }
    all.put("config_iot_devices.json", pretty(new JsonArray(List.copyOf(devices.values()))));
    JsonObject switches = features.build();
    if (!switches.isEmpty()) {
      JsonObject result = JsonObject.builder().put("inputParamsUsed", switches).build();
      all.put(
          "config_optimization.json", pretty(JsonObject.builder().put("result", result).build()));
    }
    if (!rules.isEmpty()) {
      all.put("config_events.json", pretty(new JsonArray(rules)));
    }
    all.putAll(files);
    return all;
  }

  private static byte[] pretty(JsonValue value) {
    return Json.pretty(value).getBytes(StandardCharsets.UTF_8);
  }
}
