package io.twinloom.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.twinloom.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** User code that is exchanged while it is called. */
class VersionExchangeTest extends UserCodeFixture {

  private static String python(String version) {
    return "def process(event):\n    event['version'] = '" + version + "'\n    return event\n";
  }

  private static String java(String version) {
    return "event.put(\"version\", \"" + version + "\"); return event;";
  }

  /** A version whose files stay beside those of the former one. */
  private WorkerFunction version(String language, String name, String code) {
    UserCodeProject other =
        new UserCodeProject(folder.resolve("version-" + versions.incrementAndGet()));
    if (language.equals("java")) {
      other.java(name, code);
    } else {
      other.python(name, code);
    }
    return other.functions().getFirst();
  }

  private final AtomicInteger versions = new AtomicInteger();

  private String answer(String name) {
    return project.call(name, "{}").text("version").orElse("");
  }

  @ParameterizedTest
  @ValueSource(strings = {"java", "python"})
  @DisplayName("user code is changed while the twin runs")
  void eachCallRunsOneVersionAndNoneIsLostWhileTheyAreExchanged(String language) throws Exception {
    project.pools();
    project
        .pools()
        .exchange(
            List.of(version(language, "f", language.equals("java") ? java("0") : python("0"))));
    Set<String> seen = new ConcurrentSkipListSet<>();
    AtomicBoolean ended = new AtomicBoolean();
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Long>> calls = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        calls.add(
            callers.submit(
                () -> {
                  long made = 0;
                  while (!ended.get()) {
                    seen.add(answer("f"));
                    made++;
                  }
                  return made;
                }));
      }
      for (int v = 1; v <= 12; v++) {
        String name = "" + v;
        project
            .pools()
            .exchange(
                List.of(
                    version(language, "f", language.equals("java") ? java(name) : python(name))));
        assertThat(answer("f")).isEqualTo(name);
      }
      ended.set(true);
      for (Future<Long> one : calls) {
        assertThat(one.get(60, TimeUnit.SECONDS)).isPositive();
      }
    }
    assertThat(seen).hasSizeGreaterThan(1).isSubsetOf(names(12));
  }

  private static Set<String> names(int last) {
    Set<String> names = new ConcurrentSkipListSet<>();
    for (int v = 0; v <= last; v++) {
      names.add("" + v);
    }
    return names;
  }

  @ParameterizedTest
  @ValueSource(strings = {"java", "python"})
  void aCallThatRunsEndsWithTheVersionThatItBeganWith(String language) throws Exception {
    boolean isJava = language.equals("java");
    Path mayEnd = folder.resolve("may-end");
    project
        .pools()
        .exchange(
            List.of(
                version(
                    language,
                    "f",
                    isJava
                        ? "while (!new java.io.File(\"%s\").exists()) Thread.sleep(10); "
                                .formatted(mayEnd)
                            + java("old")
                        : """
                          import os, time
                          def process(event):
                              while not os.path.exists('%s'): time.sleep(0.01)
                              event['version'] = 'old'
                              return event
                          """
                            .formatted(mayEnd))));
    CompletableFuture<String> running = CompletableFuture.supplyAsync(() -> answer("f"));
    await().until(() -> project.pools().running() == 1);

    project.pools().exchange(List.of(version(language, "f", isJava ? java("new") : python("new"))));

    assertThat(answer("f")).isEqualTo("new");
    assertThat(running).isNotDone();
    Files.createFile(mayEnd);
    assertThat(running.get(60, TimeUnit.SECONDS)).isEqualTo("old");
  }

  @ParameterizedTest
  @ValueSource(strings = {"java", "python"})
  @DisplayName("user code is changed into code that cannot be loaded")
  void codeThatCannotBeLoadedLeavesAllFunctionsAsTheyAre(String language) {
    boolean isJava = language.equals("java");
    WorkerFunction good = version(language, "f", isJava ? java("good") : python("good"));
    project.pools().exchange(List.of(good));
    WorkerFunction other = version(language, "g", isJava ? java("g") : python("g"));
    WorkerFunction faulty =
        isJava ? noClass(version("java", "f", java("x"))) : version("python", "f", "import nix\n");

    assertThatThrownBy(() -> project.pools().exchange(List.of(other, faulty)))
        .isInstanceOf(WorkerException.class)
        .hasMessageContaining("cannot be loaded");

    assertThat(answer("f")).isEqualTo("good");
    assertThatThrownBy(() -> answer("g")).hasMessageContaining("no user function");
    assertThat(project.log).noneMatch(line -> line.contains("Error"));
  }

  private static WorkerFunction noClass(WorkerFunction of) {
    return new WorkerFunction(
        of.name(), of.language(), of.path(), "NoSuchClass", false, List.of(), of.variables());
  }

  @Test
  void processesOfFormerVersionsEnd() {
    for (int v = 0; v < 3; v++) {
      project.pools().exchange(List.of(version("python", "f", python("" + v))));
      assertThat(answer("f")).isEqualTo("" + v);
    }

    await().untilAsserted(() -> assertThat(project.pools().processes()).isEqualTo(1));
    JsonObject result = project.call("f", "{}");
    assertThat(result.text("version")).contains("2");
  }

  private void countsItsCalls() {
    project.javaClass(
        "calls",
        """
        public class Code implements io.twinloom.api.Processor {
          private static long calls;
          public java.util.Map<String, Object> process(java.util.Map<String, Object> event) {
            event.put("calls", ++calls);
            return event;
          }
        }
        """);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Thread.sleep(1);", "Thread.sleep(86_400_000L);"})
  void aJavaProcessIsReplacedAtOnceWhereAFormerVersionHasLeftAThread(String work) throws Exception {
    countsItsCalls();
    assertThat(project.call("calls", "{}")).hasToString("{\"calls\":1}");
    boolean ends = work.equals("Thread.sleep(1);");
    String left =
        "Thread left = new Thread(() -> { try { "
            + work
            + " } catch (InterruptedException e) { return; } }); left.start(); "
            + (ends ? "left.join(); " : "");
    project.pools().exchange(List.of(version("java", "f", left + java("old"))));
    assertThat(answer("f")).isEqualTo("old");

    project.pools().exchange(List.of(version("java", "f", java("new"))));

    assertThat(answer("f")).isEqualTo("new");
    if (ends) {
      assertThat(project.call("calls", "{}")).as("the same").hasToString("{\"calls\":2}");
    } else {
      await().until(() -> project.call("calls", "{}").toString().equals("{\"calls\":1}"));
    }
    assertThat(project.log).noneMatch(line -> line.contains("ended with"));
  }

  @Test
  @Tag("full")
  void aJavaProcessIsReplacedOnceItHasTheClassesOfTenFormerVersions() {
    countsItsCalls();
    assertThat(project.call("calls", "{}")).hasToString("{\"calls\":1}");
    for (int v = 0; v < 9; v++) {
      project.pools().exchange(List.of(version("java", "f", java("" + v))));
      assertThat(answer("f")).isEqualTo("" + v);
    }
    assertThat(project.call("calls", "{}")).as("the same").hasToString("{\"calls\":2}");

    for (int v = 9; v < 12; v++) {
      project.pools().exchange(List.of(version("java", "f", java("" + v))));
      assertThat(answer("f")).isEqualTo("" + v);
    }

    assertThat(project.call("calls", "{}")).as("another").hasToString("{\"calls\":1}");
  }
}
