package io.twinloom.functions.event;

import static io.twinloom.functions.fake.Twin.object;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.functions.fake.FakeCloud;
import io.twinloom.functions.fake.FakeInvoker.Later;
import io.twinloom.functions.fake.FakeWorkflows.Started;
import io.twinloom.functions.fake.Twin;
import io.twinloom.functions.port.InvocationException.Reason;
import io.twinloom.functions.port.InvocationLog.Level;
import io.twinloom.json.JsonObject;
import io.twinloom.model.FunctionKind;
import io.twinloom.model.cloud.KnownClouds;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The workflows and the feedback that rules start beside functions. */
class RuleActionsTest {

  private static final String ALWAYS = rule("hall.press.strokes >= INTEGER(0)", "\"always\"");

  private final FakeCloud cloud = new FakeCloud(KnownClouds.AZURE);
  private final Twin twin = new Twin();
  private final Map<String, String> settings = new HashMap<>();

  @Test
  void aWorkflowIsGivenBothFunctionsAndWhatAnActionIsGiven() {
    settings.put("USE_WORKFLOW", "true");
    twin.rules(workflow());
    check(event("\"strokes\": 1"));
    Started started = cloud.workflows.started().getFirst();
    assertThat(started.workflow()).isEqualTo("plant-workflow");
    assertThat(started.run().functions()).containsExactly("plant-first", "plant-second");
    assertThat(started.run().input())
        .isEqualTo(
            JsonObject.builder()
                .put("e", object(workflow()))
                .put("event", event("\"strokes\": 1"))
                .put("trace_id", "3f0e6c1e-0000-4000-8000-000000000001")
                .build());
    assertThat(cloud.invoker.later()).isEmpty();
  }

  @Test
  void whereWorkflowsAreOffTheirRulesAreSkippedWithAWarning() {
    twin.rules(workflow());
    check(event("\"strokes\": 1"));
    assertThat(cloud.workflows.started()).isEmpty();
    assertThat(cloud.log.messages(Level.WARN)).singleElement().asString().contains("USE_WORKFLOW");
  }

  @Test
  void aWorkflowThatThereIsNotIsADeadLetterOfTheWorkflow() {
    settings.put("USE_WORKFLOW", "true");
    twin.rules(workflow(), ALWAYS);
    cloud.workflows.fail(Reason.UNKNOWN_FUNCTION);
    check(event("\"strokes\": 1"));
    assertThat(cloud.onlyDeadLetter().function()).isEqualTo("plant-workflow");
    assertThat(cloud.invoker.onlyLater().function()).isEqualTo("plant-always");
  }

  @Test
  void feedbackInvokesTheFunctionThatSendsIt() {
    settings.put("USE_FEEDBACK", "true");
    settings.put("EVENT_FEEDBACK_LAMBDA_NAME", "plant-event-feedback");
    twin.rules(feedback());
    check(event("\"strokes\": 1"));
    assertThat(cloud.invoker.later())
        .extracting(Later::function)
        .containsExactly("plant-slow", "plant-event-feedback");
    JsonObject sent = cloud.invoker.later().getLast().event();
    assertThat(sent.text("message_type")).contains("command");
    assertThat(sent.text("trace_id")).contains("3f0e6c1e-0000-4000-8000-000000000001");
    assertThat(sent.text("event_id")).contains("PyY0Lw-xWzY");
    assertThat(sent.object("payload"))
        .contains(
            object(
                "{\"digitalTwinName\": \"plant\", \"iotDeviceId\": \"oven-2\","
                    + " \"payload\": {\"heat\": 0}, \"event\": {\"device_id\": \"press-1\","
                    + " \"strokes\": 1}, \"rule\": 1}"));
  }

  @Test
  void whereFeedbackIsOffTheActionRunsAndAWarningSaysSo() {
    twin.rules(feedback());
    check(event("\"strokes\": 1"));
    assertThat(cloud.invoker.onlyLater().function()).isEqualTo("plant-slow");
    assertThat(cloud.log.messages(Level.WARN)).singleElement().asString().contains("USE_FEEDBACK");
  }

  @Test
  void feedbackThatCannotBeInvokedDoesNotStopTheAction() {
    settings.put("USE_FEEDBACK", "true");
    settings.put("EVENT_FEEDBACK_LAMBDA_NAME", "plant-event-feedback");
    twin.rules(feedback());
    cloud.invoker.fails("plant-event-feedback", Reason.UNKNOWN_FUNCTION);
    check(event("\"strokes\": 1"));
    assertThat(cloud.invoker.onlyLater().function()).isEqualTo("plant-slow");
    assertThat(cloud.onlyDeadLetter().function()).isEqualTo("plant-event-feedback");
  }

  private void check(JsonObject payload) {
    cloud
        .function(FunctionKind.EVENT_CHECKER, twin, settings)
        .invoke(
            JsonObject.builder()
                .put("payload", payload)
                .put("trace_id", "3f0e6c1e-0000-4000-8000-000000000001")
                .put("event_id", "PyY0Lw-xWzY")
                .build());
  }

  private static JsonObject event(String values) {
    return object("{\"device_id\": \"press-1\", " + values + "}");
  }

  private static String rule(String condition, String function) {
    return "{\"condition\": \"%s\", \"action\": {\"type\": \"function\", \"functionName\": %s}}"
        .formatted(condition, function);
  }

  private static String workflow() {
    return "{\"condition\": \"hall.press.strokes > INTEGER(0)\", \"action\": {\"type\":"
        + " \"workflow\", \"functionName\": \"first\", \"functionNameB\": \"second\"}}";
  }

  private static String feedback() {
    return rule(
        "hall.press.strokes > INTEGER(0)",
        "\"slow\", \"feedback\": {\"type\": \"mqtt\", \"iotDeviceId\": \"oven-2\", \"payload\":"
            + " {\"heat\": 0}}");
  }
}
