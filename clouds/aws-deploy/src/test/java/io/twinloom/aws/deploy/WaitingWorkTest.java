package io.twinloom.aws.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.testkit.aws.FakeAws;
import io.twinloom.testkit.aws.FakeAws.Answer;
import io.twinloom.testkit.project.ProjectBuilder;
import io.twinloom.topology.Topology;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What AWS is asked of functions that are about to leave it, and what is made of its answers. */
class WaitingWorkTest {

  private static final String CODE = "def process(event):\n    return event\n";

  @TempDir Path folder;

  /** Visible, in flight and delayed, by queue. */
  private final Map<String, String> queues = new TreeMap<>();

  private final Set<String> gone = new HashSet<>();
  private String executions = "";
  private String metrics = "";
  private FakeAws aws;
  private AwsDeployClients clients;
  private Topology topology;

  @BeforeEach
  void start() throws IOException {
    aws = new FakeAws(this::answer);
    clients = StandInClients.of(aws, folder);
    topology =
        Topology.of(
            ProjectBuilder.of("hall")
                .devices(1)
                .rule("hall.sensor-1.temperature > DOUBLE(70)", "alarm", CODE)
                .feature("triggerNotificationWorkflow")
                .readFrom(folder.resolve("hall")));
  }

  @AfterEach
  void stop() {
    clients.close();
    aws.close();
  }

  private Answer answer(FakeAws.Request request) {
    if (request.body().contains("GetMetricData")) {
      return Answer.xml(
          "<GetMetricDataResponse><GetMetricDataResult><MetricDataResults>"
              + metrics
              + "</MetricDataResults></GetMetricDataResult></GetMetricDataResponse>");
    }
    JsonObject asked = Json.parseObject(request.body().getBytes(StandardCharsets.UTF_8));
    if (asked.text("stateMachineArn").isPresent()) {
      assertThat(asked.text("statusFilter")).contains("RUNNING");
      return new Answer(
          200, "application/x-amz-json-1.0", "{\"executions\": [" + executions + "]}");
    }
    String url = asked.text("QueueUrl").orElseThrow();
    String queue = url.substring(url.lastIndexOf('/') + 1);
    if (gone.contains(queue)) {
      return new Answer(
          400,
          "application/x-amz-json-1.0",
          "{\"__type\": \"com.amazonaws.sqs#QueueDoesNotExist\", \"message\": \"gone\"}");
    }
    String[] counts = queues.getOrDefault(queue, "0 0 0").split(" ", -1);
    return new Answer(
        200,
        "application/x-amz-json-1.0",
        """
        {"Attributes": {"ApproximateNumberOfMessages": "%s",
          "ApproximateNumberOfMessagesNotVisible": "%s",
          "ApproximateNumberOfMessagesDelayed": "%s"}}
        """
            .formatted(counts[0], counts[1], counts[2]));
  }

  private List<String> waiting() {
    JsonObject outputs =
        JsonObject.builder()
            .put("queues", object("url", aws.address() + "/1/"))
            .put("workflows", object("hall-workflow", "arn:aws:states:eu-central-1:1:it"))
            .build();
    return new WaitingWork(clients, outputs, Instant.parse("2026-03-01T12:00:00Z"))
        .of(topology.functions());
  }

  private static JsonObject object(String key, String value) {
    return JsonObject.builder().put(key, value).build();
  }

  @Test
  void whereNothingIsFoundNothingWaits() {
    assertThat(waiting()).isEmpty();
    assertThat(aws.asked)
        .as("the queues, the workflow and the action are asked for")
        .anyMatch(asked -> asked.body().contains("hall-persister"))
        .anyMatch(asked -> asked.body().contains("arn:aws:states"))
        .anyMatch(asked -> asked.body().contains("AsyncEventsReceived"));
  }

  @Test
  void messagesInFlightOrPutOffWaitAsThoseDoThatNobodyHasTaken() {
    queues.put("hall-persister", "1 2 3");
    queues.put("hall-processor", "0 0 1");
    queues.put("hall-dispatcher", "0 1 0");
    assertThat(waiting())
        .containsExactly(
            "1 message for hall-dispatcher",
            "1 message for hall-processor",
            "6 messages for hall-persister");
  }

  @Test
  void forAQueueThatIsGoneNothingWaits() {
    queues.put("hall-persister", "1 0 0");
    gone.add("hall-persister");
    assertThat(waiting()).isEmpty();
  }

  @Test
  void aWorkflowThatRunsIsWaitedFor() {
    executions =
        "{\"executionArn\": \"a\", \"stateMachineArn\": \"b\", \"name\": \"c\","
            + " \"status\": \"RUNNING\", \"startDate\": 1}";
    assertThat(waiting()).containsExactly("1 run of hall-workflow");
  }

  @Test
  void anActionThatWasGivenEventsLatelyMayBeGivenThemAgain() {
    metrics =
        "<member><Id>m0_0</Id><Values><member>0.0</member></Values></member>"
            + "<member><Id>m0_2</Id><Values><member>2.0</member></Values></member>";
    assertThat(waiting()).containsExactly("hall-alarm was given events within 10 minutes");
    assertThat(aws.asked.getLast().body())
        .contains("StartTime=2026-03-01T11%3A50%3A00Z", "Throttles", "hall-alarm");
  }
}
