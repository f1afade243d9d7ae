package io.twinloom.deployer.cloud;

import io.twinloom.deployer.device.DeviceCredentials;
import io.twinloom.json.JsonObject;
import io.twinloom.model.Device;
import io.twinloom.model.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the devices of a twin on the clouds connect with over MQTT, their keys included. */
final class CloudDeviceAccess {

  /** MQTT over TLS, as every cloud's device channel has it. */
  private static final int PORT = 8883;

  private static final List<String> KEYS = List.of("ca", "certificate", "private_key");
  private static final List<String> TEXTS =
      List.of("client_id", "telemetry", "commands", "user", "password");

  private CloudDeviceAccess() {}

  /** Of those devices of the project that are deployed. */
  static Map<String, JsonObject> of(Project project, DeviceIndex index) {
    Map<String, JsonObject> all = new LinkedHashMap<>();
    for (Device device : project.devices()) {
      index
          .find(device.id())
          .ifPresent(known -> all.put(device.id(), of(new DeviceCredentials(device.id(), known))));
    }
    return all;
  }

  private static JsonObject of(DeviceCredentials device) {
    JsonObject.Builder access =
        JsonObject.builder().put("address", "ssl://" + device.text("endpoint") + ":" + PORT);
    for (String name : TEXTS) {
      device.members().text(name).ifPresent(value -> access.put(name, value));
    }
    for (String name : KEYS) {
      device.optionalFile(name).ifPresent(file -> access.put(name, text(file)));
    }
    return access.build();
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw CloudDataFolder.failed("A device's key cannot be read", file, e);
    }
  }
}
