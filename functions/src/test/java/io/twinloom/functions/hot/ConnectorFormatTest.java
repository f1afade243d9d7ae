package io.twinloom.functions.hot;

import static io.twinloom.functions.fake.Twin.object;
import static io.twinloom.functions.fake.Twin.value;
import static io.twinloom.functions.hot.ReaderFixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.functions.http.HttpAnswer;
import io.twinloom.functions.port.InvocationLog.Level;
import io.twinloom.json.Json;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import io.twinloom.model.FunctionKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The readers' answers in TwinMaker's connector format. */
class ConnectorFormatTest {

  private static final String REQUEST =
      """
      {"workspaceId": "w", "entityId": "hall", "componentName": "press",
       "selectedProperties": ["temperature", "strokes"],
       "properties": {"temperature": {"definition": {"dataType": {"type": "DOUBLE"}}},
                      "strokes": {"definition": {"dataType": {"type": "INTEGER"}}}},
       "startTime": "2026-01-01T00:00:00Z", "endTime": "2026-01-01T00:00:59Z"%s}
      """;

  private final ReaderFixture range = new ReaderFixture(FunctionKind.HOT_READER);
  private final ReaderFixture last = new ReaderFixture(FunctionKind.HOT_READER_LAST_ENTRY);

  @Test
  void aRangeIsAnsweredPropertyByProperty() {
    range.store(1, "{\"temperature\": 20.5, \"strokes\": 7, \"state\": \"on\"}");
    range.store(2, "{\"temperature\": 21}");
    assertThat(json(range.post(REQUEST.formatted(""))))
        .isEqualTo(
            object(
                """
                {"propertyValues": [
                  {"entityPropertyReference":
                     {"entityId": "hall", "componentName": "press", "propertyName": "temperature"},
                   "values": [
                     {"time": "2026-01-01T00:00:01.000000Z", "value": {"doubleValue": 20.5}},
                     {"time": "2026-01-01T00:00:02.000000Z", "value": {"doubleValue": 21}}]},
                  {"entityPropertyReference":
                     {"entityId": "hall", "componentName": "press", "propertyName": "strokes"},
                   "values": [
                     {"time": "2026-01-01T00:00:01.000000Z", "value": {"integerValue": 7}}]}]}
                """));
  }

  @Test
  void theLastEntryIsAnsweredByPropertysName() {
    last.store(1, "{\"temperature\": 20.5}");
    last.store(2, "{\"temperature\": 21.50, \"state\": \"on\"}");
    assertThat(json(last.post(REQUEST.formatted(""))))
        .isEqualTo(
            object(
                """
                {"propertyValues": {"temperature": {
                  "propertyReference":
                    {"entityId": "hall", "componentName": "press", "propertyName": "temperature"},
                  "propertyValue": {"doubleValue": 21.50}}}}
                """));
  }

  @Test
  void calledDirectlyTheBareResultIsReturned() {
    range.store(1, "{\"temperature\": 20.5}");
    assertThat(range.reader.invoke(object(REQUEST.formatted(""))))
        .isEqualTo(json(range.post(REQUEST.formatted(""))));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '´',
      value = {
        "temperature, 21, {\"doubleValue\": 21}",
        "temperature, \"hot\", {\"stringValue\": \"hot\"}",
        "strokes, 7, {\"integerValue\": 7}",
        "strokes, 7.5, {\"doubleValue\": 7.5}",
        "strokes, 3000000000, {\"longValue\": 3000000000}",
        "serial, 7, {\"longValue\": 7}",
        "state, \"on\", {\"stringValue\": \"on\"}",
        "state, 5, {\"integerValue\": 5}",
        "running, true, {\"booleanValue\": true}",
        "running, 1, {\"integerValue\": 1}",
        "unknown, 1.5, {\"doubleValue\": 1.5}",
        "unknown, {\"a\":[1]}, {\"stringValue\": \"{\\\"a\\\":[1]}\"}",
      })
  void aValueHasTheKeyOfItsConfiguredTypeElseOfItsOwn(String name, String stored, String shown) {
    last.store(1, "{\"" + name + "\": " + stored + "}");
    JsonObject answer = json(last.post("{\"entityId\": \"hall\", \"componentName\": \"press\"}"));
    assertThat(
            answer
                .object("propertyValues")
                .orElseThrow()
                .object(name)
                .orElseThrow()
                .get("propertyValue"))
        .isEqualTo(value(shown));
  }

  @Test
  void aPropertyThatOnlyTheRequestDefinesHasItsType() {
    last.store(1, "{\"fahrenheit\": 70}");
    JsonObject answer =
        json(
            last.post(
                "{\"componentName\": \"press-1\", \"properties\": {\"fahrenheit\":"
                    + " {\"definition\": {\"dataType\": {\"type\": \"DOUBLE\"}}}}}"));
    assertThat(Json.text(answer)).contains("{\"doubleValue\":70}");
  }

  @Test
  void nullIsNoValue() {
    last.store(1, "{\"temperature\": null}");
    assertThat(json(last.post(REQUEST.formatted(""))))
        .isEqualTo(object("{\"propertyValues\": {}}"));
  }

  @Test
  void withoutSelectionAllMeasuredPropertiesAreAnsweredButNotTheSystems() {
    range.store(1, "{\"temperature\": 1, \"_verify\": \"v\"}");
    range.store(2, "{\"state\": \"on\"}");
    JsonObject answer = json(range.post("{\"entityId\": \"hall\", \"componentName\": \"press\"}"));
    assertThat(properties(answer)).containsExactlyInAnyOrder("temperature", "state");
  }

  @Test
  void aSelectedPropertyWithoutValuesHasNone() {
    JsonObject answer = json(range.post(REQUEST.formatted("")));
    assertThat(properties(answer)).containsExactly("temperature", "strokes");
    assertThat(Json.text(answer)).contains("\"values\":[]");
  }

  @Test
  void maxResultsCountsPointsInTimeAndPagesFollow() {
    for (int second = 0; second < 5; second++) {
      range.store(second, "{\"temperature\": " + second + ", \"strokes\": " + second + "}");
    }
    List<String> times = new ArrayList<>();
    Optional<String> token = Optional.empty();
    int pages = 0;
    do {
      String paging =
          ", \"maxResults\": 2, \"orderByTime\": \"DESCENDING\""
              + token.map(t -> ", \"nextToken\": \"" + t + "\"").orElse("");
      JsonObject answer = json(range.post(REQUEST.formatted(paging)));
      times.addAll(times(answer, 0));
      assertThat(times(answer, 1)).isEqualTo(times(answer, 0));
      token = answer.text("nextToken");
      pages++;
    } while (token.isPresent());
    assertThat(pages).isEqualTo(3);
    assertThat(times)
        .hasSize(5)
        .isSortedAccordingTo(java.util.Comparator.reverseOrder())
        .doesNotHaveDuplicates();
  }

  @Test
  void aPageEndsWherePropertiesTogetherExceedItsSize() {
    StringBuilder measurements = new StringBuilder("{");
    for (int i = 0; i < 2_000; i++) {
      measurements.append(i == 0 ? "" : ",").append("\"p").append(i).append("\":1");
    }
    for (int second = 0; second < 50; second++) {
      range.store(second, measurements + "}");
    }
    HttpAnswer page = range.post("{\"componentName\": \"press-1\"}");
    assertThat(page.body().length).isLessThan(5 * 1024 * 1024);
    JsonObject first = json(page);
    int count = times(first, 0).size();
    assertThat(count).isBetween(1, 49);
    JsonObject second =
        json(
            range.post(
                "{\"componentName\": \"press-1\", \"nextToken\": \""
                    + first.text("nextToken").orElseThrow()
                    + "\"}"));
    assertThat(times(second, 0)).hasSize(50 - count);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"entityId\": \"hall\"}",
        "{\"entityId\": \"hall\", \"componentName\": \"\"}",
        "{\"entityId\": \"hall\", \"componentName\": \"pump\"}",
        "{\"entityId\": \"hall\", \"componentName\": \"press\", \"selectedProperties\": \"t\"}",
        "{\"entityId\": \"hall\", \"componentName\": \"press\", \"selectedProperties\": [1]}",
      })
  void whatNamesNoComponentOrPropertiesIsABadRequest(String request) {
    assertThat(range.post(request).status()).isEqualTo(400);
    assertThat(last.post(request).status()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"startTime\": \"soon\"",
        "\"maxResults\": 0",
        "\"maxResults\": 10001",
        "\"orderByTime\": \"up\"",
        "\"nextToken\": \"x\""
      })
  void whatIsOutOfRangeIsABadRequest(String parameter) {
    assertThat(range.post("{\"componentName\": \"press-1\", " + parameter + "}").status())
        .isEqualTo(400);
  }

  @Test
  void theOlderNamesOfTheTimesAreReadWhereTheOthersAreAbsent() {
    for (int second = 0; second < 5; second++) {
      range.store(second, "{\"temperature\": " + second + "}");
    }
    String request =
        "{\"componentName\": \"press-1\", \"selectedProperties\": [\"temperature\"], %s}";
    String older = "\"startDateTime\": \"%s\", \"endDateTime\": \"%s\"";
    String first = "2026-01-01T00:00:01Z";
    String last = "2026-01-01T00:00:02Z";
    JsonObject expected =
        json(
            range.post(
                request.formatted(
                    "\"startTime\": \"" + first + "\", \"endTime\": \"" + last + "\"")));
    assertThat(Json.text(expected)).contains("00:00:01", "00:00:02").doesNotContain("00:00:03");
    assertThat(json(range.post(request.formatted(older.formatted(first, last)))))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"starttime", "StartTime", "MAXRESULTS", "startdatetime"})
  void aMemberThatIsKnownButForItsCaseIsABadRequest(String name) {
    for (ReaderFixture reader : List.of(range, last)) {
      HttpAnswer answer = reader.post("{\"componentName\": \"press-1\", \"" + name + "\": 5}");
      assertThat(answer.status()).isEqualTo(400);
      assertThat(Json.parseObject(answer.body()).text("error").orElseThrow()).contains("write");
    }
  }

  @Test
  void aMemberThatIsNotKnownIsIgnoredAndCounted() {
    assertThat(range.post("{\"componentName\": \"press-1\", \"somethingNew\": 5}").status())
        .isEqualTo(200);
    assertThat(range.cloud.log.counts()).containsExactly("request-member-unknown");
  }

  @Test
  void calledDirectlyAnErrorIsAnAnswerWithoutValuesThatIsLoggedAndCounted() {
    for (ReaderFixture fixture : List.of(range, last)) {
      fixture.cloud.hotStore.breakDown();
      JsonObject answer = (JsonObject) fixture.reader.invoke(object(REQUEST.formatted("")));
      assertThat(answer)
          .isEqualTo(
              object(fixture == range ? "{\"propertyValues\": []}" : "{\"propertyValues\": {}}"));
      assertThat(fixture.cloud.log.messages(Level.ERROR)).hasSize(1);
      assertThat(fixture.cloud.log.counts()).containsExactly("empty-answer-for-an-error");
      assertThat(fixture.cloud.log.onlyLine().outcome()).isEqualTo("TL-STORE-FAILED");
    }
  }

  @Test
  void overHttpAnErrorIsAServerError() {
    for (ReaderFixture fixture : List.of(range, last)) {
      fixture.cloud.hotStore.breakDown();
      assertThat(fixture.post(REQUEST.formatted("")).status()).isEqualTo(500);
    }
  }

  @Test
  void aComponentThatTheHierarchyGivesNoDeviceHasTheDeviceOfItsName() {
    range.store(1, "{\"temperature\": 1}");
    JsonObject answer =
        json(
            range.post(
                "{\"entityId\": \"elsewhere\", \"componentName\": \"press-1\","
                    + " \"selectedProperties\": [\"temperature\"]}"));
    assertThat(times(answer, 0)).hasSize(1);
    assertThat(Json.text(answer)).contains("\"entityId\":\"elsewhere\"");
  }

  private static List<String> properties(JsonObject answer) {
    return answer.array("propertyValues").orElseThrow().values().stream()
        .map(p -> ((JsonObject) p).object("entityPropertyReference").orElseThrow())
        .map(reference -> reference.text("propertyName").orElseThrow())
        .toList();
  }

  private static List<String> times(JsonObject answer, int property) {
    JsonObject values =
        (JsonObject) answer.array("propertyValues").orElseThrow().values().get(property);
    return values.array("values").orElse(JsonArray.EMPTY).values().stream()
        .map(value -> ((JsonObject) value).text("time").orElseThrow())
        .toList();
  }
}
