package io.twinloom.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Workers, hanging ones too, do not outlive a system that was killed. */
@Tag("full")
class OrphansTest {
  @TempDir Path folder;

  /** The system that is killed: says when both of its workers hang. */
  static final class SystemToKill {
    public static void main(String[] args) throws InterruptedException {
      UserCodeProject project = new UserCodeProject(Path.of(args[0]));
      project
          .java("j", "if (event.get(\"evil\") != null) while (true) {} return event;")
          .python(
              "p",
              """
              import subprocess
              def process(event):
                  if "evil" in event:
                      subprocess.Popen(["sleep", "1000"])
                      while True: pass
                  return event
              """);
      project.call("j", "{}");
      project.call("p", "{}");
      Thread java = Thread.startVirtualThread(() -> project.call("j", "{\"evil\":true}"));
      Thread.startVirtualThread(() -> project.call("p", "{\"evil\":true}"));
      Awaitility.await()
          .until(
              () ->
                  project.pools().running() == 2
                      && ProcessHandle.current().descendants().anyMatch(OrphansTest::isSleep));
      System.out.println("hanging");
      java.join();
    }
  }

  static boolean isSleep(ProcessHandle process) {
    return process.info().command().orElse("").endsWith("sleep");
  }

  @Test
  void hangingWorkersAndTheirChildrenEndWithTheSystem() throws IOException {
    Process system =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                SystemToKill.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    List<ProcessHandle> workers;
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(system.getInputStream(), StandardCharsets.UTF_8))) {
      assertThat(out.readLine()).isEqualTo("hanging");
      workers = system.descendants().toList();
      assertThat(workers).hasSizeGreaterThan(2).anyMatch(OrphansTest::isSleep);
    } finally {
      system.destroyForcibly();
    }

    Awaitility.await().until(() -> workers.stream().noneMatch(ProcessHandle::isAlive));
  }
}
