package io.twinloom.aws.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinloom.deployer.CloudOperations.FunctionState;
import io.twinloom.deployer.PreparedProject;
import io.twinloom.deployer.cloud.AccountOperations.LogRequest;
import io.twinloom.deployer.cloud.Deployment;
import io.twinloom.deployer.control.DeadLetterEntry;
import io.twinloom.deployer.control.LogLine;
import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.model.Project;
import io.twinloom.model.TwinloomException;
import io.twinloom.testkit.aws.FakeAws;
import io.twinloom.testkit.aws.FakeAws.Answer;
import io.twinloom.testkit.project.ProjectBuilder;
import io.twinloom.topology.DeployedFunction;
import io.twinloom.topology.Topology;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is asked of a twin on AWS: its logs, dead letters, functions and twin service. */
class AwsOperationsTest {

  private static final Instant NOW = Instant.parse("2026-03-01T12:30:00Z");

  @TempDir Path folder;

  private final FakeLetters letters = new FakeLetters();
  private final Map<String, String> objects = letters.objects;
  private FakeAws aws;
  private AwsDeployClients clients;
  private AwsOperations operations;
  private Topology topology;

  @BeforeEach
  void start() throws IOException {
    aws = new FakeAws(letters::answer);
    Project project = ProjectBuilder.of("hall").readFrom(folder.resolve("hall"));
    topology = Topology.of(project);
    JsonObject outputs =
        json(
            """
            {"buckets": {"dead-letters": "letters"},
             "functions": {
               "hall-dispatcher": {"id": "hall-dispatcher", "log_group": "/aws/lambda/hall-dispatcher"},
               "hall-persister": {"id": "hall-persister", "log_group": "/aws/lambda/hall-persister"}},
             "twin": {"workspace": "hall-twin-graph"}}
            """);
    clients = StandInClients.of(aws, folder);
    operations =
        new AwsOperations(
            clients,
            new Deployment(new PreparedProject(folder, "d", project, topology, List.of()), outputs),
            () -> NOW);
  }

  @AfterEach
  void stop() {
    clients.close();
    aws.close();
  }

  private static JsonObject json(String text) {
    return Json.parseObject(text.getBytes(StandardCharsets.UTF_8));
  }

  /** On this cloud, which carries everything. */
  private static boolean replay(AwsOperations operations, String id) {
    return operations.replay(id, function -> operations);
  }

  private DeployedFunction function(String name) {
    return topology.function(name).orElseThrow();
  }

  @Test
  void aLetterThatAFunctionWroteIsReadAsItWasWritten() {
    objects.put(
        "dead-letters/hall-dispatcher/hall-dispatcher/1.json",
        """
        {"time": "2026-03-01T09:00:00.000000Z", "function": "hall-dispatcher", "error": "invalid JSON",
         "attempts": 1, "trace_id": "t-1", "event": {"payload": "x"}}
        """);
    DeadLetterEntry letter = only();
    assertThat(letter.function()).isEqualTo("hall-dispatcher");
    assertThat(letter.error()).isEqualTo("invalid JSON");
    assertThat(letter.time()).isEqualTo(Instant.parse("2026-03-01T09:00:00Z"));
    assertThat(letter.event()).isEqualTo(json("{\"payload\":\"x\"}"));
  }

  @Test
  void whatLambdaGaveUpIsALetterOfTheFunctionThatFailed() {
    objects.put(
        "aws/lambda/async/hall-persister/1.json",
        """
        {"version": "1.0", "timestamp": "2026-03-01T09:00:00.000Z",
         "requestContext": {"requestId": "r", "condition": "RetriesExhausted",
           "functionArn": "arn:aws:lambda:eu-central-1:123456789012:function:hall-persister:$LATEST",
           "approximateInvokeCount": 3},
         "requestPayload": {"trace_id": "t-2", "payload": {"a": 1.50}},
         "responsePayload": {"errorMessage": "The store did not answer"}}
        """);
    DeadLetterEntry letter = only();
    assertThat(letter.function()).isEqualTo("hall-persister");
    assertThat(letter.error()).isEqualTo("The store did not answer");
    assertThat(letter.attempts()).isEqualTo(3);
    assertThat(letter.traceId()).isEqualTo("t-2");
    assertThat(letter.event().toString()).as("numbers stay as they were").contains("1.50");
  }

  @Test
  void aMessageThatNeverCameToTheDispatcherIsOneOfItsLetters() {
    objects.put(
        "iot-rule/1.json",
        """
        {"ruleName": "hall_telemetry", "topic": "dt/hall/sensor-1/telemetry", "clientId": "c",
         "cloudwatchTraceId": "m-1", "base64OriginalPayload": "e30=",
         "failures": [{"failedAction": "LambdaAction", "errorMessage": "throttled"}]}
        """);
    DeadLetterEntry letter = only();
    assertThat(letter.function()).isEqualTo("hall-dispatcher");
    assertThat(letter.error()).isEqualTo("throttled");
    assertThat(letter.event().toString())
        .contains("\"channel_device\":\"sensor-1\"", "\"payload_base64\":\"e30=\"", "\"m-1\"");
  }

  @Test
  void aReplayedLetterGoesToItsFunctionAgainAndIsForgotten() {
    objects.put(
        "dead-letters/hall-dispatcher/hall-dispatcher/1.json",
        "{\"function\": \"hall-dispatcher\", \"error\": \"e\", \"attempts\": 1, \"trace_id\":"
            + " \"t\", \"event\": {\"payload\": \"x\"}}");
    String id = only().id();
    assertThat(replay(operations, id)).isTrue();
    assertThat(aws.asked)
        .filteredOn(r -> r.path().contains("/functions/hall-dispatcher/invocations"))
        .singleElement()
        .satisfies(
            r ->
                assertThat(r.body()).isEqualTo("{\"payload\":\"x\",\"replay_of\":\"" + id + "\"}"));
    assertThat(objects).isEmpty();
    assertThat(replay(operations, "aws:dead-letters/hall-dispatcher/hall-dispatcher/1.json"))
        .isFalse();
  }

  @Test
  void youngLettersWithATextInTheirEventAreRemovedAndNoOthers() {
    for (int n = 1; n <= 2; n++) {
      objects.put(
          "dead-letters/hall-persister/hall-persister/" + n + ".json",
          "{\"function\": \"f\", \"error\": \"e\", \"attempts\": 1, \"trace_id\": \"t\", \"event\":"
              + " {\"payload\": {\"_verify\": \"a-"
              + n
              + "\"}}}");
    }
    objects.put(
        "aws/lambda/async/hall-persister/1.json",
        "{\"requestPayload\": {\"payload\": {\"_verify\": \"a-1\"}}}");
    // {"_verify": "a-1"}
    objects.put("iot-rule/1.json", "{\"base64OriginalPayload\": \"eyJfdmVyaWZ5IjogImEtMSJ9\"}");
    Instant stored = Instant.parse("2026-03-01T10:00:00Z");

    operations.removeDeadLetters("a-1", stored.plusSeconds(3600));
    assertThat(objects).as("of another hour").hasSize(4);

    operations.removeDeadLetters("a-1", stored);
    assertThat(objects).containsOnlyKeys("dead-letters/hall-persister/hall-persister/2.json");
  }

  @Test
  void onlyDeadLettersCanBeReplayedNotAnyObject() {
    objects.put("secrets/key.json", "{\"event\": {}}");
    assertThat(replay(operations, "aws:secrets/key.json")).isFalse();
    assertThat(replay(operations, "google:dead-letters/x")).isFalse();
    assertThat(aws.asked).isEmpty();
  }

  private DeadLetterEntry only() {
    assertThat(operations.deadLetters(10).total()).isEqualTo(1);
    return operations.deadLetters(10).items().getFirst();
  }

  @Test
  void theLogsLinesAreThoseOfTheFunctionsAndWhatUserCodePrintedInOneShape() {
    aws.answer(
        request ->
            Answer.json(
                """
                {"events": [
                  {"timestamp": 1772366400000, "message": "START RequestId: 1 Version: $LATEST"},
                  {"timestamp": 1772366400001, "message": "{\\"time\\":\\"2026-03-01T12:00:00.001Z\\",\\"level\\":\\"INFO\\",\\"function\\":\\"hall-dispatcher\\",\\"cloud\\":\\"aws\\",\\"trace_id\\":\\"t\\",\\"outcome\\":\\"ok\\",\\"ms\\":1}"},
                  {"timestamp": 1772366400002, "message": "{\\"_aws\\":{},\\"moved\\":1}"},
                  {"timestamp": 1772366400003, "message": "it is warm\\n"},
                  {"timestamp": 1772366400004, "message": "REPORT RequestId: 1\\tDuration: 3 ms"},
                  {"timestamp": 1772366400005, "message": "2026-03-01 Task timed out after 30.00 seconds"}]}
                """));
    List<LogLine> lines =
        operations.log(
            new LogRequest(
                Optional.of(function("hall-dispatcher")),
                Optional.empty(),
                NOW.minusSeconds(60),
                100));
    assertThat(lines).hasSize(3);
    assertThat(lines.get(0).outcome()).contains("ok");
    assertThat(lines.get(1).message()).contains("it is warm");
    assertThat(lines.get(1).function()).isEqualTo("hall-dispatcher");
    assertThat(lines.get(2).level()).isEqualTo("ERROR");
  }

  @Test
  void theLogOfAFunctionThatNeverRanIsEmpty() {
    aws.answer(
        request ->
            new Answer(
                400,
                "application/x-amz-json-1.1",
                "{\"__type\":\"ResourceNotFoundException\",\"message\":\"no such group\"}"));
    assertThat(
            operations.log(new LogRequest(Optional.empty(), Optional.of("t"), Instant.EPOCH, 10)))
        .isEmpty();
  }

  @Test
  void aTraceIsLookedForByTheCloudAndNeverAsAPattern() {
    aws.answer(request -> Answer.json("{\"events\": []}"));
    operations.log(
        new LogRequest(
            Optional.of(function("hall-dispatcher")), Optional.of("t-1"), Instant.EPOCH, 10));
    operations.log(
        new LogRequest(
            Optional.of(function("hall-dispatcher")), Optional.of("\" || \""), Instant.EPOCH, 10));
    assertThat(aws.asked.get(0).body()).contains("\"filterPattern\":\"\\\"t-1\\\"\"");
    assertThat(aws.asked.get(1).body()).doesNotContain("filterPattern");
  }

  @Test
  void functionsAreCountedAndThoseThatAreGoneAreLeftOut() {
    aws.answer(
        request -> {
          if (request.path().contains("hall-persister")) {
            return new Answer(
                404,
                "application/json",
                "{\"__type\":\"ResourceNotFoundException\",\"Message\":\"not found\"}");
          }
          if (request.path().contains("/functions/")) {
            return Answer.json("{\"State\":\"Active\",\"LastUpdateStatus\":\"Successful\"}");
          }
          return Answer.xml(
              "<GetMetricDataResponse><GetMetricDataResult><MetricDataResults>"
                  + metric("i0", "7", "2026-03-01T12:00:00Z")
                  + metric("e0", "2", "2026-03-01T11:00:00Z")
                  + "</MetricDataResults></GetMetricDataResult></GetMetricDataResponse>");
        });
    Map<String, FunctionState> states =
        operations.functions(List.of(function("hall-dispatcher"), function("hall-persister")));
    assertThat(states).containsOnlyKeys("hall-dispatcher");
    FunctionState dispatcher = states.get("hall-dispatcher");
    assertThat(dispatcher.active()).isTrue();
    assertThat(dispatcher.counts().invocations()).isEqualTo(7);
    assertThat(dispatcher.counts().errors()).isEqualTo(2);
    assertThat(dispatcher.counts().lastEvent()).isEqualTo("2026-03-01T12:00:00Z");
  }

  @Test
  void theNewestRunSaysHowFarTheMoverIsBehind() {
    aws.answer(
        request ->
            Answer.xml(
                "<GetMetricDataResponse><GetMetricDataResult><MetricDataResults>"
                    + "<member><Id>overdue</Id><Values><member>40.0</member>"
                    + "<member>90.0</member></Values></member>"
                    + "</MetricDataResults></GetMetricDataResult></GetMetricDataResponse>"));
    assertThat(operations.overdue(function("hall-hot-to-cold-mover")))
        .isEqualTo(Duration.ofHours(40));
    assertThat(aws.asked.getLast().body())
        .contains("hot-item-overdue-hours", "hall-hot-to-cold-mover", "TimestampDescending");
  }

  @Test
  void aMoverWhoseRunsSaidNothingIsNotBehind() {
    aws.answer(
        request ->
            Answer.xml("<GetMetricDataResponse><GetMetricDataResult/></GetMetricDataResponse>"));
    assertThat(operations.overdue(function("hall-hot-to-cold-mover"))).isZero();
  }

  private static String metric(String id, String value, String time) {
    return "<member><Id>"
        + id
        + "</Id><Values><member>"
        + value
        + "</member></Values><Timestamps><member>"
        + time
        + "</member></Timestamps></member>";
  }

  @Test
  void theTwinIsAskedInItsOwnShapesAndNoNumberIsChanged() {
    aws.answer(
        request ->
            Answer.json(
                "{\"propertyValues\":[{\"values\":[{\"value\":{\"doubleValue\":1.50}}]}]}"));
    JsonObject answer =
        operations
            .readTwin(
                "GetPropertyValueHistory",
                json("{\"entityId\":\"line-1\",\"selectedProperties\":[\"force\"]}"))
            .response();
    assertThat(answer.toString()).contains("1.50");
    FakeAws.Request asked = aws.asked.getFirst();
    assertThat(asked.path()).isEqualTo("/workspaces/hall-twin-graph/entity-properties/history");
    assertThat(asked.body()).contains("\"entityId\":\"line-1\"");
  }

  @Test
  void whatTheTwinRefusesIsReportedInItsWords() {
    aws.answer(
        request -> new Answer(400, "application/json", "{\"message\":\"no such property\"}"));
    assertThatThrownBy(() -> operations.readTwin("GetPropertyValue", JsonObject.EMPTY))
        .isInstanceOfSatisfying(
            TwinloomException.class, e -> assertThat(e.what()).contains("no such property"));
  }
}
