package io.twinloom.aws.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.twinloom.deployer.PreparedProject;
import io.twinloom.deployer.cloud.Deployment;
import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.model.Layer;
import io.twinloom.model.Project;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.cloud.KnownClouds;
import io.twinloom.testkit.aws.FakeAws;
import io.twinloom.testkit.aws.FakeAws.Answer;
import io.twinloom.testkit.project.ProjectBuilder;
import io.twinloom.topology.Topology;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A replay runs with the rights of who replays: it invokes what key and topology say, whatever the
 * content of a letter names.
 */
class DeadLetterReplayTest {

  private static final String CODE = "def process(event):\n    return event\n";

  /** Names an expensive function, a foreign one, and an address, wherever a reader might look. */
  private static final String FORGED =
      """
      {"time": "2026-03-01T09:00:00.000000Z", "function": "hall-hot-to-cold-mover", "error": "e",
       "attempts": 3, "trace_id": "t", "event": {"now": "2100-01-01T00:00:00Z"},
       "version": "1.0", "timestamp": "2026-03-01T09:00:00.000Z",
       "requestContext": {"approximateInvokeCount": 3, "condition": "RetriesExhausted",
         "functionArn": "arn:aws:lambda:eu-central-1:123456789012:function:payroll-run:$LATEST"},
       "requestPayload": {"pay": "me"},
       "topic": "dt/hall/sensor-1/telemetry", "base64OriginalPayload": "e30=",
       "targetArn": "arn:aws:lambda:eu-central-1:123456789012:function:payroll-run"}
      """;

  @TempDir Path folder;

  private final Map<String, String> objects = new TreeMap<>();
  private FakeAws aws;
  private AwsDeployClients clients;

  @BeforeEach
  void start() throws IOException {
    aws = new FakeAws(this::answer);
    clients = StandInClients.of(aws, folder);
  }

  @AfterEach
  void stop() {
    clients.close();
    aws.close();
  }

  private Answer answer(FakeAws.Request request) {
    if (request.path().contains("/invocations")) {
      return new Answer(202, "application/json", "");
    }
    if (request.body().contains("stateMachineArn")) {
      return new Answer(
          200, "application/x-amz-json-1.0", "{\"executionArn\": \"arn:x\", \"startDate\": 1}");
    }
    String key = request.path().replaceFirst("/letters/", "").replaceFirst("\\?.*", "");
    if (request.method().equals("DELETE")) {
      objects.remove(key);
      return new Answer(204, "text/xml", "");
    }
    return objects.containsKey(key)
        ? new Answer(200, "application/json", objects.get(key))
        : new Answer(404, "text/xml", "<Error><Code>NoSuchKey</Code></Error>");
  }

  private ProjectBuilder twin() {
    JsonObject theirs =
        json(
            """
            {"condition": "hall.sensor-1.temperature > DOUBLE(90)",
             "action": {"type": "function", "functionName": "theirs", "autoDeploy": false}}
            """);
    JsonObject chain =
        json(
            """
            {"condition": "hall.sensor-1.temperature > DOUBLE(80)",
             "action": {"type": "workflow", "functionName": "first", "functionNameB": "second"}}
            """);
    return ProjectBuilder.of("hall")
        .defaultProcessor(CODE)
        .rule("hall.sensor-1.temperature > DOUBLE(70)", "alarm", CODE)
        .rule(theirs)
        .rule(chain)
        .file("event_actions/theirs/process.py", CODE)
        .file("event_actions/first/process.py", CODE)
        .file("event_actions/second/process.py", CODE)
        .feature("triggerNotificationWorkflow");
  }

  private AwsOperations operations(ProjectBuilder builder) {
    Project project = builder.readFrom(folder.resolve("hall"));
    Topology topology = Topology.of(project);
    JsonObject outputs =
        json(
            """
            {"buckets": {"dead-letters": "letters"},
             "workflows": {"hall-workflow": "arn:aws:states:eu-central-1:1:stateMachine:hall-workflow"}}
            """);
    return new AwsOperations(
        clients,
        new Deployment(new PreparedProject(folder, "d", project, topology, List.of()), outputs),
        java.time.Instant::now);
  }

  private static JsonObject json(String text) {
    return Json.parseObject(text.getBytes(StandardCharsets.UTF_8));
  }

  /** On this cloud, which carries everything. */
  private static boolean replay(AwsOperations operations, String id) {
    return operations.replay(id, function -> operations);
  }

  private List<String> invoked() {
    return aws.asked.stream()
        .map(FakeAws.Request::path)
        .filter(path -> path.contains("/invocations"))
        .map(path -> path.replaceFirst(".*/functions/([^/]*)/.*", "$1"))
        .toList();
  }

  @ParameterizedTest
  @CsvSource({
    "dead-letters/hall-persister/hall-persister/1.json, hall-persister",
    "dead-letters/hall-event-checker/hall-alarm/1.json, hall-alarm",
    "dead-letters/hall-event-checker/theirs/1.json, theirs",
    "dead-letters/hall-workflow/hall-second/1.json, hall-second",
    "aws/lambda/async/hall-alarm/2026/03/01/1.json, hall-alarm",
    "aws/lambda/async/hall-processor/2026/03/01/1.json, hall-processor",
    "iot-rule/1.json, hall-dispatcher",
  })
  @DisplayName("a dead letter is forged")
  void whateverALetterSaysTheFunctionThatItsKeyNamesIsInvoked(String key, String function) {
    objects.put(key, FORGED);
    assertThat(replay(operations(twin()), "aws:" + key)).isTrue();
    assertThat(invoked()).containsExactly(function);
    assertThat(objects).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "dead-letters/hall-alarm/hall-alarm/1.json, writes no dead letters",
    "dead-letters/hall-default-processor/hall-default-processor/1.json, writes no dead letters",
    "aws/lambda/async/hall-default-processor/2026/03/01/1.json, writes no dead letters",
    "aws/lambda/async/payroll-run/2026/03/01/1.json, has no function payroll-run",
    "dead-letters/payroll-run/payroll-run/1.json, has no function payroll-run",
    "dead-letters/hall-event-checker/payroll-run/1.json, may not invoke a function payroll-run",
    "dead-letters/hall-persister/hall-hot-to-cold-mover/1.json, may not invoke",
    "dead-letters/hall-event-checker/hall-workflow/1.json, its event is no run of a workflow",
    "dead-letters/hall-persister/hall-workflow/1.json, may not invoke",
    "dead-letters/hall-workflow/hall-workflow/1.json, may not invoke",
    "dead-letters/hall-persister/1.json, its key names no function",
    "dead-letters/hall-persister/hall-persister/more/1.json, its key names no function",
  })
  void aKeyThatNamesNoFunctionItsWriterMayInvokeIsRefusedAndTheLetterStays(String key, String why) {
    objects.put(key, FORGED);
    AwsOperations operations = operations(twin());
    TwinloomException e =
        catchThrowableOfType(TwinloomException.class, () -> replay(operations, "aws:" + key));
    assertThat(e.code()).isEqualTo("TL-DEAD-LETTER-REFUSED");
    assertThat(e.what()).contains(why);
    assertThat(invoked()).isEmpty();
    assertThat(objects).containsOnlyKeys(key);
  }

  @Test
  void aRunOfTheWorkflowIsStartedAgainWithTheFunctionsOfARuleAndNoOthers() {
    String key = "dead-letters/hall-event-checker/hall-workflow/1.json";
    String letter =
        """
        {"time": "2026-03-01T09:00:00.000000Z", "function": "x", "error": "e", "attempts": 1,
         "trace_id": "t", "event": {"functions": ["hall-first", "%s"], "input": {"trace_id": "t"}}}
        """;
    AwsOperations operations = operations(twin());
    objects.put(key, letter.formatted("payroll-run"));
    TwinloomException e =
        catchThrowableOfType(TwinloomException.class, () -> replay(operations, "aws:" + key));
    assertThat(e.what()).contains("no rule runs the functions");
    assertThat(aws.asked).noneMatch(r -> r.body().contains("stateMachineArn"));

    objects.put(key, letter.formatted("hall-second"));
    assertThat(replay(operations, "aws:" + key)).isTrue();
    assertThat(aws.asked)
        .filteredOn(r -> r.body().contains("stateMachineArn"))
        .singleElement()
        .satisfies(
            r ->
                assertThat(r.body())
                    .contains("arn:aws:states:eu-central-1:1:stateMachine:hall-workflow")
                    .contains("hall-first", "hall-second"));
    assertThat(objects).isEmpty();
    assertThat(invoked()).isEmpty();
  }

  @Test
  @DisplayName("a layer moved to another cloud, and its dead letters are replayed")
  void aLetterIsReplayedByTheCloudThatCarriesTheLayerNow() {
    String key = "dead-letters/hall-dispatcher/hall-dispatcher/1.json";
    objects.put(key, FORGED);
    objects.put("iot-rule/1.json", FORGED);
    AwsOperations operations =
        operations(ProjectBuilder.of("hall").on(Layer.L1, KnownClouds.AZURE));
    for (String id : List.of("aws:" + key, "aws:iot-rule/1.json")) {
      assertThat(operations.replayable(id).orElseThrow().function())
          .as("the function's name in the topology, which says where it is")
          .isEqualTo("hall-dispatcher");
    }
    assertThat(invoked()).isEmpty();
  }

  @Test
  void anEventThatIsNoObjectIsRefusedWithTheReason() {
    String key = "dead-letters/hall-dispatcher/hall-dispatcher/1.json";
    objects.put(key, "no letter");
    AwsOperations operations = operations(twin());
    TwinloomException e =
        catchThrowableOfType(TwinloomException.class, () -> replay(operations, "aws:" + key));
    assertThat(e.what()).contains("not a JSON object");
    assertThat(objects).containsOnlyKeys(key);
  }
}
