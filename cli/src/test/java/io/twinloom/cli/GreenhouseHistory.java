package io.twinloom.cli;

import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What a greenhouse's devices could have measured: waves of the day, of the hour and of minutes.
 */
final class GreenhouseHistory {

  private record Wave(String property, double middle, double height) {}

  private static final Map<String, List<Wave>> MEASURED =
      Map.of(
          "weather",
          List.of(
              new Wave("irradiance", 420, 120),
              new Wave("outside_temperature", 14.2, 1.6),
              new Wave("wind", 3.4, 1.1)),
          "climate",
          List.of(
              new Wave("temperature", 22.1, 1.4),
              new Wave("humidity", 68, 5),
              new Wave("co2", 580, 40)),
          "irrigation",
          List.of(new Wave("soil_moisture", 33.4, 3.4)),
          "solar",
          List.of(
              new Wave("power", 1.42, 0.5),
              new Wave("load", 0.6, 0.12),
              new Wave("battery", 60, 9)),
          "tank",
          List.of(new Wave("level", 1.38, 0.06)));

  /** What the project's processors add to it. */
  private static final Map<String, List<Wave>> ADDED =
      Map.of(
          "climate",
          List.of(new Wave("dew_point", 15.8, 0.7), new Wave("vapour_pressure_deficit", 0.9, 0.14)),
          "irrigation",
          List.of(new Wave("litres_missing", 40, 34)),
          "solar",
          List.of(new Wave("hours_left", 70, 12)),
          "tank",
          List.of(new Wave("litres", 2_760, 120)));

  private GreenhouseHistory() {}

  /** Writes items from one time to another as {@code import} reads them. */
  static Path items(Path file, Instant from, Instant to, Duration step) throws IOException {
    List<String> lines = new ArrayList<>();
    for (Instant t = from; t.isBefore(to); t = t.plus(step)) {
      for (String device : MEASURED.keySet()) {
        JsonObject.Builder item = message(device, t);
        ADDED.getOrDefault(device, List.of()).forEach(put(item, t));
        lines.add(Json.text(item.put("device_id", device).put("timestamp", t.toString()).build()));
      }
    }
    return Files.write(file, lines);
  }

  private static Consumer<Wave> put(JsonObject.Builder item, Instant t) {
    return wave -> item.put(wave.property(), value(wave, t));
  }

  /** What a device publishes at a time. */
  static JsonObject.Builder message(String device, Instant t) {
    JsonObject.Builder message = JsonObject.builder();
    for (Wave wave : MEASURED.getOrDefault(device, List.of())) {
      if (wave.property().equals("co2")) {
        message.put(wave.property(), Math.round(value(wave, t)));
      } else {
        put(message, t).accept(wave);
      }
    }
    if (device.equals("irrigation")) {
      message.put("valve_open", t.getEpochSecond() / 97 % 3 == 0);
    }
    if (device.equals("tank")) {
      message.put("state", "ok");
    }
    return message;
  }

  static List<String> devices() {
    return List.of("weather", "climate", "irrigation", "solar", "tank");
  }

  private static double value(Wave wave, Instant t) {
    double seconds = t.toEpochMilli() / 1000.0 + wave.property().length() * 61;
    double shape =
        0.55 * Math.sin(seconds / 331)
            + 0.3 * Math.sin(seconds / 71)
            + 0.1 * Math.sin(seconds / 17)
            + 0.05 * Math.sin(seconds / 3.1);
    double precision = wave.middle() > 100 ? 10 : 100;
    return Math.round((wave.middle() + wave.height() * shape) * precision) / precision;
  }
}
