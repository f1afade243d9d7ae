package io.twinloom.deployer.cloud;

import io.twinloom.deployer.device.DeviceAccess;
import io.twinloom.deployer.device.DeviceClient;
import io.twinloom.deployer.device.DeviceCredentials;
import io.twinloom.json.JsonObject;
import java.util.Map;

/** The one device of the recorded clouds. */
final class RecordedDevices {

  static final JsonObject CREDENTIALS =
      JsonObject.builder()
          .put("cloud", "aws")
          .put("endpoint", "iot.example.org")
          .put("client_id", "hall-sensor-1")
          .put("certificate", "the certificate")
          .put("private_key", "the private key")
          .put("telemetry", "dt/hall/sensor-1/telemetry")
          .build();

  static final DeviceAccess ACCESS =
      new DeviceAccess() {
        @Override
        public Map<String, String> secretFiles() {
          return Map.of("certificate", "certificate.pem", "private_key", "private.key");
        }

        @Override
        public DeviceClient connect(DeviceCredentials credentials) {
          throw new AssertionError("a device was connected where only its files are looked at");
        }
      };

  private RecordedDevices() {}
}
