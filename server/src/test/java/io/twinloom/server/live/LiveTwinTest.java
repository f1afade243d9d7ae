package io.twinloom.server.live;

import static io.twinloom.server.live.GreenhouseTwin.items;
import static io.twinloom.server.live.GreenhouseTwin.number;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.twinloom.json.Json;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import io.twinloom.server.api.DocumentedAnswers;
import java.nio.file.Path;
import java.time.Instant;
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

/** What is seen of a twin over three clouds; every answer is as the document says. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LiveTwinTest {

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

  @Test
  @Order(1)
  void beforeTheFirstMeasurementEveryValueIsNever() throws Exception {
    List<JsonObject> values = items(twin.get("values"), "items");

    assertThat(values)
        .extracting(v -> v.text("device").orElse("") + "." + v.text("property").orElse(""))
        .containsExactly("climate.temperature", "tank.level");
    assertThat(values).allMatch(v -> v.text("freshness").equals(Optional.of("never")));
    assertThat(number(twin.get("ledger"), "published")).isZero();
  }

  @Test
  @Order(2)
  @DisplayName("somebody asks whether a measurement was lost")
  void whatIsPublishedIsStoredOrADeadLetter() throws Exception {
    for (int i = 0; i < 5; i++) {
      twin.send("tank", "level", i);
    }
    twin.send("climate", "temperature", 35);
    twin.send("climate", "temperature", 120);
    twin.awaitLedger("deadLettered", 1);
    twin.awaitLedger("stored", 6);

    JsonObject ledger = twin.get("ledger");
    assertThat(number(ledger, "published")).isEqualTo(7);
    assertThat(ledger.get("addsUp")).hasToString("true");
    twin.awaitLedger("queued", 0);
  }

  @Test
  @Order(3)
  void valuesHaveTheirAgesAndWhatWasBefore() throws Exception {
    JsonObject level = items(twin.get("values?device=tank&recent=3"), "items").getFirst();

    assertThat(level.get("value")).hasToString("4.0");
    assertThat(level.text("freshness")).contains("fresh");
    assertThat(level.text("tier")).contains("hot");
    assertThat(level.array("recent").orElseThrow().size()).isEqualTo(3);
    assertThat(items(twin.get("values?device=tank&at=2020-01-01T00:00:00Z"), "items"))
        .allMatch(v -> v.text("freshness").equals(Optional.of("never")));
  }

  @Test
  @Order(4)
  void everyConnectionAndFunctionHasItsRateAndTimes() throws Exception {
    JsonObject traffic = twin.get("traffic?window=PT5M");

    assertThat(items(traffic, "connections"))
        .filteredOn(c -> c.text("id").orElse("").equals("aws_l1_to_azure_l2"))
        .singleElement()
        .satisfies(
            c -> {
              assertThat(number(c, "requests"))
                  .as("measurements that come close together are one request")
                  .isBetween(1L, 7L);
              assertThat(number(c, "errors")).isZero();
              assertThat(c.object("ms")).isPresent();
            });
    assertThat(items(traffic, "hops"))
        .anyMatch(
            h ->
                h.text("function").orElse("").endsWith("dispatcher")
                    && number(h, "invocations") == 7);
  }

  @Test
  @Order(5)
  void aDeviceSaysWhatWasRefusedAndWhy() throws Exception {
    List<JsonObject> devices = items(twin.get("devices"), "items");

    JsonObject climate = devices.getFirst();
    assertThat(number(climate, "messages")).isEqualTo(2);
    assertThat(devices.getLast().text("lastSeen")).isPresent();
  }

  @Test
  @Order(6)
  void aTraceIsAWaterfallOverTheClouds() throws Exception {
    await().until(() -> !items(twin.get("traces?device=tank&outcome=ok"), "items").isEmpty());
    JsonObject summary = items(twin.get("traces?device=tank&outcome=ok"), "items").getFirst();
    String id = DocumentedAnswers.text(summary, "id");

    String path = "/traces/" + id.replace("-", "");
    // A span whose parent is not in the log yet has none.
    await()
        .untilAsserted(
            () -> {
              List<JsonObject> spans = items(twin.get(path), "spans");
              assertThat(spans).hasSizeGreaterThanOrEqualTo(4);
              assertThat(spans).anyMatch(s -> s.text("connection").isPresent());
              assertThat(spans).filteredOn(s -> s.text("parentSpanId").isEmpty()).hasSize(1);
            });
    assertThat(twin.get(path).text("id")).contains(id);
    assertThat(
            twin.get("/traces/" + id + "?format=otlp").array("resourceSpans").orElseThrow().size())
        .isGreaterThanOrEqualTo(2);
    assertThat(twin.ask("GET", "/traces/0000", "").statusCode()).isEqualTo(404);
  }

  @Test
  @Order(7)
  void aRuleThatFiredIsInTheListAndOnTheSlider() throws Exception {
    await().until(() -> !items(twin.get("firings?kind=fired"), "items").isEmpty());
    JsonObject firing = items(twin.get("firings?kind=fired"), "items").getFirst();

    assertThat(number(firing, "rule")).isEqualTo(1);
    assertThat(firing.text("device")).contains("climate");
    assertThat(items(twin.get("ticks?from=" + Instant.now().minusSeconds(600)), "items"))
        .extracting(t -> t.text("kind").orElse(""))
        .contains("rule", "deadLetter");
    assertThat(items(twin.get("entities"), "items"))
        .anyMatch(e -> e.text("alarm").isPresent() && e.text("id").equals(Optional.of("climate")));
  }

  @Test
  @Order(8)
  @DisplayName("the dead letters change between a look and their replay")
  void aReplayCarriesTheDigestOfItsDryRun() throws Exception {
    JsonObject list = twin.get("dead-letters?device=climate");
    assertThat(number(list, "total")).isEqualTo(1);
    assertThat(items(list, "groups").getFirst().text("cause").orElse("")).contains("too hot");
    assertThat(items(list, "groups").getFirst().text("device")).contains("climate");

    JsonObject dry =
        twin.post("dead-letters/replay", JsonObject.builder().put("dryRun", true).build());
    twin.send("climate", "temperature", 130);
    await().until(() -> number(twin.get("dead-letters"), "total") == 2);
    String digest = "{\"digest\":\"" + DocumentedAnswers.text(dry, "digest") + "\"}";
    assertThat(twin.ask("POST", "dead-letters/replay", digest).statusCode()).isEqualTo(409);
    assertThat(twin.ask("POST", "dead-letters/replay", "{}").statusCode()).isEqualTo(400);

    JsonObject again =
        twin.post("dead-letters/replay", JsonObject.builder().put("dryRun", true).build());
    JsonObject done =
        twin.post(
            "dead-letters/replay",
            JsonObject.builder().put("digest", DocumentedAnswers.text(again, "digest")).build());
    assertThat(number(done, "replayed")).isEqualTo(2);
    assertThat(items(twin.get("audit"), "items").getFirst().text("action")).contains("replay");
    twin.awaitLedger("deadLettered", 4);
    assertThat(twin.get("ledger").get("addsUp")).hasToString("true");
  }

  @Test
  @Order(9)
  void userCodeRunsWithAGivenEventAndNothingIsStored() throws Exception {
    long stored = number(twin.get("ledger"), "stored");
    String function =
        items(twin.get("functions"), "items").stream()
            .filter(f -> f.text("kind").equals(Optional.of("user-processor")))
            .map(f -> f.text("name").orElse(""))
            .findFirst()
            .orElseThrow();

    JsonObject ok =
        twin.post(
            "functions/" + function + "/invoke",
            JsonObject.builder().put("device_id", "climate").put("temperature", 1).build());
    assertThat(ok.get("ok")).hasToString("true");
    JsonObject failed =
        twin.post(
            "functions/" + function + "/invoke",
            JsonObject.builder().put("device_id", "climate").put("temperature", 100).build());
    assertThat(failed.text("error").orElse("")).contains("too hot");
    assertThat(number(twin.get("ledger"), "stored")).isEqualTo(stored);
  }

  @Test
  @Order(10)
  @DisplayName("somebody wants to see what an outage does")
  void aConnectionIsCutForAWhileAndNothingIsLost() throws Exception {
    JsonObject chaos = twin.get("chaos");
    String connection = chaos.array("connections").orElseThrow().values().getFirst().toString();
    String path = "chaos/" + connection.replace("\"", "");
    twin.answered("PUT", path, "{\"cut\":true,\"for\":\"PT1M\"}");
    assertThat(items(twin.get("chaos"), "active")).hasSize(1);
    assertThat(twin.ask("PUT", path, "{}").statusCode()).isEqualTo(400);
    twin.answered("DELETE", path, "");
    assertThat(items(twin.get("chaos"), "active")).isEmpty();
    assertThat(twin.ask("PUT", "chaos/no-such", "{\"cut\":true}").statusCode()).isEqualTo(404);
  }

  @Test
  @Order(13)
  void aDeadLetterIsReplayedWithAnotherEvent() throws Exception {
    long stored = number(twin.get("ledger"), "stored");
    JsonObject letter = items(twin.get("dead-letters"), "items").getFirst();
    JsonObject event = letter.object("event").orElseThrow();
    JsonObject repaired =
        event.toBuilder()
            .put(
                "payload",
                event.object("payload").orElseThrow().toBuilder().put("temperature", 1).build())
            .build();
    String id = DocumentedAnswers.text(letter, "id");

    assertThat(
            number(
                twin.post(
                    "dead-letters/replay",
                    JsonObject.builder()
                        .put("ids", JsonArray.ofTexts(List.of(id)))
                        .put("event", repaired)
                        .build()),
                "replayed"))
        .isEqualTo(1);
    twin.awaitLedger("stored", stored + 1);
    assertThat(twin.get("ledger").get("addsUp")).hasToString("true");
  }

  @Test
  @Order(14)
  void theCodeOfAFunctionIsReadAndASimulatorTaken() throws Exception {
    String function =
        items(twin.get("functions"), "items").stream()
            .filter(f -> f.text("kind").equals(Optional.of("user-processor")))
            .map(f -> f.text("name").orElse(""))
            .findFirst()
            .orElseThrow();
    JsonObject code = twin.get("functions/" + function + "/code");
    assertThat(items(code, "files").getFirst().text("content").orElse("")).contains("too hot");
    JsonObject same = JsonObject.builder().put("files", code.array("files").orElseThrow()).build();
    assertThat(
            twin.answered("PUT", "functions/" + function + "/code", Json.text(same))
                .get("unchanged"))
        .hasToString("true");
    assertThat(
            twin.ask(
                    "PUT",
                    "functions/" + function + "/code",
                    "{\"files\":[{\"path\":\"process.py\",\"content\":\"def process(\"}]}")
                .statusCode())
        .isEqualTo(422);
    assertThat(twin.ask("POST", "credentials-check", "").statusCode()).isEqualTo(200);
    assertThat(twin.ask("POST", "deployments", "{\"action\":\"deploy\"}").statusCode())
        .isEqualTo(409);
  }

  @Test
  @Order(11)
  void theSimulatorSendsOverLostConnectionsUntilItIsStopped() throws Exception {
    twin.post("simulator/start", JsonObject.builder().put("rate", 50).build());
    await().until(() -> number(twin.get("simulator"), "acknowledged") >= 10);
    assertThat(twin.get("simulator").get("running")).hasToString("true");
    twin.takeOverConnection("twinloom-simulator");
    long lost = number(twin.get("simulator"), "acknowledged");
    await()
        .untilAsserted(
            () ->
                assertThat(number(twin.get("simulator"), "acknowledged"))
                    .as("a lost connection is made again")
                    .isGreaterThan(lost + 20));
    assertThat(twin.get("simulator").get("error")).hasToString("null");
    twin.post("simulator/stop", JsonObject.EMPTY);
    await().until(() -> twin.get("simulator").get("running").toString().equals("false"));
  }

  @Test
  @Order(12)
  void whatEveryTwinAnswersIsAsDocumented() throws Exception {
    assertThat(items(twin.get("status"), "layers")).hasSize(6);
    assertThat(items(twin.get("plan"), "functions")).isNotEmpty();
    assertThat(items(twin.get("tokens"), "tokens")).isNotEmpty();
    assertThat(items(twin.get("tiers"), "tiers")).hasSize(3);
    assertThat(items(twin.get("tiers/cold/chunks"), "items")).isEmpty();
    assertThat(items(twin.get("logs?limit=20"), "items")).hasSize(20);
    assertThat(items(twin.get("devices/tank/items?limit=2&order=desc"), "items")).hasSize(2);
    assertThat(twin.get("/health").text("mode")).contains("up");
    assertThat(items(twin.get("/capabilities"), "clouds")).hasSize(3);
    assertThat(twin.post("verify", JsonObject.EMPTY).get("ok")).hasToString("true");
    assertThat(
            twin.post("move", JsonObject.builder().put("move", "hot-to-cold").build()).has("items"))
        .isTrue();
  }
}
