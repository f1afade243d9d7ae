package io.twinloom.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("full")
class EvilJavaTest extends UserCodeFixture {
  @BeforeEach
  void addGoodFunction() {
    project.java("good", "return event;");
  }

  private WorkerException failureOf(String evil) {
    project.javaClass("evil", EvilCode.java(evil));
    project.call("evil", "{}");
    project.call("good", "{}");
    return catchThrowableOfType(
        WorkerException.class, () -> project.call("evil", "{\"evil\":true}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "throw new IllegalStateException(\"no value\"); | IllegalStateException: no value"
            + " (Code.java:23)",
        "deeper(0); | StackOverflowError (Code.java:19)",
        "System.exit(7); | Its process ended with exit code 7",
        "Runtime.getRuntime().halt(9); | Its process ended with exit code 9",
        "throw new Exception(\"one\\ntwo\"); | Exception: one two (Code.java:23)",
        "Object o = null; o.hashCode(); | NullPointerException",
      })
  void whatItDoesFailsItsOwnEventAndNoLaterOne(String evil, String message) {
    WorkerException failure = failureOf(evil);

    assertThat(failure.getMessage()).startsWith(message);
    assertThat(failure.reason()).isEqualTo(WorkerException.Reason.FUNCTION_FAILED);
    assertThat(project.call("evil", "{}").has("seen")).isTrue();
    assertThat(project.call("good", "{\"v\":1}").toString()).isEqualTo("{\"v\":1}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "throw new SecurityException(\"digest error\"); | SecurityException: digest error",
        "throw new NoClassDefFoundError(\"gone\"); | NoClassDefFoundError: gone",
        "deeper(0); | StackOverflowError",
        "throw new AssertionError(\"wrong\"); | AssertionError: wrong",
        "throw new Wicked(); | Wicked",
      })
  @DisplayName("user code fails while it is loaded")
  void whateverIsThrownWhileItIsLoadedIsItsCauseAtOnce(String thrown, String cause) {
    project.javaClass(
        "broken",
        """
        import io.twinloom.api.Processor;
        import java.util.*;

        public class Code implements Processor {
          static class Wicked extends Error {
            @Override
            public String getMessage() { throw new Error("no message"); }
          }
          static int deeper(int n) { return deeper(n + 1) + 1; }
          static {
            if (true) { %s }
          }
          @Override
          public Map<String, Object> process(Map<String, Object> event) { return event; }
        }
        """
            .formatted(thrown));
    long start = System.nanoTime();
    WorkerException failure =
        catchThrowableOfType(WorkerException.class, () -> project.call("broken", "{}"));

    assertThat(failure.getMessage()).startsWith("Its code cannot be loaded: " + cause);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(project.limits.timeout());
    assertThat(project.call("good", "{\"v\":1}").toString()).isEqualTo("{\"v\":1}");
  }

  @Test
  void moreMemoryThanAllowedFailsTheEventAlone() {
    WorkerException failure = failureOf("while (true) KEPT.add(new byte[1 << 20]);");

    assertThat(failure.getMessage()).isEqualTo("It used more than 48 MB of memory");
    assertThat(failure.reason()).isEqualTo(WorkerException.Reason.MEMORY_EXCEEDED);
    assertThat(project.call("good", "{\"v\":1}").toString()).isEqualTo("{\"v\":1}");
  }

  @Test
  void anEventThatTakesTooLongIsEndedAndSaidToBeTooSlow() {
    project.timeout(Duration.ofMillis(1_500));

    WorkerException failure = failureOf("while (true) {}");

    assertThat(failure.getMessage()).isEqualTo("It took longer than 1.5 s");
    assertThat(failure.reason()).isEqualTo(WorkerException.Reason.TIMED_OUT);
    assertThat(project.call("evil", "{}").has("seen")).isTrue();
  }

  @Test
  void eventsThatWereSentAheadOfADeathAreServedByAnotherWorker() {
    project.javaClass("evil", EvilCode.java("Runtime.getRuntime().halt(9);"));
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<CompletableFuture<String>> good = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        String event = "{\"v\":" + i + "}";
        if (i % 50 == 10) {
          callers.execute(
              () ->
                  catchThrowableOfType(
                      WorkerException.class, () -> project.call("evil", "{\"evil\":true}")));
        }
        good.add(
            CompletableFuture.supplyAsync(() -> project.call("good", event).toString(), callers));
      }

      for (int i = 0; i < good.size(); i++) {
        assertThat(good.get(i).join()).isEqualTo("{\"v\":" + i + "}");
      }
    }
  }

  @Test
  void aMemoryLeakOfOneFunctionDoesNotFailAnother() {
    project
        .javaClass("leak", EvilCode.java("KEPT.add(new byte[30 << 20]);"))
        .java("hungry", "byte[] b = new byte[30 << 20]; event.put(\"n\", b.length); return event;");
    project.call("hungry", "{}");
    project.call("leak", "{\"evil\":true}");

    assertThat(project.call("hungry", "{}").toString()).isEqualTo("{\"n\":31457280}");
  }

  @Test
  void leakedThreadsEndTheWorkerAndNoEvent() {
    project.javaClass(
        "evil",
        EvilCode.java(
            "for (int i = 0; i < 300; i++) new Thread(() -> { while (true) try {"
                + " Thread.sleep(1000000); } catch (InterruptedException e) {} }).start();"));
    project.call("evil", "{\"evil\":true}");

    assertThat(project.call("evil", "{}").toString()).isEqualTo("{\"seen\":1}");
  }

  @Test
  void threadsWithoutEndFailTheEvent() {
    WorkerException failure =
        failureOf(
            "while (true) { Thread t = new Thread(() -> java.util.concurrent.locks.LockSupport"
                + ".parkNanos(Long.MAX_VALUE)); t.start(); Thread.sleep(0, 100000); }");

    assertThat(failure.getMessage()).isEqualTo("It started more than 1000 threads");
    assertThat(project.call("good", "{}").toString()).isEqualTo("{}");
  }

  @Test
  void closedStreamsAndInterruptsHarmNobody() {
    project.javaClass(
        "evil",
        EvilCode.java(
            """
            System.out.close();
            System.err.close();
            System.in.close();
            new FileOutputStream(FileDescriptor.out).close();
            new FileInputStream(FileDescriptor.in).close();
            Thread.currentThread().interrupt();
            """));
    project.call("evil", "{\"evil\":true}");

    assertThat(project.call("evil", "{}").toString()).isEqualTo("{\"seen\":2}");
    assertThat(project.call("good", "{}").toString()).isEqualTo("{}");
  }

  @Test
  void printingAHundredMegabytesKeepsAFewLinesAndTheResult() {
    project.timeout(Duration.ofSeconds(30));
    project.javaClass(
        "evil",
        EvilCode.java(
            "String s = \"x\".repeat(10_000); for (int i = 0; i < 10_000; i++)"
                + " System.out.println(s);"));

    assertThat(project.call("evil", "{\"evil\":true}").has("seen")).isTrue();
    assertThat(project.log).hasSizeBetween(2, 1_500);
    assertThat(project.log).allMatch(line -> line.length() < 1_100);
    assertThat(project.log)
        .anyMatch(line -> line.endsWith("more lines were printed and not kept)"));
  }

  @Test
  void whatItPrintsIsItsLogLineAndInputIsEmpty() {
    project.java("talk", "System.out.print(\"read \" + System.in.read()); return event;");
    project.call("talk", "{}");

    assertThat(project.log).containsExactly("talk: read -1");
  }

  @Test
  void codeThatCannotBeLoadedSaysWhyAndIsNotTriedAtOnceAgain() {
    project.javaClass(
        "broken",
        """
        import java.util.*;
        public class Code implements io.twinloom.api.Processor {
          public Code() {
            System.out.println("made");
            throw new IllegalStateException("no file");
          }
          public Map<String, Object> process(Map<String, Object> event) {
            return event;
          }
        }
        """);
    for (int i = 0; i < 3; i++) {
      WorkerException failure =
          catchThrowableOfType(WorkerException.class, () -> project.call("broken", "{}"));
      assertThat(failure.getMessage())
          .isEqualTo("Its code cannot be loaded: IllegalStateException: no file (Code.java:5)");
    }

    assertThat(project.log).containsExactly("broken: made");
  }

  @Test
  void userCodeSeesNothingOfTheSystem() {
    project.java(
        "look",
        """
        for (String name : List.of("io.twinloom.worker.jvm.WorkerMain",
            "com.fasterxml.jackson.core.JsonFactory")) {
          try {
            Class.forName(name);
            event.put("found", name);
          } catch (ClassNotFoundException e) {
            continue;
          }
        }
        return event;
        """);

    assertThat(project.call("look", "{}").toString()).isEqualTo("{}");
  }
}
