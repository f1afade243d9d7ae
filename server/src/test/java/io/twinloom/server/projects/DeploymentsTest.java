package io.twinloom.server.projects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.twinloom.deployer.PreparedProject;
import io.twinloom.deployer.Progress;
import io.twinloom.deployer.Target;
import io.twinloom.deployer.control.LogLine;
import io.twinloom.deployer.control.LogQuery;
import io.twinloom.deployer.control.TwinControl;
import io.twinloom.deployer.device.DeviceClient;
import io.twinloom.deployer.error.DeployerError;
import io.twinloom.json.JsonNumber;
import io.twinloom.json.JsonObject;
import io.twinloom.model.Connections;
import io.twinloom.model.Problem;
import io.twinloom.model.Project;
import io.twinloom.model.TwinloomException;
import io.twinloom.server.projects.ServedFolder.Answer;
import io.twinloom.testkit.project.ProjectBuilder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Deployments over REST, on a target that follows a script. */
class DeploymentsTest extends FolderFixture {

  private static final String ALL = "/projects/mill/deployments";

  private final SlowTarget target = new SlowTarget();

  @BeforeEach
  void add() {
    folder.places.others.put(folder.add("mill"), target);
  }

  @AfterEach
  void goOn() {
    target.go.countDown();
  }

  private String begin(String body) throws Exception {
    Answer answer = folder.json("POST", ALL, body);
    assertThat(answer.status()).as(answer.text()).isEqualTo(202);
    return answer.json().text("id").orElseThrow();
  }

  private String state(String id) throws Exception {
    return folder.get(ALL + "/" + id).json().text("state").orElse("");
  }

  @Test
  void aDeploymentIsWatchedToItsEnd() throws Exception {
    String id = begin("{\"action\": \"deploy\"}");
    Answer second = folder.json("POST", ALL, "{\"action\": \"deploy\"}");
    await().until(() -> folder.get(ALL + "/" + id).text().contains("Working"));
    target.go.countDown();

    String events = folder.get(ALL + "/" + id + "/events").text();

    assertThat(second.code()).isEqualTo("TL-DEPLOYMENT-RUNS");
    assertThat(events).contains("event: deployment", "\"state\":\"done\"").endsWith("\n\n");
    assertThat(state(id)).isEqualTo("done");
    assertThat(ServedFolder.texts(folder.get(ALL).json(), "items", "id")).containsExactly(id);
    assertThat(folder.get(ALL + "/none").status()).isEqualTo(404);
    assertThat(folder.get(ALL + "/none/events").status()).isEqualTo(404);
  }

  @Test
  @DisplayName("somebody cancels a deployment over REST")
  void aCancelledDeploymentIsInterrupted() throws Exception {
    String id = begin("{\"action\": \"deploy\"}");
    await().until(() -> folder.get(ALL + "/" + id).text().contains("Working"));

    Answer cancelled = folder.json("POST", ALL + "/" + id + "/cancel", "{}");

    assertThat(cancelled.json().text("state")).contains("cancelled");
    assertThat(cancelled.text()).contains("TL-INTERRUPTED");
    target.go.countDown();
    assertThat(begin("{\"action\": \"deploy\"}")).isNotEqualTo(id);
  }

  @Test
  void whatDeletesDataOrChangesCloudsNamesTheTwin() throws Exception {
    target.go.countDown();
    for (String body :
        List.of(
            "{\"action\": \"destroy\", \"deleteData\": true}",
            "{\"action\": \"destroy\", \"deleteData\": true, \"confirm\": \"other\"}",
            "{\"action\": \"deploy\", \"target\": \"cloud\"}",
            "{\"action\": \"destroy\", \"target\": \"cloud\"}")) {
      assertThat(folder.json("POST", ALL, body).code()).isEqualTo("TL-DEPLOYMENT-CONFIRM");
    }
    assertThat(target.done).isEmpty();
    String id = begin("{\"action\": \"destroy\", \"deleteData\": true, \"confirm\": \"mill\"}");
    await().until(() -> state(id).equals("done"));
    assertThat(target.done).containsExactly("destroy true");
    assertThat(folder.json("POST", ALL, "{}").status()).isEqualTo(400);
    assertThat(folder.json("POST", ALL, "{\"action\": \"explode\"}").status()).isEqualTo(400);
    assertThat(folder.json("POST", "/projects/mill/credentials-check", "{}").json().array("clouds"))
        .isPresent();
  }

  @Test
  @DisplayName(
      "a project whose local twin has data is deployed with a device less and a shorter time")
  void aLocalChangeOfStoredDataIsShownAndNamesTheTwin() throws Exception {
    target.go.countDown();
    Path project = folder.root.resolve("mill");
    folder.places.others.clear();
    folder.places.up(project);
    folder.json("POST", "/projects/mill/devices/plain/messages", "{\"level\": 3}");
    await().until(() -> folder.get("/projects/mill/devices/plain/items").text().contains("level"));
    folder.places.others.put(project, target);
    ProjectBuilder.of("mill")
        .config("hot_storage_size_in_days", JsonNumber.of(1))
        .device("coded", "temperature")
        .pythonProcessor("coded", "def process(event):\n    return event\n")
        .writeTo(project);

    for (String body :
        List.of("{\"action\": \"deploy\"}", "{\"action\": \"deploy\", \"confirm\": \"x\"}")) {
      Answer asked = folder.json("POST", ALL, body);

      assertThat(asked.status()).isEqualTo(409);
      assertThat(asked.code()).isEqualTo("TL-DEPLOYMENT-CONFIRM");
      assertThat(asked.json().text("detail").orElse(""))
          .contains("hot_storage_size_in_days from 30 to 1", "the device plain");
      assertThat(asked.json().object("change").orElseThrow().array("data").orElseThrow().values())
          .singleElement()
          .satisfies(
              data ->
                  assertThat(data.toString())
                      .contains("mill-hot-iot-data", "The items of plain stay readable"));
    }
    assertThat(target.done).isEmpty();
    String id = begin("{\"action\": \"deploy\", \"confirm\": \"mill\"}");
    await().until(() -> state(id).equals("done"));
    assertThat(target.done).containsExactly("deploy");
  }

  @Test
  void aDeploymentThatFailsSaysWhy() throws Exception {
    target.failure =
        Optional.of(new TwinloomException(DeployerError.STATE_LOCKED, "It broke.", "here"));
    target.go.countDown();
    String id = begin("{\"action\": \"deploy\"}");

    await().until(() -> state(id).equals("failed"));

    assertThat(folder.get(ALL + "/" + id).json().object("problem").flatMap(p -> p.text("code")))
        .contains("TL-STATE-LOCKED");
  }

  /** A target that waits until it may go on. */
  private static final class SlowTarget implements Target {
    private final CountDownLatch go = new CountDownLatch(1);
    private final List<String> done = new ArrayList<>();
    private Optional<TwinloomException> failure = Optional.empty();

    private void work(String what, Progress progress) {
      progress.step("Working");
      try {
        go.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new TwinloomException(DeployerError.INTERRUPTED, "It was interrupted.", "");
      }
      failure.ifPresent(
          e -> {
            throw e;
          });
      done.add(what);
    }

    @Override
    public String name() {
      return "local";
    }

    @Override
    public List<Problem> check(Project project) {
      return List.of();
    }

    @Override
    public TwinControl deploy(PreparedProject project, Progress progress) {
      work("deploy", progress);
      return null;
    }

    @Override
    public boolean destroy(boolean deleteData, Progress progress) {
      work("destroy " + deleteData, progress);
      return true;
    }

    @Override
    public Optional<TwinControl> deployed() {
      return Optional.empty();
    }

    @Override
    public TwinloomException absent(String named) {
      return new TwinloomException(DeployerError.STATE_LOCKED, "none", "");
    }

    @Override
    public List<String> warnings() {
      return List.of();
    }

    @Override
    public Optional<JsonObject> plan() {
      return Optional.empty();
    }

    @Override
    public Optional<String> projectDigest() {
      return Optional.empty();
    }

    @Override
    public Connections connections() {
      return Connections.NONE;
    }

    @Override
    public Optional<DeviceClient> devices(String clientId) {
      return Optional.empty();
    }

    @Override
    public void logs(LogQuery query, Consumer<LogLine> lines) {}
  }
}
