package io.twinloom.deployer;

import io.twinloom.deployer.error.DeployerError;
import io.twinloom.json.JsonBoolean;
import io.twinloom.json.JsonNumber;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonString;
import io.twinloom.json.JsonValue;
import io.twinloom.model.Device;
import io.twinloom.model.Project;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.error.ModelError;
import io.twinloom.model.time.Timestamps;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * What devices would measure: the events of {@code iot_device_simulator/payloads.json} over and
 * over, or, for devices that it does not name, values that fit their properties. Each event gets
 * the time at which it is made. Not for several threads.
 */
public final class SimulatedDevices {

  private static final List<String> DEVICE_KEYS =
      List.of("device_id", "iotDeviceId", "deviceId", "IoTDeviceId");

  /** An event and the device that sends it. */
  public record Sent(String device, JsonObject event) {}

  private interface Source {
    Sent at(Instant time);
  }

  private final List<Source> sources = new ArrayList<>();
  private final List<String> simulated = new ArrayList<>();
  private final RandomGenerator random;
  private int next;

  /**
   * @param devices those to simulate; empty: all
   * @throws TwinloomException if the project has no such device
   */
  public SimulatedDevices(Project project, List<String> devices, RandomGenerator random) {
    this.random = random;
    for (String device : devices) {
      if (!project.hasDevice(device)) {
        throw new TwinloomException(
            ModelError.DEVICE_UNKNOWN,
            "The project has no device '" + device + "'.",
            "config_iot_devices.json",
            "Name one of its devices, or add it there.");
      }
    }
    for (Device device : project.devices()) {
      if (devices.isEmpty() || devices.contains(device.id())) {
        simulated.add(device.id());
        add(device, project.simulatorPayloads());
      }
    }
    if (sources.isEmpty()) {
      throw new TwinloomException(
          DeployerError.DEVICE_NONE,
          "The project has no device to simulate.",
          "config_iot_devices.json",
          "Add a device.");
    }
  }

  /** The ids of the devices that are simulated. */
  public List<String> devices() {
    return List.copyOf(simulated);
  }

  /** The next event: the devices take turns. */
  public Sent next(Instant time) {
    Sent sent = sources.get(next).at(time);
    next = (next + 1) % sources.size();
    return sent;
  }

  private void add(Device device, List<JsonObject> payloads) {
    List<JsonObject> own = payloads.stream().filter(p -> isOf(p, device.id())).toList();
    if (own.isEmpty()) {
      sources.add(time -> generated(device, time));
      return;
    }
    for (JsonObject payload : own) {
      sources.add(time -> new Sent(device.id(), fresh(payload, time)));
    }
  }

  /** Whether a payload of the project's simulator is of this device. */
  public static boolean isOf(JsonObject payload, String device) {
    return DEVICE_KEYS.stream().anyMatch(k -> payload.text(k).filter(device::equals).isPresent());
  }

  private static JsonObject fresh(JsonObject payload, Instant time) {
    JsonObject.Builder event = JsonObject.builder();
    payload
        .members()
        .forEach(
            (key, value) -> {
              if (!Timestamps.NAMES.contains(key)) {
                event.put(key, value);
              }
            });
    return event.put("timestamp", time.toString()).build();
  }

  private Sent generated(Device device, Instant time) {
    JsonObject.Builder event =
        JsonObject.builder().put("device_id", device.id()).put("timestamp", time.toString());
    for (Device.Property property : device.properties()) {
      event.put(property.name(), value(property, time));
    }
    return new Sent(device.id(), event.build());
  }

  /** A slow wave of one minute about the initial value, with some noise, as a sensor has it. */
  private JsonValue value(Device.Property property, Instant time) {
    double base =
        property
            .initValue()
            .filter(JsonNumber.class::isInstance)
            .map(v -> ((JsonNumber) v).asDouble())
            .orElse(20.0);
    double span = Math.max(1, Math.abs(base) / 10);
    double turn = 2 * Math.PI * (time.toEpochMilli() % 60_000) / 60_000.0;
    double value = base + span * (Math.sin(turn) + 0.1 * (random.nextDouble() - 0.5));
    return switch (property.dataType()) {
      case DOUBLE -> new JsonNumber(rounded(value));
      case INTEGER, LONG -> JsonNumber.of(Math.round(value));
      case BOOLEAN -> JsonBoolean.of(Math.sin(turn) > 0);
      case STRING -> property.initValue().orElse(new JsonString("ok"));
    };
  }

  private static String rounded(double value) {
    return BigDecimal.valueOf(value).setScale(3, RoundingMode.HALF_EVEN).toPlainString();
  }
}
