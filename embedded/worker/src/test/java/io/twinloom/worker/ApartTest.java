package io.twinloom.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** User code harms nobody but its own event, with namespaces of processes and without. */
class ApartTest extends UserCodeFixture {
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @DisplayName("user code kills its parent process")
  void pythonThatKillsItsParentDoesNotKillTheSystem(boolean namespaces) {
    project.namespaces = namespaces;
    project.python(
        "evil",
        """
        import os
        def process(event):
            if os.getppid() > 0:
                os.kill(os.getppid(), 9)
            return event
        """);
    project.java("good", "return event;");

    harmsNobodyElse(namespaces);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void javaThatKillsItsParentDoesNotKillTheSystem(boolean namespaces) {
    project.namespaces = namespaces;
    project.java(
        "evil",
        """
        long parent = ProcessHandle.current().parent().map(ProcessHandle::pid).orElse(0L);
        new ProcessBuilder("/bin/sh", "-c", "kill -9 " + parent).start().waitFor();
        return event;
        """);
    project.java("good", "return event;");

    harmsNobodyElse(namespaces);
  }

  /** Without namespaces the shell between takes its worker along, and the event fails. */
  private void harmsNobodyElse(boolean namespaces) {
    boolean fails =
        !namespaces
            || !Isolation.of(true, List.of(), new Workplace(folder, List.of())).hasNamespace();
    for (int v = 1; v <= 2; v++) {
      String event = "{\"v\":" + v + "}";
      try {
        assertThat(project.call("evil", event).toString()).isEqualTo(event);
      } catch (WorkerException e) {
        assertThat(fails).isTrue();
        assertThat(e).hasMessageStartingWith("Its process was killed by signal 9");
      }
      assertThat(project.call("good", event).toString()).isEqualTo(event);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @DisplayName("user code leaves a process in a session of its own behind")
  void aChildInASessionOfItsOwnEndsWithItsWorker(boolean namespaces) {
    project.namespaces = namespaces;
    project.python(
        "leaves",
        """
        import os, subprocess
        def process(event):
            if "evil" in event:
                os.kill(os.getpid(), 9)
            subprocess.Popen(["sleep", "96183"], start_new_session=True)
            return event
        """);
    project.java(
        "leaves-too",
        "new ProcessBuilder(\"setsid\", \"sleep\", \"96183\").start(); return event;");
    project.call("leaves", "{}");
    project.call("leaves-too", "{}");
    Awaitility.await().until(() -> sleepers().size() == 2);
    catchThrowableOfType(WorkerException.class, () -> project.call("leaves", "{\"evil\":1}"));

    Awaitility.await().until(() -> sleepers().size() == 1);
    project.close();
    Awaitility.await().until(() -> sleepers().isEmpty());
  }

  @Test
  void whereTheSystemPermitsItSeesNoProcessButItsOwn() {
    project.namespaces = true;
    project.python(
        "look",
        """
        import os
        def process(event):
            try:
                os.kill(event["pid"], 0)
                event["seen"] = True
            except ProcessLookupError:
                event["seen"] = False
            return event
        """);
    boolean namespaced =
        Isolation.of(true, List.of(), new Workplace(folder, List.of())).hasNamespace();
    String event = "{\"pid\":" + ProcessHandle.current().pid() + "}";

    assertThat(project.call("look", event).get("seen")).hasToString(namespaced ? "false" : "true");
  }

  private static List<ProcessHandle> sleepers() {
    return ProcessHandle.allProcesses()
        .filter(p -> p.info().arguments().map(a -> List.of(a).contains("96183")).orElse(false))
        .filter(p -> p.info().command().equals(sleep(p)))
        .toList();
  }

  private static Optional<String> sleep(ProcessHandle process) {
    return process.info().command().filter(c -> c.endsWith("sleep"));
  }
}
