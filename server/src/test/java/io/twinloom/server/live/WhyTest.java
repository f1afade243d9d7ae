package io.twinloom.server.live;

import static io.twinloom.server.live.GreenhouseTwin.items;
import static io.twinloom.server.live.GreenhouseTwin.number;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.twinloom.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each test breaks a hop of a device's way, and the walk stops there and says so. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class WhyTest {

  @TempDir static Path folder;
  private static GreenhouseTwin twin;

  @BeforeAll
  static void start() {
    twin = GreenhouseTwin.start(folder);
  }

  @AfterAll
  static void stop() {
    twin.close();
  }

  private static JsonObject failing(String device, String query, String step) throws Exception {
    JsonObject why = twin.get("devices/" + device + "/why" + query);
    assertThat(why.text("failing")).as(why.text("text").orElse("")).contains(step);
    assertThat(why.get("ok")).hasToString("false");
    List<JsonObject> steps = items(why, "steps");
    int at = 0;
    while (!steps.get(at).text("step").equals(Optional.of(step))) {
      assertThat(steps.get(at).get("ok")).hasToString("true");
      at++;
    }
    assertThat(steps.subList(at + 1, steps.size()))
        .filteredOn(s -> !s.text("step").equals(Optional.of("verify")))
        .allMatch(s -> s.get("ok").toString().equals("null"));
    assertThat(steps.get(at).text("fix")).isPresent();
    return steps.get(at);
  }

  @Test
  @Order(1)
  @DisplayName("there is no data: the device's name is misspelt")
  void aDeviceThatIsNotConfigured() throws Exception {
    assertThat(failing("climat", "", "configured").text("evidence").orElse(""))
        .contains("The nearest are \"climate\"");
  }

  @Test
  @Order(2)
  @DisplayName("there is no data: the device has never sent any")
  void aDeviceThatHasNeverConnected() throws Exception {
    assertThat(failing("climate", "", "connected").text("fix").orElse(""))
        .contains("dt/glass/climate/telemetry");
  }

  @Test
  @Order(3)
  @DisplayName("there is no data: the time of its measurements cannot be read")
  void aMessageThatCannotBeParsed() throws Exception {
    assertThat(
            twin.post(
                    "devices/tank/messages",
                    JsonObject.builder().put("level", 1).put("timestamp", "yesterday").build())
                .get("acknowledged"))
        .hasToString("true");
    awaitLetters(1);

    JsonObject step = failing("tank", "", "parsed");
    assertThat(step.text("deadLetter")).isPresent();
    assertThat(step.text("function").orElse("")).contains("dispatcher");
  }

  @Test
  @Order(4)
  @DisplayName("there is no data: the device's own code fails")
  void userCodeThatFails() throws Exception {
    twin.send("climate", "temperature", 200);
    awaitLetters(2);

    JsonObject step = failing("climate", "", "userCode");
    assertThat(step.text("evidence").orElse("")).contains("too hot").contains("process.py");
    assertThat(step.text("trace")).isPresent();
  }

  @Test
  @Order(5)
  @DisplayName("there is no data: the next cloud does not answer")
  void aConnectionWhoseCircuitIsOpen() throws Exception {
    twin.send("tank", "level", 1);
    await().until(() -> twin.get("devices/tank/why").get("ok").toString().equals("true"));
    for (JsonObject connection : items(twin.get("plan"), "connections")) {
      if (connection.text("function").equals(Optional.of("ingestion"))) {
        twin.answered(
            "PUT",
            "chaos/" + connection.text("id").orElseThrow(),
            "{\"cut\":true,\"for\":\"PT10M\"}");
      }
    }
    await()
        .pollInterval(Duration.ofMillis(200))
        .until(
            () -> {
              twin.send("tank", "level", 2);
              return twin.get("devices/tank/why").text("failing").equals(Optional.of("connection"));
            });
    failing("tank", "", "connection");
    for (JsonObject fault : items(twin.get("chaos"), "active")) {
      twin.answered("DELETE", "chaos/" + fault.text("connection").orElseThrow(), "");
    }
    await()
        .pollInterval(Duration.ofMillis(500))
        .until(() -> twin.get("devices/tank/why").get("ok").toString().equals("true"));
  }

  @Test
  @Order(6)
  @DisplayName("there is no data: nothing was measured in the range")
  void aRangeWithoutItems() throws Exception {
    assertThat(
            failing("tank", "?from=2020-01-01&to=2020-01-02", "tier").text("evidence").orElse(""))
        .contains("The newest is of");
  }

  @ParameterizedTest
  @Order(6)
  @ValueSource(strings = {"from=x", "to=yesterday"})
  void aRangeThatIsNotOneIsRefusedAndNotTakenForAnyTime(String range) throws Exception {
    HttpResponse<String> answer = twin.ask("GET", "devices/tank/why?" + range, "");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("TL-API-PARAMETER", "is not a time");
  }

  @Test
  @Order(7)
  @DisplayName("there is no data: the property's name is misspelt")
  void aPropertyThatTheDeviceDoesNotHave() throws Exception {
    assertThat(failing("tank", "?property=levle", "componentType").text("evidence").orElse(""))
        .contains("\"level\"");
  }

  @Test
  @Order(8)
  void whereNothingFailsAMarkedMeasurementComesAllTheWay() throws Exception {
    JsonObject why = twin.get("devices/tank/why?property=level&verify=true");

    assertThat(why.get("ok")).as(why.text("text").orElse("")).hasToString("true");
    assertThat(items(why, "steps").getLast().text("step")).contains("verify");
    assertThat(why.text("text").orElse("").lines())
        .filteredOn(line -> !line.contains("Fix:"))
        .hasSize(12);
  }

  private static void awaitLetters(long count) {
    await()
        .untilAsserted(
            () -> assertThat(number(twin.get("dead-letters"), "total")).isEqualTo(count));
  }
}
