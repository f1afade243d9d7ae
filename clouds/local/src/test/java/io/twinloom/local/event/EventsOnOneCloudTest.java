package io.twinloom.local.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.twinloom.json.Json;
import io.twinloom.testkit.project.ProjectBuilder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A twin that is wholly on aws, where a workflow is named by an ARN and no gateway is exposed. */
class EventsOnOneCloudTest {

  @TempDir Path folder;

  @Test
  void everythingHappensWithinTheCloudAndTheUsersOwnWorkflowIsSaidNotToRun() throws Exception {
    ProjectBuilder project =
        ProjectBuilder.of("events")
            .device("press", "t")
            .feature("useEventChecking")
            .feature("triggerNotificationWorkflow")
            .feature("returnFeedbackToDevice")
            .rule(
                Json.parseObject(
                    """
                    {"condition": "x.press.t > DOUBLE(10)",
                     "action": {"type": "step_function", "functionName": "one",
                                "functionNameB": "two",
                                "feedback": {"type": "mqtt", "iotDeviceId": "press",
                                             "payload": "stop"}}}
                    """
                        .getBytes(StandardCharsets.UTF_8)))
            .file("event_actions/one/process.py", EventTwin.noting(folder, "one", "{\"a\": 1}"))
            .file("event_actions/two/process.py", EventTwin.noting(folder, "two", "{}"))
            .file(
                "state_machines/aws_step_function.json",
                "{\"StartAt\": \"A\", \"States\": {\"A\": {\"Type\": \"Succeed\"}}}");
    try (EventTwin twin = EventTwin.start(folder, project)) {
      BlockingQueue<String> press = twin.listen("press");
      twin.measure("press", "{\"t\": 11}");
      assertThat(press.poll(60, TimeUnit.SECONDS)).isEqualTo("\"stop\"");
      await().until(() -> twin.notes("two").size() == 1);
      assertThat(twin.notes("two").getFirst()).contains("\"result\": {\"a\": 1}");
      assertThat(twin.clouds.functions())
          .extracting(f -> f.name())
          .doesNotContain("events-feedback-gateway");
      assertThat(twin.clouds.warnings())
          .anySatisfy(text -> assertThat(text).contains("state_machines/aws_step_function.json"));
    }
  }
}
