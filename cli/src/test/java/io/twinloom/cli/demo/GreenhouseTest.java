package io.twinloom.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.deployer.SimulatedDevices.Sent;
import io.twinloom.model.json.JsonNumber;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GreenhouseTest {

  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  @Test
  void everyDeviceMeasuresAtEachStep() {
    assertThat(new Greenhouse(new Random(1)).after(0.5, NOW).stream().map(Sent::device))
        .containsExactly("weather", "climate", "irrigation", "solar", "tank");
  }

  @Test
  void overAFewDaysTheValuesStayInTheBoundsOfNature() {
    assertThat(values("weather", "irradiance"))
        .allSatisfy(v -> assertThat(v).isBetween(0.0, 900.0));
    assertThat(values("climate", "temperature"))
        .allSatisfy(v -> assertThat(v).isBetween(3.0, 45.0));
    assertThat(values("climate", "humidity")).allSatisfy(v -> assertThat(v).isBetween(20.0, 100.0));
    assertThat(values("solar", "battery")).allSatisfy(v -> assertThat(v).isBetween(0.0, 100.0));
    assertThat(values("tank", "level")).allSatisfy(v -> assertThat(v).isBetween(0.0, 2.0));
    assertThat(values("irrigation", "soil_moisture"))
        .allSatisfy(v -> assertThat(v).isBetween(10.0, 50.0));
  }

  @Test
  void thereAreNightsAndDays() {
    assertThat(values("weather", "irradiance"))
        .anySatisfy(v -> assertThat(v).isZero())
        .anySatisfy(v -> assertThat(v).isGreaterThan(300));
  }

  private static List<Double> values(String device, String property) {
    Greenhouse greenhouse = new Greenhouse(new Random(7));
    List<Double> values = new ArrayList<>();
    for (int i = 0; i < 2_400; i++) {
      for (Sent sent : greenhouse.after(0.5, NOW)) {
        if (sent.device().equals(device)) {
          values.add(((JsonNumber) sent.event().get(property)).asDouble());
        }
      }
    }
    return values;
  }
}
