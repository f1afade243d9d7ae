package io.twinloom.model.reading;

import io.twinloom.model.ProjectFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** A project in memory, which starts good and can be spoilt in one place. */
final class TestProject implements ProjectFiles {
  private final TreeMap<String, byte[]> files = new TreeMap<>();

  /** Two devices over three clouds, with a hierarchy, rules, code and simulator events. */
  static TestProject good() {
    return new TestProject()
        .with(
            "config.json",
            """
            {
              "digital_twin_name": "factory",
              "hot_storage_size_in_days": 30,
              "cold_storage_size_in_days": 90,
              "mode": "DEBUG"
            }
            """)
        .with(
            "config_providers.json",
            """
            {
              "layer_1_provider": "aws",
              "layer_2_provider": "azure",
              "layer_3_hot_provider": "google",
              "layer_3_cold_provider": "aws",
              "layer_3_archive_provider": "azure",
              "layer_4_provider": "aws",
              "layer_5_provider": "none"
            }
            """)
        .with(
            "config_iot_devices.json",
            """
            [
              {
                "id": "oven-1",
                "properties": [
                  {"name": "temperature", "dataType": "DOUBLE", "initValue": 20.5},
                  {"name": "door", "dataType": "BOOLEAN"}
                ],
                "constProperties": [
                  {"name": "serial", "dataType": "STRING", "value": "A-1"}
                ]
              },
              {
                "id": "belt-1",
                "properties": [
                  {"name": "speed", "dataType": "INTEGER", "initValue": 3}
                ]
              }
            ]
            """)
        .with(
            "config_optimization.json",
            """
            {
              "result": {
                "inputParamsUsed": {
                  "useEventChecking": true,
                  "triggerNotificationWorkflow": true,
                  "returnFeedbackToDevice": true
                }
              }
            }
            """)
        .with(
            "config_events.json",
            """
            [
              {
                "condition": "hall.oven.temperature > DOUBLE(200.5)",
                "action": {
                  "type": "function",
                  "functionName": "alarm",
                  "feedback": {
                    "type": "mqtt",
                    "iotDeviceId": "oven-1",
                    "payload": "cool down"
                  }
                }
              },
              {
                "condition": "hall.belt-1.speed == INTEGER(0)",
                "action": {
                  "type": "workflow",
                  "functionName": "report",
                  "functionNameB": "restart"
                }
              }
            ]
            """)
        .with(
            "twin_hierarchy/hierarchy.json",
            """
            {
              "type": "entity",
              "id": "hall",
              "children": [
                {
                  "type": "component",
                  "name": "oven",
                  "componentTypeId": "oven",
                  "iotDeviceId": "oven-1"
                },
                {
                  "type": "component",
                  "name": "belt-1",
                  "componentTypeId": "belt"
                },
                {
                  "type": "entity",
                  "id": "store",
                  "children": [],
                  "relations": [{"name": "supplies", "target": "hall"}]
                }
              ]
            }
            """)
        .with("processors/oven-1/process.py", "def process(event):\n    return event\n")
        .with("processors/default_processor/process.py", "def process(event):\n    return event\n")
        .with("event_actions/alarm/process.py", "def process(event):\n    return event\n")
        .with("event_actions/report/Report.java", "final class Report {}\n")
        .with("event_actions/restart/restart.jar", "PK")
        .with("event_feedback/process.py", "def process(event):\n    return event\n")
        .with(
            "iot_device_simulator/payloads.json",
            """
            [
              {"iotDeviceId": "oven-1", "temperature": 21.5},
              {"device_id": "belt-1", "speed": 4}
            ]
            """);
  }

  TestProject with(String path, String text) {
    return with(path, text.getBytes(StandardCharsets.UTF_8));
  }

  TestProject with(String path, byte[] bytes) {
    files.put(path, bytes);
    return this;
  }

  TestProject without(String path) {
    if (below(path).isEmpty() && !files.containsKey(path)) {
      throw new IllegalArgumentException("the good project has no " + path);
    }
    files.remove(path);
    below(path).forEach(files::remove);
    return this;
  }

  /** Replaces a text that stands in the file exactly once. */
  TestProject change(String path, String from, String to) {
    String text = new String(files.get(path), StandardCharsets.UTF_8);
    int at = text.indexOf(from);
    if (at < 0 || text.indexOf(from, at + 1) >= 0) {
      throw new IllegalArgumentException(path + " does not hold exactly once: " + from);
    }
    return with(path, text.replace(from, to));
  }

  Reading read() {
    return ProjectReader.read(this);
  }

  @Override
  public String source() {
    return "memory";
  }

  @Override
  public List<String> below(String folder) {
    return new ArrayList<>(
        folder.isEmpty() ? files.keySet() : files.subMap(folder + "/", folder + "0").keySet());
  }

  @Override
  public long size(String path) {
    byte[] bytes = files.get(path);
    return bytes == null ? -1 : bytes.length;
  }

  @Override
  public Optional<byte[]> read(String path) {
    return Optional.ofNullable(files.get(path));
  }

  @Override
  public void extract(String folder, Path directory) throws IOException {
    throw new IOException("a project in memory is not extracted");
  }

  @Override
  public void close() {}
}
