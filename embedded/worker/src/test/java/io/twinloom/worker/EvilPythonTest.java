package io.twinloom.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("full")
class EvilPythonTest extends UserCodeFixture {
  private WorkerException failureOf(String evil) {
    project.python("evil", EvilCode.python(evil));
    project.call("evil", "{}");
    return catchThrowableOfType(
        WorkerException.class, () -> project.call("evil", "{\"evil\":true}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "raise ValueError('no value') | ValueError: no value (process.py:10)",
        "deeper(0) | RecursionError: maximum recursion depth exceeded",
        "sys.exit(3) | SystemExit: 3 (process.py:10)",
        "os._exit(7) | Its process ended with exit code 7",
        "os.kill(os.getpid(), signal.SIGKILL) | Its process was killed by signal 9",
        "os.closerange(3, 100) | Its process ",
        "sys.setrecursionlimit(10**8); deeper(0) | ",
        "raise KeyboardInterrupt | KeyboardInterrupt (process.py:10)",
      })
  void whatItDoesFailsItsOwnEventAndNoLaterOne(String evil, String message) {
    WorkerException failure = failureOf(evil);

    assertThat(failure.getMessage()).startsWith(message == null ? "" : message);
    assertThat(project.call("evil", "{}").has("seen")).isTrue();
  }

  @Test
  void moreMemoryThanAllowedFailsTheEventAlone() {
    WorkerException failure = failureOf("while True: kept.append(bytearray(1 << 24))");

    assertThat(failure.getMessage())
        .isEqualTo("It used more than 256 MB of memory (process.py:10)");
    assertThat(failure.reason()).isEqualTo(WorkerException.Reason.MEMORY_EXCEEDED);
    assertThat(project.call("evil", "{}").toString()).isEqualTo("{\"seen\":1}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "while True: pass",
        "time.sleep(1000)",
        // One call that never gives the interpreter back.
        "sum(range(10**15))",
        "signal.signal(signal.SIGALRM, signal.SIG_IGN)\nwhile True: pass",
      })
  void anEventThatTakesTooLongIsEndedAndSaidToBeTooSlow(String evil) {
    project.timeout(Duration.ofMillis(600));

    WorkerException failure = failureOf(evil);

    assertThat(failure.getMessage()).isEqualTo("It took longer than 0.6 s");
    assertThat(failure.reason()).isEqualTo(WorkerException.Reason.TIMED_OUT);
    assertThat(project.call("evil", "{}").has("seen")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "os.fork()",
        "threading.stack_size(65536); [threading.Thread(target=time.sleep, args=(1000,),"
            + " daemon=True).start() for _ in range(250)]",
        "sys.stdout.close(); sys.stderr.close(); sys.stdin.close(); sys.__stdout__.close()",
        "os.close(0); os.close(1); os.close(2)",
        "sys.setrecursionlimit(60)",
        "print('x', end=''); os.system('echo from a child; echo and its errors >&2')",
        "subprocess.Popen(['sleep', '1000'])",
        "os.chdir('/'); sys.path.clear(); sys.modules.clear()",
      })
  void whatIsAllowedOfItHarmsNeitherItsEventNorLaterOnes(String evil) {
    project.python("evil", EvilCode.python(evil));
    project.call("evil", "{}");

    assertThat(project.call("evil", "{\"evil\":true}").has("seen")).isTrue();
    for (int i = 0; i < 3; i++) {
      assertThat(project.call("evil", "{\"v\":" + i + "}").get("v")).hasToString("" + i);
    }
  }

  @Test
  @DisplayName("user code starts many threads")
  void aPythonFunctionMayHaveSomeHundredThreadsAtATime() {
    project.limits = project.limits.toBuilder().pythonMegabytes(512).build();
    project.python(
        "f",
        """
        import threading
        def process(event):
            go = threading.Event()
            threads = [threading.Thread(target=go.wait) for _ in range(300)]
            for thread in threads: thread.start()
            go.set()
            for thread in threads: thread.join()
            return event
        """);

    assertThat(project.call("f", "{\"v\":1}").toString()).isEqualTo("{\"v\":1}");
  }

  @Test
  void aForkThatReturnsTwiceAnswersOnce() {
    project.python(
        "fork",
        """
        import os
        def process(event):
            os.fork()
            event["pid"] = os.getpid()
            return event
        """);
    Object first = project.call("fork", "{}").get("pid");

    for (int i = 0; i < 5; i++) {
      assertThat(project.call("fork", "{}").get("pid")).isEqualTo(first);
    }
  }

  @Test
  void printingAHundredMegabytesKeepsAFewLinesAndTheResult() {
    project.timeout(Duration.ofSeconds(30));
    project.python("evil", EvilCode.python("s = 'x' * 100000\nfor i in range(1000): print(s)"));

    assertThat(project.call("evil", "{\"evil\":true}").has("seen")).isTrue();
    assertThat(project.log).hasSizeBetween(2, 1_500);
    assertThat(project.log).allMatch(line -> line.length() < 1_100);
  }

  @Test
  void codeThatCannotBeLoadedSaysWhyAndIsNotTriedAtOnceAgain() {
    project.python(
        "broken", "print('loading')\nimport nowhere\ndef process(event): return event\n");
    for (int i = 0; i < 3; i++) {
      WorkerException failure =
          catchThrowableOfType(WorkerException.class, () -> project.call("broken", "{}"));
      assertThat(failure.getMessage())
          .isEqualTo(
              "Its code cannot be loaded: ModuleNotFoundError: No module named 'nowhere'"
                  + " (process.py:2)");
    }

    assertThat(project.log).filteredOn("broken: loading"::equals).hasSizeLessThanOrEqualTo(1);
  }
}
