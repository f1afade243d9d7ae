package io.twinloom.local.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.twinloom.functions.port.DeadLetter;
import io.twinloom.json.Json;
import io.twinloom.json.JsonNumber;
import io.twinloom.json.JsonObject;
import io.twinloom.local.LocalClouds.FunctionCounts;
import io.twinloom.local.store.SqliteDeadLetters;
import io.twinloom.model.Layer;
import io.twinloom.model.cloud.KnownClouds;
import io.twinloom.testkit.faults.FaultProxy;
import io.twinloom.testkit.patience.Patience;
import io.twinloom.testkit.project.ProjectBuilder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * What happens because of a measurement, with the devices on aws, the rules on google and the store
 * on azure; every test has a range of temperatures of its own, in which its rules hold.
 */
@TestMethodOrder(MethodOrderer.Random.class)
class EventsOverThreeCloudsTest {

  private static final String GATEWAY = "gcp_l2_to_aws_l1_feedback";
  private static final Duration LONG = Patience.LIMIT;

  @TempDir static Path folder;
  private static EventTwin twin;

  @BeforeAll
  static void start() {
    ProjectBuilder project =
        ProjectBuilder.of("events")
            .on(Layer.L1, KnownClouds.AWS)
            .on(Layer.L2, KnownClouds.GOOGLE)
            .on(Layer.L3_HOT, KnownClouds.AZURE)
            .on(Layer.L3_COLD, KnownClouds.AZURE)
            .on(Layer.L3_ARCHIVE, KnownClouds.AZURE)
            .without(Layer.L4)
            .device("press", "t")
            .device("lamp", "on")
            .feature("useEventChecking")
            .feature("triggerNotificationWorkflow")
            .feature("returnFeedbackToDevice")
            .file("event_feedback/process.py", feedbackCode());
    action(project, 10, "function", "\"alarm\"", lamp("alarm"));
    action(project, 10, "workflow", "\"count\", \"functionNameB\": \"report\"", "");
    action(project, 20, "function", "\"quiet\"", lamp("offline"));
    action(project, 30, "function", "\"crash\"", "");
    action(project, 30, "function", "\"exit\"", "");
    action(project, 30, "function", "\"calm\"", lamp("crash"));
    action(project, 40, "function", "\"hang\"", "");
    action(project, 40, "function", "\"still\"", "");
    action(project, 50, "function", "\"theirs\", \"autoDeploy\": false", "");
    action(project, 50, "function", "\"gone\", \"autoDeploy\": false", lamp("gone"));
    action(project, 50, "function", "\"nothing\"", "");
    action(project, 60, "function", "\"noisy\"", lamp("away"));
    action(project, 70, "function", "\"other\"", lamp("lost"));
    action(project, 80, "function", "\"plain\"", lamp("bad code"));
    action(project, 90, "function", "\"marked\"", lamp("marked"));
    for (String name :
        List.of(
            "alarm", "report", "quiet", "calm", "still", "theirs", "noisy", "other", "plain",
            "marked")) {
      code(project, name, EventTwin.noting(folder, name, "{}"));
    }
    code(
        project,
        "count",
        EventTwin.noting(folder, "count", "{\"sum\": event[\"event\"][\"t\"] * 2}"));
    code(project, "nothing", EventTwin.noting(folder, "nothing", "None"));
    code(project, "crash", "def process(event):\n    return event[\"no such key\"]\n");
    code(project, "exit", "import os\n\ndef process(event):\n    os._exit(3)\n");
    code(project, "hang", "def process(event):\n    while True:\n        pass\n");
    twin = EventTwin.start(folder, project);
  }

  @AfterAll
  static void stop() {
    twin.close();
  }

  @AfterEach
  void leave() {
    twin.proxy(GATEWAY).set(FaultProxy.Fault.NONE);
    twin.leave();
  }

  @Test
  void oneMeasurementRunsAFunctionAndAWorkflowAndReachesADeviceOnAnotherCloud() throws Exception {
    BlockingQueue<String> lamp = twin.listen("lamp");
    twin.measure("press", "{\"t\": 15.5, \"timestamp\": \"2026-01-01T00:00:00Z\"}");

    assertThat(command(lamp, "alarm"))
        .isEqualTo("{\"why\":\"alarm\",\"t\":15.5,\"lamp\":\"lamp\"}");
    await().until(() -> !twin.notes("report").isEmpty());
    JsonObject alarm = json(twin.notes("alarm").getFirst());
    assertThat(alarm.object("e").orElseThrow().text("condition").orElseThrow())
        .startsWith("x.press.t > DOUBLE(10)");
    assertThat(alarm.object("event").orElseThrow().text("device_id")).contains("press");
    assertThat(alarm.text("trace_id").orElseThrow()).hasSize(36);
    JsonObject report = json(twin.notes("report").getFirst());
    assertThat(report.object("result").orElseThrow().get("sum")).isEqualTo(new JsonNumber("31.0"));
    assertThat(report.text("trace_id")).isEqualTo(alarm.text("trace_id"));
    assertThat(invocations("events-workflow")).isEqualTo(2);
    assertThat(twin.clouds.counters()).containsKeys("rule-1-fired", "rule-2-fired");
    assertThat(lamp).noneMatch(text -> text.contains("alarm"));
  }

  @Test
  void aDeviceThatIsAwayGetsItsCommandOnceWhenItComesBack() throws Exception {
    BlockingQueue<String> before = twin.listen("lamp");
    twin.leave();
    twin.measure("press", "{\"t\": 25}");
    await().until(() -> twin.notes("quiet").size() == 1 && idle());

    BlockingQueue<String> back = twin.listen("lamp");
    assertThat(command(back, "offline")).contains("\"t\":25");
    twin.leave();
    BlockingQueue<String> again = twin.listen("lamp");
    assertThat(again.poll(300, TimeUnit.MILLISECONDS)).isNull();
    assertThat(before).noneMatch(text -> text.contains("offline"));
    assertThat(back).noneMatch(text -> text.contains("offline"));
  }

  @Test
  void anActionThatFailsIsADeadLetterAndHoldsNothingBack() throws Exception {
    BlockingQueue<String> lamp = twin.listen("lamp");
    twin.measure("press", "{\"t\": 35}");

    assertThat(command(lamp, "crash")).isNotNull();
    await().until(() -> deadLetter("events-crash").isPresent());
    await().until(() -> twin.notes("calm").size() == 1);
    assertThat(deadLetter("events-crash").orElseThrow().error())
        .contains("[USER_LOGIC_ERROR]", "\"press\"", "KeyError", "process.py:2");
    await().until(() -> deadLetter("events-exit").isPresent());
    assertThat(deadLetter("events-exit").orElseThrow().error())
        .contains("[USER_LOGIC_ERROR]", "Its process ended");
    assertThat(deadLetter("events-crash").orElseThrow().attempts()).isEqualTo(2);
    assertThat(deadLetter("events-crash").orElseThrow().traceId())
        .isEqualTo(json(twin.notes("calm").getFirst()).text("trace_id").orElseThrow());
  }

  @Test
  void anActionThatHangsIsEndedAndHoldsNothingBack() {
    twin.measure("press", "{\"t\": 45}");
    await().until(() -> twin.notes("still").size() == 1);
    await().until(() -> deadLetter("events-hang").isPresent());
    assertThat(deadLetter("events-hang").orElseThrow().error())
        .contains("[USER_LOGIC_ERROR]", "1.5 s");
  }

  @Test
  void anActionThatOthersDeployRunsHereWhereTheProjectHasItsCodeAndIsSkippedElsewhere() {
    twin.measure("press", "{\"t\": 55}");
    await().until(() -> twin.notes("theirs").size() == 1);
    // An action may return nothing.
    await().until(() -> twin.notes("nothing").size() == 1 && idle());
    assertThat(deadLetter("gone")).isEmpty();
    assertThat(deadLetter("events-nothing")).isEmpty();
    assertThat(twin.clouds.warnings())
        .anySatisfy(text -> assertThat(text).contains("gone", "whose code is not here"));
  }

  @Test
  void aGatewayThatIsAwayForAWhileGetsTheCommandLater() throws Exception {
    BlockingQueue<String> lamp = twin.listen("lamp");
    twin.proxy(GATEWAY).set(FaultProxy.Fault.UNAVAILABLE);
    long before = twin.proxy(GATEWAY).requests();
    twin.measure("press", "{\"t\": 65}");
    await().until(() -> twin.proxy(GATEWAY).requests() > before);
    assertThat(lamp).noneMatch(text -> text.contains("away"));
    twin.proxy(GATEWAY).set(FaultProxy.Fault.NONE);
    assertThat(command(lamp, "away")).isNotNull();
    await().untilAsserted(() -> assertThat(twin.notes("noisy")).hasSize(1));
    assertThat(deadLetter("events-event-feedback")).isEmpty();
  }

  @Test
  void anAnswerThatIsLostLosesNoCommand() throws Exception {
    BlockingQueue<String> lamp = twin.listen("lamp");
    twin.proxy(GATEWAY).set(FaultProxy.Fault.ANSWER_LOST);
    twin.measure("press", "{\"t\": 75}");
    assertThat(command(lamp, "lost")).isNotNull();
    twin.proxy(GATEWAY).set(FaultProxy.Fault.NONE);
    await().until(EventsOverThreeCloudsTest::idle);
    assertThat(deadLetter("events-event-feedback")).isEmpty();
  }

  @Test
  void feedbackCodeThatFailsIsADeadLetterAndItsActionRan() {
    twin.measure("press", "{\"t\": 85, \"timestamp\": \"2026-02-01T00:00:00Z\"}");
    Predicate<DeadLetter> ofThisTest = l -> l.error().contains("no bad code");
    await().until(() -> deadLetter("events-event-feedback", ofThisTest).isPresent());
    DeadLetter letter = deadLetter("events-event-feedback", ofThisTest).orElseThrow();
    assertThat(letter.error()).contains("[USER_LOGIC_ERROR]", "\"lamp\"", letter.traceId());
    await().untilAsserted(() -> assertThat(twin.notes("plain")).hasSize(1));
  }

  @Test
  void aMarkedMeasurementRunsNothing() {
    long checked = invocations("events-event-checker");
    twin.measure("press", "{\"t\": 95, \"_verify\": \"v1\"}");
    await().until(() -> invocations("events-event-checker") > checked && idle());
    assertThat(twin.notes("marked")).isEmpty();
  }

  /** The next command of this test: the one before may have left another in the session. */
  private static String command(BlockingQueue<String> commands, String why)
      throws InterruptedException {
    String command = commands.poll(LONG.toSeconds(), TimeUnit.SECONDS);
    while (command != null && !command.contains("\"why\":\"" + why + "\"")) {
      command = commands.poll(LONG.toSeconds(), TimeUnit.SECONDS);
    }
    return command;
  }

  private static boolean idle() {
    return twin.clouds.backlog() == 0;
  }

  private static long invocations(String function) {
    return twin.clouds.functions().stream()
        .filter(f -> f.name().equals(function))
        .mapToLong(FunctionCounts::invocations)
        .sum();
  }

  /** A dead letter of a function; those of the test whose feedback code fails are not meant. */
  private static Optional<DeadLetter> deadLetter(String function) {
    return deadLetter(function, l -> !l.error().contains("no bad code"));
  }

  private static Optional<DeadLetter> deadLetter(String function, Predicate<DeadLetter> matching) {
    return twin.clouds.byProvider().values().stream()
        .flatMap(cloud -> cloud.deadLetters().list(0, 100).stream())
        .map(SqliteDeadLetters.Kept::letter)
        .filter(l -> l.function().equals(function))
        .filter(matching)
        .findFirst();
  }

  private static String feedbackCode() {
    return """
    def process(asked):
        if asked["payload"]["why"] == "bad code":
            raise ValueError("no bad code")
        return {"why": asked["payload"]["why"], "t": asked["event"]["t"],
                "lamp": asked["iotDeviceId"]}
    """;
  }

  private static String lamp(String why) {
    return ", \"feedback\": {\"type\": \"mqtt\", \"iotDeviceId\": \"lamp\", \"payload\": {\"why\":"
        + " \""
        + why
        + "\"}}";
  }

  private static void action(
      ProjectBuilder project, int from, String type, String function, String more) {
    project.rule(
        json(
            """
            {"condition": "x.press.t > DOUBLE(%d) && x.press.t < DOUBLE(%d)",
             "action": {"type": "%s", "functionName": %s%s}}
            """
                .formatted(from, from + 10, type, function, more)));
  }

  private static void code(ProjectBuilder project, String name, String source) {
    project.file("event_actions/" + name + "/process.py", source);
  }

  private static JsonObject json(String text) {
    return Json.parseObject(text.getBytes(StandardCharsets.UTF_8));
  }
}
