package io.twinloom.local.deploy;

import io.twinloom.deployer.device.MqttAccess;
import io.twinloom.json.JsonObject;
import io.twinloom.model.Device;
import io.twinloom.model.Project;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.files.FileFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the devices of a local twin connect with. */
final class DeviceAccess {

  private DeviceAccess() {}

  static Map<String, JsonObject> of(Project project, Endpoints endpoints, MqttAccess access) {
    Map<String, JsonObject> all = new LinkedHashMap<>();
    for (Device device : project.devices()) {
      JsonObject.Builder one =
          JsonObject.builder()
              .put("address", endpoints.deviceChannel().toString())
              .put("client_id", "simulator-" + device.id())
              .put("telemetry", "dt/" + endpoints.twin() + "/" + device.id() + "/telemetry");
      access.user().ifPresent(user -> one.put("user", user));
      access.password().ifPresent(password -> one.put("password", password));
      access.certificate().ifPresent(file -> one.put("ca", text(file)));
      all.put(device.id(), one.build());
    }
    return all;
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new TwinloomException(
          LocalDeployError.LOCAL_STATE,
          "The certificate cannot be read: " + FileFailure.reason(e) + ".",
          file.toString(),
          "Deploy the twin again, with the certificate that it has now.",
          e);
    }
  }
}
