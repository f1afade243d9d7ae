package io.twinloom.functions.twin;

import static io.twinloom.functions.fake.Twin.object;
import static io.twinloom.functions.twin.CopiedTwins.BEGIN;
import static io.twinloom.functions.twin.CopiedTwins.CONTINUE;
import static io.twinloom.functions.twin.CopiedTwins.notFound;
import static io.twinloom.functions.twin.CopiedTwins.settings;
import static io.twinloom.functions.twin.CopiedTwins.time;
import static io.twinloom.functions.twin.CopiedTwins.twin;
import static io.twinloom.functions.twin.CopiedTwins.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.functions.port.InvocationException;
import io.twinloom.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The twin-copier of a service without values")
class TwinCopierHistoryTest {

  private final CopiedTwins twins = new CopiedTwins();

  private void hotReader(String... pages) {
    twins.old.invoker.define(
        "plant-hot-reader",
        query -> {
          if (query.text("device_id").orElseThrow().equals("oven-2")) {
            return object("{\"items\": []}");
          }
          assertThat(query.text("order")).contains("desc");
          int page = query.text("nextToken").map(Integer::parseInt).orElse(0);
          if (pages[page].isEmpty()) {
            pages[page] = "{}";
            throw InvocationException.unavailable(
                "The store is busy.", "plant-hot-reader", "Wait.");
          }
          return object(pages[page]);
        });
  }

  private static String page(String more, String... items) {
    return "{\"items\": [" + String.join(",", items) + "]" + more + "}";
  }

  private static String item(int second, String values) {
    return "{\"device_id\": \"press-1\", \"timestamp\": \"" + time(second) + "\", " + values + "}";
  }

  @Test
  @DisplayName("takes each property's newest measurement where the former service keeps no values")
  void fromTheHotStore() {
    hotReader(
        page(
            ", \"nextToken\": \"1\"",
            item(9, "\"temperature\": 21, \"other\": 1"),
            item(8, "\"temperature\": 20, \"strokes\": null")),
        page("", item(3, "\"strokes\": 6"), item(2, "\"strokes\": 5")));
    JsonObject answer = twins.fromHot(BEGIN);
    assertThat(answer.text("state")).contains("copied");
    assertThat(answer.get("items")).hasToString("2");
    assertThat(notFound(answer)).containsExactly("oven-2.heat", "press-1.state");
    assertThat(twins.press())
        .isEqualTo(Map.of("temperature", value(21, 9), "strokes", value(6, 3)));
  }

  @Test
  @DisplayName("stops where a reader cannot answer, says why, and goes on behind what it has")
  void goesOn() {
    String[] pages = {
      page(", \"nextToken\": \"1\"", item(9, "\"temperature\": 21")), "",
    };
    hotReader(pages);
    JsonObject stopped = twins.fromHot(BEGIN);
    assertThat(stopped.text("state")).contains("copying");
    assertThat(stopped.text("open")).contains("The store is busy.");
    assertThat(twins.press()).as("sent before it stopped").containsOnlyKeys("temperature");
    pages[0] = "{\"items\": \"is not read again\"}";
    pages[1] = page("", item(8, "\"temperature\": 1, \"strokes\": 6, \"state\": \"up\""));
    JsonObject answer = twins.fromHot(CONTINUE);
    assertThat(answer.text("state")).contains("copied");
    assertThat(answer.get("items")).hasToString("3");
    assertThat(twins.press()).containsEntry("temperature", value(21, 9)).hasSize(3);
  }

  @Test
  @DisplayName("reads all tiers where the history is over them, and says what must be restored")
  void fromAllTiers() {
    hotReader(page("", item(9, "\"temperature\": 21")));
    for (String tier : List.of("cold", "archive")) {
      twins.old.invoker.define(
          "plant-" + tier + "-reader",
          query ->
              object(
                  tier.equals("cold")
                      ? page(", \"pending\": []")
                      : page(
                          ", \"pending\": [{\"key\": \"press-1/x\", \"since\": null,"
                              + " \"takes\": \"PT12H\"}]")));
    }
    JsonObject answer = twins.invoke(twin("azure", "aws"), settings("history"), BEGIN);
    assertThat(answer.text("state")).as(answer.toString()).contains("copied");
    assertThat(twins.press()).containsOnlyKeys("temperature");
    assertThat(answer.get("not_found")).asString().contains("an archive must be restored first");
  }

  @Test
  @DisplayName("invokes the new updater where that is on its own cloud")
  void onOneCloud() {
    twins.bothKept();
    twins.old.invoker.define(
        "plant-twin-updater", event -> (JsonObject) twins.updater().invoke(event));
    hotReader(page("", item(9, "\"temperature\": 21")));
    Map<String, String> settings =
        Map.of(
            "COPY_SOURCE", "hot",
            "LOCAL_HOT_READER_NAME", "plant-hot-reader",
            "TWIN_UPDATER_LAMBDA_NAME", "plant-twin-updater");
    assertThat(twins.invoke(twin("azure", "aws"), settings, BEGIN).get("items")).hasToString("1");
    assertThat(twins.press()).containsOnlyKeys("temperature");
    assertThat(twins.old.remote.requests()).isEmpty();
  }
}
