package io.twinloom.functions.hot;

import static io.twinloom.functions.fake.Twin.TOKEN;
import static io.twinloom.functions.fake.Twin.object;
import static io.twinloom.functions.hot.ReaderFixture.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinloom.functions.fake.FakeCloud;
import io.twinloom.functions.fake.Twin;
import io.twinloom.functions.http.HostedFunction;
import io.twinloom.functions.http.HttpAnswer;
import io.twinloom.functions.http.HttpHead;
import io.twinloom.functions.port.InvocationLog.Level;
import io.twinloom.functions.port.StoreException;
import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonString;
import io.twinloom.json.JsonValue;
import io.twinloom.model.FunctionKind;
import io.twinloom.model.cloud.KnownClouds;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The reader's items: its queries, pages and door. */
class HotReaderTest {

  private final ReaderFixture hot = new ReaderFixture(FunctionKind.HOT_READER);

  @Test
  void aRangeIncludesBothItsEndsInTheOrderOfTime() {
    storeTen();
    JsonObject answer =
        json(
            hot.get(
                "device_id", "press-1",
                "start", "2026-01-01T00:00:02Z",
                "end", "2026-01-01T00:00:04Z"));
    assertThat(seconds(answer)).containsExactly(2, 3, 4);
    assertThat(answer.get("count")).hasToString("3");
    assertThat(answer.has("nextToken")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "1767225602, 1767225604",
    "1767225602000, 1767225604000",
    "2026-01-01T01:00:02+01:00, 2025-12-31T23:00:04-01:00",
    "' 2026-01-01 00:00:02 ', 20260101T000004Z",
  })
  void startAndEndAreTakenInAnyFormOfATime(String start, String end) {
    storeTen();
    assertThat(seconds(json(hot.get("device_id", "press-1", "start", start, "end", end))))
        .containsExactly(2, 3, 4);
  }

  @ParameterizedTest
  @CsvSource({
    "Start, 2027-01-01, start",
    "foo, 1, foo",
    "startTime, 2027-01-01, startTime",
    "starttime, 2027-01-01, starttime",
    "deviceId, press-1, deviceId",
  })
  @DisplayName("a dashboard misspells a parameter of a reader")
  void aParameterThatIsNotKnownIsABadRequestThatNamesIt(String name, String value, String named) {
    storeTen();
    HttpAnswer answer = hot.get("device_id", "press-1", name, value);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(Json.parseObject(answer.body()).text("error").orElseThrow())
        .contains('"' + named + '"');
  }

  @Test
  @DisplayName("a time zone's plus in a URL is not encoded")
  void aPlusThatIsNotEncodedIsExplained() {
    HttpAnswer answer = hot.get("device_id", "press-1", "start", "2026-01-01T01:00:00 01:00");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(Json.parseObject(answer.body()).text("error").orElseThrow()).contains("%2B");
  }

  @Test
  void withoutStartAndEndItIsAll() {
    storeTen();
    assertThat(seconds(json(hot.get("device_id", "press-1", "start", "", "end", " ")))).hasSize(10);
  }

  @Test
  void theOrderMayBeReversed() {
    storeTen();
    assertThat(seconds(json(hot.get("device_id", "press-1", "order", "desc", "limit", "3"))))
        .containsExactly(9, 8, 7);
    assertThat(seconds(json(hot.get("device_id", "press-1", "order", "asc", "limit", "3"))))
        .containsExactly(0, 1, 2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"asc", "desc"})
  void pagesTogetherAreTheWholeRangeOnce(String order) {
    storeTen();
    List<Integer> all = new ArrayList<>();
    Optional<String> token = Optional.empty();
    do {
      JsonObject page =
          json(
              hot.get(
                  "device_id", "press-1",
                  "order", order,
                  "limit", "3",
                  "start", "2026-01-01T00:00:01Z",
                  "nextToken", token.orElse("")));
      all.addAll(seconds(page));
      token = page.text("nextToken");
    } while (token.isPresent());
    List<Integer> expected = new ArrayList<>(List.of(1, 2, 3, 4, 5, 6, 7, 8, 9));
    assertThat(all)
        .isEqualTo(order.equals("asc") ? expected : new ArrayList<>(expected).reversed());
  }

  @Test
  void withoutALimitAPageHasAHundredItems() {
    for (int second = 0; second < 101; second++) {
      hot.store(second, "{}");
    }
    JsonObject page = json(hot.get("device_id", "press-1"));
    assertThat(seconds(page)).hasSize(100);
    assertThat(page.has("nextToken")).isTrue();
  }

  @Test
  void aPageEndsAtFourMebibytesToo() {
    String measurements = "{\"state\": \"" + "x".repeat(1024 * 1024) + "\"}";
    for (int second = 0; second < 6; second++) {
      hot.store(second, measurements);
    }
    JsonObject page = json(hot.get("device_id", "press-1"));
    assertThat(seconds(page)).containsExactly(0, 1, 2);
    assertThat(
            seconds(
                json(hot.get("device_id", "press-1", "nextToken", page.text("nextToken").get()))))
        .containsExactly(3, 4, 5);
  }

  @Test
  void whatIsReadIsWhatWasWrittenExactly() {
    String measurements =
        "{\"n\": 1.50, \"big\": 123456789012345678901234567890.1, \"e\": 1e-7,"
            + " \"nested\": {\"a\": [1, {\"b\": null}]}, \"text\": \"传感器\"}";
    hot.store(0, measurements);
    JsonObject item =
        (JsonObject) json(hot.get("device_id", "press-1")).array("items").get().values().getFirst();
    object(measurements)
        .members()
        .forEach((name, value) -> assertThat(item.get(name)).isEqualTo(value));
  }

  @ParameterizedTest
  @CsvSource({
    "limit, 0",
    "limit, 10001",
    "limit, -1",
    "limit, ten",
    "limit, 1.5",
    "limit, 99999999999",
    "order, ascending",
    "order, DESC",
    "start, soon",
    "end, 2026-02-30T00:00:00Z",
    "nextToken, abc",
    "nextToken, '***'",
    "device_id, press-9",
    "device_id, ' '",
  })
  void whatIsOutOfRangeIsABadRequest(String parameter, String value) {
    storeTen();
    HttpAnswer answer =
        parameter.equals("device_id")
            ? hot.get("device_id", value)
            : hot.get("device_id", "press-1", parameter, value);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(Json.parseObject(answer.body()).text("error").orElseThrow())
        .contains(
            value.isBlank() ? "device_id" : parameter.equals("device_id") ? value : parameter);
  }

  @Test
  void aQueryWithoutDeviceIsABadRequest() {
    assertThat(hot.get().status()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "10000"})
  void theLimitsOfTheLimitAreTaken(String limit) {
    storeTen();
    assertThat(hot.get("device_id", "press-1", "limit", limit).status()).isEqualTo(200);
  }

  @Test
  void aTokenIsOnlyGoodForTheQueryThatItWasGivenFor() {
    storeTen();
    String token =
        json(hot.get("device_id", "press-1", "limit", "2")).text("nextToken").orElseThrow();
    assertThat(hot.get("device_id", "press-1", "limit", "5", "nextToken", token).status())
        .isEqualTo(200);
    assertThat(hot.get("device_id", "oven-2", "nextToken", token).status()).isEqualTo(400);
    assertThat(hot.get("device_id", "press-1", "order", "desc", "nextToken", token).status())
        .isEqualTo(400);
    assertThat(hot.get("device_id", "press-1", "start", "5", "nextToken", token).status())
        .isEqualTo(400);
    String forged = (token.charAt(0) == 'A' ? "B" : "A") + token.substring(1);
    assertThat(hot.get("device_id", "press-1", "nextToken", forged).status()).isEqualTo(400);
  }

  @Test
  void aRangeThatEndsBeforeItBeginsIsEmpty() {
    storeTen();
    JsonObject answer =
        json(
            hot.get(
                "device_id", "press-1",
                "start", "2026-01-01T00:00:05Z",
                "end", "2026-01-01T00:00:02Z"));
    assertThat(answer).isEqualTo(object("{\"items\": [], \"count\": 0}"));
  }

  @Test
  void aDeviceWithoutItemsHasNone() {
    assertThat(json(hot.get("device_id", "oven-2")))
        .isEqualTo(object("{\"items\": [], \"count\": 0}"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "wrong", " "})
  void aRequestWithoutItsTokenIsUnauthorized(String token) {
    HttpHead head =
        new HttpHead("GET", Map.of("x-inter-cloud-token", token), Map.of("device_id", "press-1"));
    assertThat(hot.reader.receive(head, new byte[0]).status()).isEqualTo(401);
    HttpHead none = new HttpHead("GET", Map.of(), Map.of("device_id", "press-1"));
    assertThat(hot.reader.receive(none, new byte[0]).status()).isEqualTo(401);
  }

  @Test
  void withoutATokenOfItsOwnEveryRequestIsUnauthorizedAndItSaysSoOnce() {
    FakeCloud cloud = new FakeCloud(KnownClouds.AWS);
    HostedFunction reader = cloud.function(FunctionKind.HOT_READER, new Twin(), Map.of());
    assertThat(cloud.log.notes()).as("it may have no endpoint at all").isEmpty();
    for (String token : new String[] {"", TOKEN}) {
      HttpHead head =
          new HttpHead("GET", Map.of("x-inter-cloud-token", token), Map.of("device_id", "press-1"));
      assertThat(reader.receive(head, new byte[0]).status()).isEqualTo(401);
    }
    assertThat(cloud.log.messages(Level.ERROR)).hasSize(1);
  }

  @Test
  void aStoreThatFailsIsAServerErrorOverHttpAndAnErrorToAFunction() {
    hot.cloud.hotStore.breakDown();
    HttpAnswer answer = hot.get("device_id", "press-1");
    assertThat(answer.status()).isEqualTo(500);
    assertThat(Json.parseObject(answer.body()).has("error")).isTrue();
    assertThatThrownBy(() -> hot.reader.invoke(object("{\"device_id\": \"press-1\"}")))
        .isInstanceOf(StoreException.class);
  }

  @Test
  void calledByAFunctionItAnswersTheBareItems() {
    storeTen();
    JsonValue result =
        hot.reader.invoke(object("{\"device_id\": \"press-1\", \"limit\": 2, \"start\": 0}"));
    assertThat(seconds((JsonObject) result)).containsExactly(0, 1);
  }

  @Test
  void theTraceOfTheRequestsHeaderIsLogged() {
    HttpHead head =
        new HttpHead(
            "GET",
            Map.of(
                "X-Inter-Cloud-Token", TOKEN, "X-Trace-Id", "3f0e6c1e-0000-4000-8000-000000000009"),
            Map.of("device_id", "press-1"));
    hot.reader.receive(head, new byte[0]);
    assertThat(hot.cloud.log.onlyLine().traceId())
        .isEqualTo("3f0e6c1e-0000-4000-8000-000000000009");
    assertThat(hot.cloud.log.onlyLine().device()).isEqualTo("press-1");
  }

  private void storeTen() {
    for (int second = 0; second < 10; second++) {
      hot.store(second, "{\"temperature\": " + second + "}");
    }
  }

  private static List<Integer> seconds(JsonObject answer) {
    return answer.array("items").orElseThrow().values().stream()
        .map(item -> ((JsonString) ((JsonObject) item).get("timestamp")).value())
        .map(
            time ->
                Integer.parseInt(time.substring(14, 16)) * 60
                    + Integer.parseInt(time.substring(17, 19)))
        .toList();
  }
}
