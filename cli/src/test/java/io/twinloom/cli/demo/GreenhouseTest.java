package io.twinloom.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.deployer.SimulatedDevices.Sent;
import io.twinloom.json.JsonBoolean;
import io.twinloom.json.JsonNumber;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
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
  void theIrrigationDoesWhatItIsTold() {
    Greenhouse greenhouse = new Greenhouse(new Random(1));
    JsonObject open = JsonObject.builder().put("valve", "open").build();
    JsonObject close = JsonObject.builder().put("valve", "close").build();

    assertThat(greenhouse.obey("irrigation", open)).contains("opens its valve");
    assertThat(valve(greenhouse)).isEqualTo(JsonBoolean.TRUE);
    assertThat(greenhouse.obey("irrigation", open)).contains("has done so already");
    assertThat(greenhouse.obey("irrigation", close)).contains("shuts its valve");
    assertThat(valve(greenhouse)).isEqualTo(JsonBoolean.FALSE);
    assertThat(greenhouse.obey("tank", open)).isEmpty();
    assertThat(greenhouse.obey("irrigation", JsonObject.EMPTY)).isEmpty();
  }

  @Test
  void anOpenValveWatersTheBedUntilTheTankIsEmpty() {
    Greenhouse greenhouse = new Greenhouse(new Random(1));
    assertThat(greenhouse.obey("irrigation", JsonObject.builder().put("valve", "open").build()))
        .isPresent();
    for (int i = 0; i < 2_400 && valve(greenhouse).equals(JsonBoolean.TRUE); i++) {
      assertThat(greenhouse.after(0.5, NOW)).hasSize(5);
    }
    assertThat(valve(greenhouse)).isEqualTo(JsonBoolean.FALSE);
    assertThat(greenhouse.obey("irrigation", JsonObject.builder().put("valve", "open").build()))
        .contains("leaves its valve shut: the tank is empty");
  }

  private static JsonValue valve(Greenhouse greenhouse) {
    return greenhouse.after(0.001, NOW).stream()
        .filter(sent -> sent.device().equals("irrigation"))
        .map(sent -> sent.event().get("valve_open"))
        .findFirst()
        .orElseThrow();
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
