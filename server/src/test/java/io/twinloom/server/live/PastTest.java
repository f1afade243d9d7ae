package io.twinloom.server.live;

import static io.twinloom.server.live.GreenhouseTwin.items;
import static io.twinloom.server.live.GreenhouseTwin.number;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The twin as it was: figures, rules and values at an instant. */
class PastTest {

  private static final String TEMPERATURE =
      "{\"entityId\": \"climate\", \"componentName\": \"climate\","
          + " \"selectedProperties\": [\"temperature\"]}";

  @TempDir Path folder;

  @Test
  @Tag("full")
  @DisplayName("somebody goes back to how the twin was a while ago")
  void figuresRulesAndValuesAreOfThatInstant() throws Exception {
    Instant between;
    try (GreenhouseTwin twin = GreenhouseTwin.start(folder)) {
      twin.send("climate", "temperature", 35);
      twin.awaitLedger("stored", 1);
      between = afterNextSlot();
      twin.send("climate", "temperature", 40);
      twin.awaitLedger("stored", 2);
      await().until(() -> items(twin.get("firings?kind=fired"), "items").size() == 2);

      JsonObject ledger = twin.get("ledger?at=" + between);
      assertThat(number(ledger, "stored")).isEqualTo(1);
      assertThat(ledger.get("addsUp")).hasToString("true");
      JsonObject traffic = twin.get("traffic?at=" + between);
      assertThat(dispatched(traffic)).isEqualTo(1);
      assertThat(ledger.object("window"))
          .as("both count the same interval, which ends with ten whole seconds")
          .isEqualTo(traffic.object("window"));
      assertThat(ledger.object("window").orElseThrow().text("to"))
          .contains(between.plusSeconds(5).toString());
      assertThat(dispatched(twin.get("traffic"))).isEqualTo(2);
      assertThat(twin.ask("GET", "ledger?at=2020-01-01T00:00:00Z", "").statusCode()).isEqualTo(404);

      assertThat(temperature(twin, "")).contains("\"doubleValue\":40");
      assertThat(temperature(twin, "?at=" + between)).contains(":35.0").doesNotContain(":40.0");
      String history =
          Json.text(
              twin.answered(
                  "POST",
                  "twin/GetPropertyValueHistory?at=" + between,
                  TEMPERATURE.replaceFirst("}$", ", \"startTime\": \"2020-01-01T00:00:00Z\"}")));
      assertThat(history).contains(":35.0").doesNotContain(":40.0");
    }
    try (GreenhouseTwin again = GreenhouseTwin.start(folder)) {
      List<JsonObject> firings = items(again.get("firings?kind=fired"), "items");
      assertThat(firings).as("kept over a restart").hasSize(2);
      assertThat(firings)
          .allSatisfy(
              f -> {
                assertThat(f.text("eventId").orElse("")).hasSize(11);
                assertThat(f.text("trace").orElse("")).hasSize(36);
                assertThat(f.text("device")).contains("climate");
              });
      assertThat(items(again.get("firings?until=" + between), "items"))
          .filteredOn(f -> f.text("kind").equals(Optional.of("fired")))
          .hasSize(1);
    }
  }

  @Test
  void theDevicesThatAreConnectedAndTheAgeOfTokensAreKnown() throws Exception {
    Instant before = Instant.now().minusSeconds(1);
    try (GreenhouseTwin twin = GreenhouseTwin.start(folder)) {
      assertThat(connected(twin, "tank")).isEqualTo("false");
      twin.post("simulator/start", object("{\"devices\": [\"tank\"], \"rate\": 20}"));
      await().until(() -> connected(twin, "tank").equals("true"));
      assertThat(connected(twin, "climate")).isEqualTo("false");
      twin.post("simulator/stop", JsonObject.EMPTY);
      await().until(() -> connected(twin, "tank").equals("false"));

      Instant made = since(twin);
      assertThat(made).isAfter(before);
      twin.post("tokens/rotate", object("{\"connection\": \"aws_l1_to_azure_l2\"}"));
      assertThat(since(twin)).isAfter(made);
    }
  }

  private static Instant since(GreenhouseTwin twin) throws Exception {
    return items(twin.get("traffic"), "connections").stream()
        .filter(c -> c.text("id").equals(Optional.of("aws_l1_to_azure_l2")))
        .findFirst()
        .flatMap(c -> c.text("tokenSince"))
        .map(Instant::parse)
        .orElseThrow();
  }

  private static String connected(GreenhouseTwin twin, String device) throws Exception {
    return String.valueOf(
        items(twin.get("devices"), "items").stream()
            .filter(d -> d.text("id").equals(Optional.of(device)))
            .findFirst()
            .orElseThrow()
            .get("connected"));
  }

  /** Counts are kept by slots of ten seconds. */
  private static Instant afterNextSlot() {
    Instant now = Instant.now();
    await().until(() -> Instant.now().getEpochSecond() / 10 >= now.getEpochSecond() / 10 + 2);
    return Instant.ofEpochSecond((now.getEpochSecond() / 10 + 1) * 10 + 5);
  }

  private static String temperature(GreenhouseTwin twin, String query) throws Exception {
    return Json.text(twin.answered("POST", "twin/GetPropertyValue" + query, TEMPERATURE));
  }

  private static long dispatched(JsonObject traffic) {
    return items(traffic, "hops").stream()
        .filter(h -> h.text("function").orElse("").endsWith("dispatcher"))
        .mapToLong(h -> number(h, "invocations"))
        .sum();
  }

  private static JsonObject object(String json) {
    return Json.parseObject(json.getBytes(StandardCharsets.UTF_8));
  }
}
