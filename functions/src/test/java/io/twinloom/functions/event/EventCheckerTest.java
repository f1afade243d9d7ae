package io.twinloom.functions.event;

import static io.twinloom.functions.fake.Twin.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinloom.functions.fake.FakeCloud;
import io.twinloom.functions.fake.FakeInvoker.Later;
import io.twinloom.functions.fake.Twin;
import io.twinloom.functions.port.DeadLetter;
import io.twinloom.functions.port.InvocationException;
import io.twinloom.functions.port.InvocationException.Reason;
import io.twinloom.functions.port.InvocationLog.Level;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import io.twinloom.model.FunctionKind;
import io.twinloom.model.cloud.KnownClouds;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventCheckerTest {

  private static final String HOT = rule("hall.press.temperature > DOUBLE(30.5)", "\"alarm\"");
  private static final String ALWAYS = rule("hall.press.strokes >= INTEGER(0)", "\"always\"");

  private final FakeCloud cloud = new FakeCloud(KnownClouds.AZURE);
  private final Twin twin = new Twin();
  private final Map<String, String> settings = new HashMap<>();

  @Test
  void aRuleThatHoldsRunsItsActionWithRuleEventAndTrace() {
    twin.rules(HOT);
    JsonObject event = event("\"temperature\": 31");
    check(event);
    assertThat(cloud.invoker.onlyLater())
        .isEqualTo(
            new Later(
                "plant-alarm",
                JsonObject.builder()
                    .put("e", object(HOT))
                    .put("event", event)
                    .put("trace_id", "3f0e6c1e-0000-4000-8000-000000000001")
                    .build()));
    assertThat(cloud.log.counts()).containsExactly("rule-1-fired");
    assertThat(cloud.log.onlyLine().device()).isEqualTo("press-1");
    assertThat(cloud.log.onlyLine().outcome()).isEqualTo("ok");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '´',
      value = {
        "hall.press.temperature > DOUBLE(30.5)    ~ \"temperature\": 30.5                  ~ no",
        "hall.press.temperature > DOUBLE(30.5)    ~ \"temperature\": 30.50000000000000001  ~ yes",
        "hall.press.temperature >= DOUBLE(30.5)   ~ \"temperature\": 305e-1                ~ yes",
        "hall.press.temperature < DOUBLE(30.5)    ~ \"temperature\": 31                    ~ no",
        "hall.press.temperature < DOUBLE(30.5)    ~ \"temperature\": 30                    ~ yes",
        "hall.press.temperature <= INTEGER(30)    ~ \"temperature\": 3.0e1                 ~ yes",
        "hall.press.strokes == DOUBLE(3.0)        ~ \"strokes\": 3                         ~ yes",
        "hall.press.serial == INTEGER(9007199254740993) ~ \"serial\": 9007199254740992    ~ no",
        "hall.press.serial != INTEGER(9007199254740993) ~ \"serial\": 9007199254740992    ~ yes",
        "hall.press.state == STRING(open (left))  ~ \"state\": \"open (left)\"             ~ yes",
        "hall.press.state == STRING(open)         ~ \"state\": \"Open\"                    ~ no",
        "hall.press.state < STRING(b)             ~ \"state\": \"a\"                       ~ yes",
        "hall.press.running == BOOLEAN(true)      ~ \"running\": true                      ~ yes",
        "hall.press.running != BOOLEAN(true)      ~ \"running\": true                      ~ no",
        "DOUBLE(30.5) < hall.press.temperature    ~ \"temperature\": 31                    ~ yes",
        "hall.press.temperature > hall.press.strokes ~ \"temperature\": 3.5, \"strokes\": 3 ~ yes",
        "hall.press.temperature > DOUBLE(1) && hall.press.strokes > INTEGER(5) || "
            + "hall.press.running == BOOLEAN(true) ~ \"temperature\": 2, \"strokes\": 3, "
            + "\"running\": true ~ yes",
        "hall.press.strokes > INTEGER(1) || hall.press.state == STRING(x) ~ \"strokes\": 2 ~ yes",
        "hall.press.strokes > INTEGER(1) && hall.press.state == STRING(x) ~ \"strokes\": 2 ~ no",
        "hall.press.strokes > INTEGER(1) && hall.press.state == STRING(x) ~ \"strokes\": 0 ~ no",
        "hall.press.strokes != INTEGER(1)         ~ \"strokes\": null                      ~ no",
        "hall.press.strokes == INTEGER(1)         ~ \"strokes\": \"1\"                     ~ no",
        "hall.press.state == STRING(1)            ~ \"state\": 1                           ~ no",
        "hall.press.strokes != INTEGER(1)         ~ \"strokes\": [1]                       ~ no",
        "hall.press.temperature > DOUBLE(1)       ~ \"temperature\": 1e999999999           ~ yes",
        "hall.press.temperature < DOUBLE(1)       ~ \"temperature\": 1e-999999999          ~ yes",
        "hall.press.temperature > DOUBLE(1)       ~ \"temperature\": 1e9999999999999999999 ~ no",
      })
  void aRuleFiresExactlyWhereItsConditionIsKnownToHold(
      String condition, String values, String fires) {
    twin.rules(rule(condition, "\"alarm\""));
    check(event(values));
    assertThat(cloud.invoker.later()).hasSize(fires.equals("yes") ? 1 : 0);
  }

  @Test
  void whatTheEventLacksIsCountedEachTimeAndSaidOnce() {
    twin.rules(HOT);
    EventRun checker = new EventRun();
    checker.check(event("\"strokes\": 1"));
    checker.check(event("\"strokes\": 2"));
    assertThat(cloud.log.counts()).containsExactly("rule-1-skipped", "rule-1-skipped");
    assertThat(cloud.log.messages(Level.INFO))
        .containsExactly("Rule 1: The rule is skipped: the event has no hall.press.temperature.");
  }

  @Test
  void aComparisonOfNumberAndTextIsALoggedSkip() {
    twin.rules(HOT);
    EventRun checker = new EventRun();
    checker.check(event("\"temperature\": \"secret\""));
    checker.check(event("\"temperature\": \"hot\""));
    assertThat(cloud.log.counts())
        .containsExactly(
            "comparison-skipped", "rule-1-skipped", "comparison-skipped", "rule-1-skipped");
    assertThat(cloud.log.messages(Level.WARN))
        .singleElement()
        .asString()
        .contains("hall.press.temperature is a text and DOUBLE(30.5) is a number")
        .doesNotContain("secret");
  }

  @Test
  void aComparisonThatCannotBeMadeDoesNotHoldBackARuleThatHoldsWithoutIt() {
    twin.rules(
        rule(
            "hall.press.temperature > DOUBLE(1) || hall.press.running == BOOLEAN(true)",
            "\"alarm\""));
    check(event("\"temperature\": \"hot\", \"running\": true"));
    assertThat(cloud.invoker.later()).hasSize(1);
    assertThat(cloud.log.counts()).containsExactly("comparison-skipped", "rule-1-fired");
  }

  @Test
  void onlyTheRulesOfTheEventsDeviceAreJudged() {
    twin.rules(HOT, rule("annex.oven-2.heat > DOUBLE(0)", "\"cool\""));
    check(object("{\"device_id\": \"oven-2\", \"heat\": 5, \"temperature\": 99}"));
    assertThat(cloud.invoker.onlyLater().function()).isEqualTo("plant-cool");
  }

  @Test
  @DisplayName("a rule names an entity that the hierarchy does not have before the device")
  void anyEntityMayStandBeforeTheNameOfAComponentOrDevice() {
    twin.rules(
        rule("testEntityId.press.temperature > DOUBLE(0)", "\"alarm\""),
        rule("any.other.press-1.temperature > DOUBLE(0)", "\"alarm\""),
        rule("testEntityId.nothing.temperature > DOUBLE(0)", "\"alarm\""));
    check(event("\"temperature\": 1"));
    assertThat(cloud.invoker.later()).hasSize(2);
  }

  @Test
  @DisplayName("a rule compares device_id or timestamp")
  void whatEveryEventHasMayBeCompared() {
    twin.rules(
        rule(
            "hall.press.device_id == STRING(press-1) && hall.press.timestamp > STRING(2)",
            "\"alarm\""));
    check(event("\"timestamp\": \"2026-01-01T00:00:00.000000Z\""));
    assertThat(cloud.invoker.later()).hasSize(1);
  }

  @Test
  void withoutAHierarchyWhatFollowsADotIsTheDevice() {
    twin.with("twin_hierarchy", new io.twinloom.json.JsonArray(List.of()));
    twin.rules(rule("anything.press-1.temperature > DOUBLE(0)", "\"alarm\""));
    check(event("\"temperature\": 1"));
    assertThat(cloud.invoker.later()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "7",
        "{}",
        "{\"condition\": \"hall.press.strokes > INTEGER(0)\"}",
        "{\"condition\": \"hall.press.strokes >\", \"action\": {\"type\": \"function\","
            + " \"functionName\": \"bad\"}}",
        "{\"condition\": \"no.such.thing > INTEGER(0)\", \"action\": {\"type\": \"function\","
            + " \"functionName\": \"bad\"}}",
        "{\"condition\": \"hall.press.strokes > INTEGER(0)\", \"action\": {\"type\": \"email\","
            + " \"functionName\": \"bad\"}}",
        "{\"condition\": \"hall.press.strokes > INTEGER(0)\", \"action\": {\"type\":"
            + " \"function\"}}",
        "{\"condition\": \"hall.press.strokes > INTEGER(0)\", \"action\": {\"type\":"
            + " \"workflow\", \"functionName\": \"bad\"}}",
        "{\"condition\": \"hall.press.strokes > INTEGER(0)\", \"action\": {\"type\": \"function\","
            + " \"functionName\": \"bad\", \"feedback\": {\"iotDeviceId\": \"press-1\"}}}",
      })
  void aBadRuleIsWarnedOfAndHarmsNoOther(String bad) {
    twin.rules(HOT, bad, ALWAYS);
    check(event("\"temperature\": 31, \"strokes\": 1"));
    assertThat(cloud.invoker.later())
        .extracting(Later::function)
        .containsExactly("plant-alarm", "plant-always");
    assertThat(cloud.log.messages(Level.WARN))
        .singleElement()
        .asString()
        .startsWith("Rule 2 is skipped: ");
  }

  @Test
  void anActionThatThereIsNotBecomesItsOwnDeadLetterAndTheOthersAreDone() {
    twin.rules(HOT, ALWAYS);
    cloud.invoker.fails("plant-alarm", Reason.UNKNOWN_FUNCTION);
    check(event("\"temperature\": 31, \"strokes\": 1"));
    assertThat(cloud.invoker.onlyLater().function()).isEqualTo("plant-always");
    DeadLetter letter = cloud.onlyDeadLetter();
    assertThat(letter.function()).isEqualTo("plant-alarm");
    assertThat(letter.traceId()).isEqualTo("3f0e6c1e-0000-4000-8000-000000000001");
    assertThat(((JsonObject) letter.event()).object("e")).contains(object(HOT));
  }

  @Test
  void anActionThatCannotBeInvokedNowFailsTheInvocationOnceTheOthersAreDone() {
    twin.rules(HOT, ALWAYS);
    cloud.invoker.fails("plant-alarm", Reason.UNAVAILABLE);
    assertThatThrownBy(() -> check(event("\"temperature\": 31, \"strokes\": 1")))
        .isInstanceOfSatisfying(
            InvocationException.class, e -> assertThat(e.reason()).isEqualTo(Reason.UNAVAILABLE));
    assertThat(cloud.invoker.onlyLater().function()).isEqualTo("plant-always");
    assertThat(cloud.deadLetters).isEmpty();
  }

  @Test
  void anActionThatOthersDeployIsInvokedByItsVeryName() {
    twin.rules(rule("hall.press.strokes > INTEGER(0)", "\"their-fn\", \"autoDeploy\": false"));
    check(event("\"strokes\": 1"));
    assertThat(cloud.invoker.onlyLater().function()).isEqualTo("their-fn");
  }

  @Test
  void aRuleWhoseActionIsNotHereIsSkippedWithAWarning() {
    settings.put("ABSENT_FUNCTIONS", "other,their-fn");
    twin.rules(
        rule("hall.press.strokes > INTEGER(0)", "\"their-fn\", \"autoDeploy\": false"), ALWAYS);
    check(event("\"strokes\": 1"));
    assertThat(cloud.invoker.onlyLater().function()).isEqualTo("plant-always");
    assertThat(cloud.log.messages(Level.WARN))
        .containsExactly("Rule 1 is skipped: it runs their-fn, whose code is not here.");
  }

  @Test
  void aMarkedMeasurementSaysWhatWouldFireAndRunsNothing() {
    twin.rules(HOT, ALWAYS, rule("hall.press.strokes > INTEGER(5)", "\"never\""));
    JsonValue result = check(event("\"temperature\": 31, \"strokes\": 1, \"_verify\": \"v1\""));
    assertThat(cloud.invoker.later()).isEmpty();
    assertThat(result)
        .isEqualTo(
            object(
                """
                {"verify": "v1", "would_fire": [
                  {"rule": 1, "condition": "hall.press.temperature > DOUBLE(30.5)",
                   "does": "function plant-alarm"},
                  {"rule": 2, "condition": "hall.press.strokes >= INTEGER(0)",
                   "does": "function plant-always"}]}
                """));
    assertThat(cloud.log.counts()).isEmpty();
    assertThat(cloud.log.notes())
        .anySatisfy(
            note -> assertThat(note.fields()).isEqualTo(Map.of("verify", "v1", "rules", "1, 2")));
  }

  @Test
  void theSameEventAgainRunsItsActionsAgain() {
    twin.rules(HOT);
    check(event("\"temperature\": 31"));
    check(event("\"temperature\": 31"));
    assertThat(cloud.invoker.later()).hasSize(2);
  }

  @Test
  void anEventWithoutDeviceIsADeadLetter() {
    check(object("{\"temperature\": 1}"));
    assertThat(cloud.onlyDeadLetter().error()).contains("device_id");
  }

  /** One checker for several events. */
  private final class EventRun {
    private final io.twinloom.functions.http.HostedFunction checker =
        cloud.function(FunctionKind.EVENT_CHECKER, twin, settings);

    JsonValue check(JsonObject payload) {
      return checker.invoke(
          JsonObject.builder()
              .put("payload", payload)
              .put("trace_id", "3f0e6c1e-0000-4000-8000-000000000001")
              .put("event_id", "PyY0Lw-xWzY")
              .build());
    }
  }

  private JsonValue check(JsonObject payload) {
    return new EventRun().check(payload);
  }

  private static JsonObject event(String values) {
    return object("{\"device_id\": \"press-1\", " + values + "}");
  }

  private static String rule(String condition, String function) {
    return "{\"condition\": \"%s\", \"action\": {\"type\": \"function\", \"functionName\": %s}}"
        .formatted(condition, function);
  }
}
