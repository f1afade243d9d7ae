package io.twinloom.model.reading;

import static io.twinloom.model.reading.Mistake.of;
import static io.twinloom.model.reading.TestProject.good;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WorkflowFilesTest {
  private static final String STEPS = "state_machines/aws_step_function.json";
  private static final String LOGIC = "state_machines/azure_logic_app.json";
  private static final String YAML = "state_machines/google_cloud_workflow.yaml";

  static final String LOGIC_APP =
      """
      {"definition": {
        "$schema": "https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#",
        "triggers": {"manual": {"type": "Request", "kind": "Http"}},
        "actions": {
          "first": {"type": "Http", "runAfter": {}},
          "second": {"type": "Http", "runAfter": {"first": ["Succeeded"]}}
        }
      }}
      """;

  static final String GOOGLE =
      """
      main:
        params: [input]
        steps:
          - first:
              call: http.post
              args:
                url: https://example.com/first
                auth:
                  type: OIDC
              result: answer
          - decide:
              switch:
                - condition: ${answer.body.again}
                  next: first
              next: last
          - last:
              return: ${answer.body}
      """;

  @ParameterizedTest(name = "{0}")
  @MethodSource({"stepFunctions", "logicApps", "workflows"})
  @DisplayName("a workflow's file has a mistake that its cloud would refuse")
  void aMistakeIsReportedAtItsPlace(Mistake mistake) {
    mistake.check();
  }

  static Stream<Mistake> stepFunctions() {
    return Stream.of(
        onAws("a step function without a start", "{\"States\": {}}")
            .error("TL-KEY-MISSING", STEPS, 1, "/StartAt"),
        onAws(
                "a step function that starts nowhere",
                "{\"StartAt\": \"Frist\",\n\"States\": {\"First\": {}}}")
            .error("TL-WORKFLOW-SHAPE", STEPS, 1, "/StartAt")
            .saying("Did you mean \"First\"?"),
        of(
                "a placeholder that nothing runs",
                good().with(STEPS, "{\"StartAt\": \"x\", \"States\": {}}"))
            .warning("TL-WORKFLOW-SHAPE", STEPS, 1, "/StartAt"),
        of("invalid JSON, which nothing runs", good().with(STEPS, "{"))
            .warning("TL-JSON-SYNTAX", STEPS, 1, ""));
  }

  static Stream<Mistake> logicApps() {
    return Stream.of(
        of("a logic app", good().with(LOGIC, LOGIC_APP)),
        logic("a logic app of another schema", "schema.management.azure.com", "evil.example")
            .error("TL-WORKFLOW-SHAPE", LOGIC, 2, "/definition/$schema"),
        logic("a logic app without a schema", "\"$schema\"", "\"_comment\"")
            .error("TL-KEY-MISSING", LOGIC, 1, "/definition/$schema"),
        of(
                "a logic app without its frame",
                good().with(LOGIC, "{\"triggers\": {}, \"actions\": {}}"))
            .error("TL-KEY-MISSING", LOGIC, 1, "/definition")
            .saying("Put what is here into"),
        logic("a logic app without actions", "\"actions\"", "\"action\"")
            .error("TL-KEY-MISSING", LOGIC, 1, "/definition/actions"),
        logic(
                "triggers are a list",
                "{\"manual\": {\"type\": \"Request\", \"kind\": \"Http\"}}",
                "[]")
            .error("TL-VALUE-TYPE", LOGIC, 3, "/definition/triggers"),
        logic("an action without a type", "{\"type\": \"Http\", \"runAfter\": {}}", "{}")
            .error("TL-KEY-MISSING", LOGIC, 5, "/definition/actions/first/type"),
        logic("an action after none", "\"runAfter\": {\"first\"", "\"runAfter\": {\"frist\"")
            .error("TL-WORKFLOW-SHAPE", LOGIC, 6, "/definition/actions/second/runAfter/frist")
            .saying("Did you mean \"first\"?"));
  }

  static Stream<Mistake> workflows() {
    return Stream.of(
        google("a workflow", "", ""),
        of("an empty workflow", onGoogle(" ")).error("TL-WORKFLOW-SHAPE", YAML, 0, ""),
        of("no YAML", onGoogle("main:\n  {bad: [\n\t: : :"))
            .error("TL-WORKFLOW-SHAPE", YAML, 3, "")
            .saying("This is not YAML, at column"),
        of("a text", onGoogle("hello")).error("TL-WORKFLOW-SHAPE", YAML, 1, ""),
        of("two documents", onGoogle(GOOGLE + "---\nmain:\n"))
            .error("TL-WORKFLOW-SHAPE", YAML, 18, ""),
        google("no main", "main:", "mian:")
            .error("TL-WORKFLOW-SHAPE", YAML, 1, "")
            .saying("\"mian\""),
        google("no steps", "  steps:", "  step:")
            .error("TL-WORKFLOW-SHAPE", YAML, 2, "")
            .saying("no \"steps\""),
        google("two steps of one name", "- decide:", "- first:")
            .error("TL-WORKFLOW-SHAPE", YAML, 11, "")
            .saying("\"first\" is at line 4 already"),
        google("a call without auth", "          auth:\n            type: OIDC\n", "")
            .error("TL-WORKFLOW-SHAPE", YAML, 5, "")
            .saying("no \"auth\""),
        google("a call without an address", "          url: https://example.com/first\n", "")
            .error("TL-WORKFLOW-SHAPE", YAML, 5, ""),
        google("a jump to no step", "next: last", "next: lost")
            .error("TL-WORKFLOW-SHAPE", YAML, 15, "")
            .saying("Did you mean \"last\"?"),
        google("a jump from within a switch", "next: first", "next: frist")
            .error("TL-WORKFLOW-SHAPE", YAML, 14, ""),
        google(
                "a name twice",
                "    result: answer\n",
                "    result: answer\n        result: again\n")
            .error("TL-WORKFLOW-SHAPE", YAML, 11, ""),
        of("brackets without end", onGoogle("[".repeat(50_000)))
            .error("TL-WORKFLOW-SHAPE", YAML, 0, ""),
        of("a loop of aliases", onGoogle("main:\n  steps: &s\n    - one:\n        steps: *s\n")));
  }

  @Test
  void aWorkflowInAnotherEncodingIsRefusedByItsName() {
    assertThat(onGoogle("").with(YAML, GOOGLE.getBytes(StandardCharsets.UTF_16)).read().problems())
        .extracting(p -> p.code() + " " + p.message())
        .containsExactly("TL-FILE-ENCODING The file is in UTF-16, not in UTF-8.");
  }

  private static Mistake onAws(String title, String text) {
    return of(title, on("aws").with(STEPS, text));
  }

  private static Mistake logic(String title, String from, String to) {
    return of(title, good().with(LOGIC, LOGIC_APP.replace(from, to)));
  }

  private static TestProject onGoogle(String text) {
    return on("google").with(YAML, text);
  }

  private static Mistake google(String title, String from, String to) {
    return of(title, onGoogle(GOOGLE.replace(from, to)));
  }

  private static TestProject on(String l2) {
    return good()
        .change(
            "config_providers.json",
            "\"layer_2_provider\": \"azure\"",
            "\"layer_2_provider\": \"" + l2 + "\"");
  }
}
