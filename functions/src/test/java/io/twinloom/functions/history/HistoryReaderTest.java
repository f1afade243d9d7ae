package io.twinloom.functions.history;

import static io.twinloom.functions.fake.Twin.TOKEN;
import static io.twinloom.functions.fake.Twin.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinloom.functions.error.ConfigurationError;
import io.twinloom.functions.error.Refused;
import io.twinloom.functions.fake.FakeCloud;
import io.twinloom.functions.fake.FakeRemote.Request;
import io.twinloom.functions.fake.Twin;
import io.twinloom.functions.history.Tiers.Item;
import io.twinloom.functions.http.HostedFunction;
import io.twinloom.functions.port.StoreException;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonString;
import io.twinloom.model.FunctionKind;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.cloud.KnownClouds;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HistoryReaderTest {

  private final Tiers tiers = new Tiers();

  private static Item item(int micros) {
    return new Item(micros, "e" + micros);
  }

  private void everyTier() {
    tiers.chunk(tiers.archive, item(1), item(2));
    tiers.chunk(tiers.cold, item(3_000_000), item(4_000_000));
    tiers.hot(item(50_000_000), item(51_000_000));
  }

  private static List<Integer> micros(JsonObject answer) {
    return Tiers.items(List.of(answer)).stream().map(Item::micros).toList();
  }

  @Test
  void aRangeIsAnsweredOverAllTiersAndSaysWhatCameFromWhere() {
    everyTier();
    JsonObject answer = tiers.ask(object("{\"device_id\": \"press-1\"}"));
    assertThat(micros(answer)).containsExactly(1, 2, 3_000_000, 4_000_000, 50_000_000, 51_000_000);
    assertThat(answer.get("tiers"))
        .isEqualTo(
            Twin.array(
                """
                [{"tier": "hot", "items": 2, "from": "2026-01-01T00:00:50.000000Z",
                  "to": "2026-01-01T00:00:51.000000Z"},
                 {"tier": "cold", "items": 2, "from": "2026-01-01T00:00:03.000000Z",
                  "to": "2026-01-01T00:00:04.000000Z"},
                 {"tier": "archive", "items": 2, "from": "2026-01-01T00:00:00.000001Z",
                  "to": "2026-01-01T00:00:00.000002Z"}]
                """));
    assertThat(answer.get("parts"))
        .hasToString(
            "[{\"tier\":\"archive\",\"items\":2},{\"tier\":\"cold\",\"items\":2},"
                + "{\"tier\":\"hot\",\"items\":2}]");
    assertThat(answer.get("pending")).hasToString("[]");
    assertThat(answer.get("count")).hasToString("6");
  }

  @Test
  void anItemThatIsBeingMovedIsGivenOnceAsTheWarmersTier() {
    tiers.hot(item(5));
    tiers.chunk(tiers.cold, item(5));
    tiers.chunk(tiers.archive, item(5));
    JsonObject answer = tiers.ask(object("{\"device_id\": \"press-1\"}"));
    assertThat(micros(answer)).containsExactly(5);
    assertThat(answer.get("tiers")).asString().startsWith("[{\"tier\":\"hot\",\"items\":1");
  }

  @Test
  void aMessageThatWasPublishedAgainAfterItsItemHadLeftIsGivenOnce() {
    tiers.chunk(tiers.cold, item(5));
    tiers.hot(new Item(5, "other"), new Item(6, "e5"));
    assertThat(tiers.ask(object("{\"device_id\": \"press-1\"}")).get("count")).hasToString("2");
    for (String order : List.of("asc", "desc")) {
      assertThat(Tiers.items(tiers.pages(order, 1))).extracting(Item::event).hasSize(2);
    }
  }

  @Test
  void startAndEndAreInclusive() {
    everyTier();
    JsonObject query =
        JsonObject.builder()
            .put("device_id", "press-1")
            .put("start", Tiers.at(2))
            .put("end", Tiers.at(50_000_000))
            .build();
    assertThat(micros(tiers.ask(query))).containsExactly(2, 3_000_000, 4_000_000, 50_000_000);
    assertThat(micros(tiers.ask(query.toBuilder().put("order", "desc").build())))
        .containsExactly(50_000_000, 4_000_000, 3_000_000, 2);
    assertThat(tiers.ask(query.toBuilder().put("end", Tiers.at(0)).build()).get("count"))
        .hasToString("0");
  }

  @Test
  void theTiersAreReadInTheDirectionInWhichItemsMove() {
    everyTier();
    tiers.ask(object("{\"device_id\": \"press-1\"}"));
    assertThat(tiers.asked)
        .containsExactly("plant-hot-reader", "plant-cold-reader", "plant-archive-reader");
  }

  @Test
  void aPageOfTheArchiveAsksNoTierThatIsKnownToBeginLater() {
    everyTier();
    JsonObject first = tiers.ask(object("{\"device_id\": \"press-1\", \"limit\": 1}"));
    assertThat(micros(first)).containsExactly(1);
    tiers.asked.clear();
    JsonObject second =
        tiers.ask(
            JsonObject.builder()
                .put("device_id", "press-1")
                .put("limit", 1)
                .put("nextToken", first.text("nextToken").orElseThrow())
                .build());
    assertThat(micros(second)).containsExactly(2);
    assertThat(tiers.asked).doesNotContain("plant-hot-reader");
  }

  @Test
  void whatMustBeRestoredFirstIsPendingAndTheRestIsGiven() {
    everyTier();
    tiers.archive.archive(tiers.archive.keys().getFirst());
    JsonObject answer = tiers.ask(object("{\"device_id\": \"press-1\"}"));
    assertThat(micros(answer)).hasSize(4);
    assertThat(answer.array("pending").orElseThrow().values())
        .singleElement()
        .asString()
        .contains(tiers.archive.keys().getFirst(), "\"since\":null");
  }

  @Test
  void aTierThatFailsFailsTheAnswer() {
    everyTier();
    tiers.cold.breakDown();
    assertThatThrownBy(() -> tiers.ask(object("{\"device_id\": \"press-1\"}")))
        .isInstanceOf(StoreException.class);
  }

  @Test
  void aTwinServiceIsAnsweredInTheFormOfItsConnectors() {
    everyTier();
    JsonObject request =
        object(
            """
            {"workspaceId": "plant", "entityId": "hall", "componentName": "press",
             "selectedProperties": ["strokes"], "maxResults": 3, "orderByTime": "DESCENDING"}
            """);
    JsonObject first = tiers.ask(request);
    assertThat(first.get("propertyValues"))
        .isEqualTo(
            Twin.array(
                """
                [{"entityPropertyReference":
                    {"entityId": "hall", "componentName": "press", "propertyName": "strokes"},
                  "values": [
                    {"time": "2026-01-01T00:00:51.000000Z", "value": {"integerValue": 51000000}},
                    {"time": "2026-01-01T00:00:50.000000Z", "value": {"integerValue": 50000000}},
                    {"time": "2026-01-01T00:00:04.000000Z", "value": {"integerValue": 4000000}}]}]
                """));
    JsonObject rest =
        tiers.ask(
            request.toBuilder().put("nextToken", first.text("nextToken").orElseThrow()).build());
    assertThat(rest.get("propertyValues")).asString().contains("3000000", "\"integerValue\":1}");
    assertThat(rest.has("nextToken")).isFalse();
  }

  @Test
  void toATwinServiceAnErrorIsAnAnswerWithoutValues() {
    everyTier();
    tiers.archive.breakDown();
    assertThat(tiers.ask(object("{\"entityId\": \"hall\", \"componentName\": \"press\"}")))
        .isEqualTo(object("{\"propertyValues\": []}"));
    assertThat(tiers.cloud.log.counts()).contains("empty-answer-for-an-error");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"device_id\": \"nobody\"",
        "\"device_id\": \"..\"",
        "\"limit\": 0",
        "\"limit\": 10001",
        "\"order\": \"up\"",
        "\"start\": \"x\"",
        "\"nextToken\": \"AAAA\"",
        "\"nextToken\": \"%%%\"",
      })
  void aQueryThatIsNoneIsRefused(String part) {
    everyTier();
    assertThatThrownBy(() -> tiers.ask(object("{\"device_id\": \"press-1\", " + part + "}")))
        .isInstanceOf(Refused.class);
    assertThat(tiers.asked).isEmpty();
  }

  /** The three readers on other clouds. */
  private static final class Apart {
    final FakeCloud cloud = new FakeCloud(KnownClouds.AWS);
    final Twin twin =
        new Twin()
            .on("aws", "aws", "azure")
            .provider("layer_3_cold_provider", new JsonString("google"))
            .provider("layer_3_archive_provider", new JsonString("azure"));
    final Map<String, String> settings =
        new HashMap<>(
            Map.of(
                "REMOTE_READER_URL",
                "https://azure.test/hot",
                "REMOTE_READER_TOKEN",
                TOKEN + "1",
                "REMOTE_COLD_READER_URL",
                "https://google.test/cold",
                "REMOTE_COLD_READER_TOKEN",
                TOKEN + "2",
                "REMOTE_ARCHIVE_READER_URL",
                "https://azure.test/archive",
                "REMOTE_ARCHIVE_READER_TOKEN",
                TOKEN + "3"));

    HostedFunction history() {
      return cloud.function(FunctionKind.HISTORY_READER, twin, settings);
    }
  }

  @Test
  void readersOfOtherCloudsAreAskedWithTheTokenOfTheirConnection() {
    Apart apart = new Apart();
    apart.cloud.remote.answers(200, -1, "{\"items\":[],\"count\":0,\"pending\":[]}");
    apart.history().invoke(object("{\"device_id\": \"press-1\", \"start\": 0, \"end\": 9}"));
    List<Request> requests = apart.cloud.remote.requests();
    assertThat(requests).extracting(Request::method).containsOnly("GET");
    assertThat(requests)
        .extracting(r -> r.url().getHost() + r.url().getPath())
        .containsExactly("azure.test/hot", "google.test/cold", "azure.test/archive");
    assertThat(requests)
        .extracting(r -> r.headers().get("X-Inter-Cloud-Token"))
        .containsExactly(TOKEN + "1", TOKEN + "2", TOKEN + "3");
    assertThat(requests).extracting(r -> r.headers().get("X-Trace-Id")).doesNotContainNull();
    assertThat(requests.getFirst().url().getRawQuery())
        .contains("device_id=press-1", "order=asc", "start=1970-01-01T00%3A00%3A00.000000Z");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "<html>",
        "{\"items\": 1}",
        "{\"items\": [1]}",
        "{\"items\": [{}]}",
        "{\"items\": [], \"nextToken\": \"x\"}"
      })
  void anAnswerThatNoReaderGivesIsAnErrorAndEndsNeverInALoop(String answer) {
    Apart apart = new Apart();
    apart.cloud.remote.answers(200, -1, answer);
    assertThatThrownBy(() -> apart.history().invoke(object("{\"device_id\": \"press-1\"}")))
        .isInstanceOf(TwinloomException.class);
  }

  @Test
  void aReaderThatIsDownIsTriedAgainAndThenTheAnswerFails() {
    Apart apart = new Apart();
    apart.cloud.remote.answers(503);
    assertThatThrownBy(() -> apart.history().invoke(object("{\"device_id\": \"press-1\"}")))
        .hasMessageContaining("503");
    assertThat(apart.cloud.remote.requests()).hasSize(4);
  }

  @Test
  void anAddressWithoutATokenDoesNotStart() {
    Apart apart = new Apart();
    apart.settings.remove("REMOTE_COLD_READER_TOKEN");
    assertThatThrownBy(apart::history)
        .isInstanceOf(ConfigurationError.class)
        .hasMessageContaining("REMOTE_COLD_READER_TOKEN");
  }

  @Test
  void withoutALayerFourItRunsBesideTheHotStore() {
    Apart apart = new Apart();
    apart.twin.provider("layer_4_provider", new JsonString("none"));
    apart.settings.remove("REMOTE_READER_URL");
    apart.settings.put("LOCAL_HOT_READER_NAME", "own-hot-reader");
    apart.settings.remove("REMOTE_ARCHIVE_READER_URL");
    for (String name : List.of("own-hot-reader", "plant-archive-reader")) {
      apart.cloud.invoker.define(name, request -> object("{\"items\": []}"));
    }
    apart.cloud.remote.answers(200, -1, "{\"items\":[]}");
    apart.history().invoke(object("{\"device_id\": \"press-1\"}"));
    assertThat(apart.cloud.remote.onlyRequest().url().getPath()).isEqualTo("/cold");
    assertThat(apart.cloud.log.notes()).isEmpty();
  }
}
