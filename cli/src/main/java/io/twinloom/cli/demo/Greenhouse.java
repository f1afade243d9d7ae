package io.twinloom.cli.demo;

import io.twinloom.deployer.SimulatedDevices.Sent;
import io.twinloom.json.JsonNumber;
import io.twinloom.json.JsonObject;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * A greenhouse with its weather, as far as its devices see it. A day takes five minutes, so that
 * what moves is seen to move. Not for several threads.
 */
public final class Greenhouse {

  private static final double HOURS_PER_SECOND = 24.0 / 300;
  private static final double LEAST_LEVEL = 0.3;
  private static final double BATTERY_KWH = 12;

  private final RandomGenerator random;
  private double hour = 8.5;
  private double clouds = 0.2;
  private double temperature = 20.5;
  private double humidity = 70;
  private double co2 = 620;
  private double moisture = 31.3;
  private boolean valveOpen;
  private double level = 1.5;
  private double battery = 46;
  private double irradiance;
  private double outside;
  private double wind = 3;

  public Greenhouse(RandomGenerator random) {
    this.random = random;
  }

  /** Lets so many seconds pass, and has every device measure once. */
  public List<Sent> after(double seconds, Instant time) {
    double hours = seconds * HOURS_PER_SECOND;
    hour = (hour + hours) % 24;
    weather(hours);
    inside(hours);
    watering(hours);
    double power = irradiance * 0.0041;
    double load = 0.55 + 0.35 * Math.exp(-Math.pow(hour - 19, 2) / 6) + noise(0.02);
    battery = clamp(battery + 100 * (power - load) * hours / BATTERY_KWH, 2, 100);
    return List.of(
        sent("weather", time)
            .with("irradiance", irradiance, 1)
            .with("outside_temperature", outside, 2)
            .with("wind", wind, 2)
            .done(),
        sent("climate", time)
            .with("temperature", temperature + noise(0.05), 2)
            .with("humidity", humidity + noise(0.3), 1)
            .with("co2", co2 + noise(4), 0)
            .done(),
        sent("irrigation", time)
            .with("soil_moisture", moisture + noise(0.05), 2)
            .with("valve_open", valveOpen)
            .done(),
        sent("solar", time)
            .with("power", power, 3)
            .with("load", load, 3)
            .with("battery", battery, 1)
            .done(),
        sent("tank", time).with("level", level, 3).done());
  }

  private void weather(double hours) {
    clouds = clamp(clouds + noise(0.9) * Math.sqrt(hours), 0, 0.85);
    double sun = Math.max(0, Math.sin(Math.PI * (hour - 6) / 12));
    irradiance = 880 * Math.pow(sun, 1.15) * (1 - 0.8 * clouds);
    outside = 13 + 6.5 * Math.sin(2 * Math.PI * (hour - 9) / 24) - 2 * clouds + noise(0.1);
    wind = clamp(wind + noise(2.5) * Math.sqrt(hours), 0.2, 14);
  }

  private void inside(double hours) {
    double settles = outside + 0.013 * irradiance + 3;
    temperature += (settles - temperature) * (1 - Math.exp(-hours / 1.2));
    double dampens = valveOpen ? 88 : 92 - 1.6 * (temperature - 14);
    humidity = clamp(humidity + (dampens - humidity) * (1 - Math.exp(-hours / 1.5)), 25, 99);
    double breathes = 760 - 0.55 * irradiance;
    co2 += (breathes - co2) * (1 - Math.exp(-hours / 2));
  }

  /**
   * Lets a device carry out a command: the irrigation opens and closes its valve.
   *
   * @return what it does, in words; empty where it does nothing
   */
  public Optional<String> obey(String device, JsonObject command) {
    String valve = command.text("valve").orElse("");
    if (!device.equals("irrigation") || !(valve.equals("open") || valve.equals("close"))) {
      return Optional.empty();
    }
    boolean open = valve.equals("open");
    if (open && level <= LEAST_LEVEL) {
      return Optional.of("leaves its valve shut: the tank is empty");
    }
    String does =
        open == valveOpen ? "has done so already" : open ? "opens its valve" : "shuts its valve";
    valveOpen = open;
    return Optional.of(does);
  }

  private void watering(double hours) {
    valveOpen &= level > LEAST_LEVEL;
    moisture = Math.max(12, moisture - hours * (0.25 + irradiance / 900));
    if (valveOpen) {
      moisture = Math.min(48, moisture + hours * 9);
      level -= hours * 0.35;
    }
    level = clamp(level + hours * (0.02 + 0.1 * clouds), 0.1, 2);
  }

  private double noise(double size) {
    return size * random.nextGaussian();
  }

  private static double clamp(double value, double least, double most) {
    return Math.max(least, Math.min(most, value));
  }

  private static Measurement sent(String device, Instant time) {
    return new Measurement(
        device, JsonObject.builder().put("device_id", device).put("timestamp", time.toString()));
  }

  private record Measurement(String device, JsonObject.Builder event) {

    Measurement with(String property, double value, int digits) {
      String text =
          BigDecimal.valueOf(value).setScale(digits, RoundingMode.HALF_EVEN).toPlainString();
      event.put(property, new JsonNumber(text));
      return this;
    }

    Measurement with(String property, boolean value) {
      event.put(property, value);
      return this;
    }

    Sent done() {
      return new Sent(device, event.build());
    }
  }
}
