package io.twinloom.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("full")
class IsolationTest extends UserCodeFixture {
  private static final String HANG_IN_JAVA =
      "if (event.get(\"evil\") != null) Thread.sleep(1_000_000); return event;";
  private static final String HANG_IN_PYTHON =
      "import time\n"
          + "def process(event):\n"
          + "    if 'evil' in event: time.sleep(1000)\n"
          + "    return event\n";

  private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();

  @BeforeEach
  void addFunctions() {
    project
        .java("good", "return event;")
        .java("hang", HANG_IN_JAVA)
        .python("snake", HANG_IN_PYTHON);
  }

  @AfterEach
  @Override
  void closeProject() {
    super.closeProject();
    callers.shutdownNow();
  }

  private CompletableFuture<Throwable> hang(String function) {
    return CompletableFuture.supplyAsync(
        () -> catchThrowable(() -> project.call(function, "{\"evil\":true}")), callers);
  }

  private static List<Long> workers() {
    return ProcessHandle.current().children().map(ProcessHandle::pid).toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"hang", "snake"})
  void whileOneEventHangsTheOthersPass(String function) {
    project.timeout(Duration.ofSeconds(30));
    project.call("good", "{}");
    project.call(function, "{}");
    CompletableFuture<Throwable> hanging = hang(function);

    for (int i = 0; i < 20; i++) {
      project.call("good", "{}");
      project.call(function, "{}");
    }
    assertThat(hanging).isNotDone();
  }

  @Test
  void aFunctionWhoseEventsAllHangDelaysNoOther() {
    project.timeout(Duration.ofSeconds(30));
    project.call("good", "{}");
    List<CompletableFuture<Throwable>> hanging = List.of(hang("hang"), hang("hang"), hang("hang"));
    List<CompletableFuture<Throwable>> more = List.of(hang("hang"), hang("hang"), hang("hang"));

    for (int i = 0; i < 100; i++) {
      project.call("good", "{}");
    }
    assertThat(hanging).noneMatch(CompletableFuture::isDone);
    assertThat(more).noneMatch(CompletableFuture::isDone);
    assertThat(workers()).hasSizeLessThanOrEqualTo(project.limits.workersPerFunction() + 2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"hang", "snake"})
  void aWorkerThatIsKilledFailsOnlyTheEventThatRan(String function) {
    project.call(function, "{}");
    List<Long> before = workers();
    CompletableFuture<Throwable> killed = hang(function);
    Awaitility.await().until(() -> project.pools().running() == 1);
    before.forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));

    assertThat(killed.orTimeout(60, TimeUnit.SECONDS).join())
        .hasMessage("Its process was killed by signal 9");
    assertThat(project.call(function, "{\"v\":1}").toString()).isEqualTo("{\"v\":1}");
  }

  @Test
  void noProcessIsStartedBeforeTheFirstNeed() {
    project.pools();

    assertThat(workers()).isEmpty();
  }

  @Test
  void workersWithoutEventsAreEndedAfterAWhile() {
    project.limits = project.limits.toBuilder().idle(Duration.ofMillis(100)).build();
    project.call("good", "{}");
    project.call("snake", "{}");

    Awaitility.await().until(() -> workers().isEmpty());
    assertThat(project.call("good", "{}").toString()).isEqualTo("{}");
  }

  @Test
  void moreFunctionsThanPythonProcessesTakeTurns() {
    project.limits = project.limits.toBuilder().pythonWorkers(2).build();
    for (int i = 0; i < 4; i++) {
      project.python("p" + i, HANG_IN_PYTHON);
    }
    for (int i = 0; i < 8; i++) {
      project.call("p" + i % 4, "{}");
    }

    assertThat(workers()).hasSizeLessThanOrEqualTo(3);
  }

  @Test
  void closingEndsEveryProcessAndLeavesNoFile() {
    project.python(
        "files",
        """
        import subprocess, tempfile
        def process(event):
            tempfile.mkstemp()
            subprocess.Popen(["sleep", "1000"])
            return event
        """);
    project.call("good", "{}");
    project.call("files", "{}");
    CompletableFuture<Throwable> hanging = hang("hang");
    Awaitility.await().until(() -> project.pools().running() == 1);
    List<ProcessHandle> all = ProcessHandle.current().descendants().toList();
    project.close();

    assertThat(hanging.orTimeout(60, TimeUnit.SECONDS).join())
        .hasMessage("The twin is being stopped");
    Awaitility.await().until(() -> all.stream().noneMatch(ProcessHandle::isAlive));
    Awaitility.await().until(() -> Files.notExists(project.scratch()));
  }
}
