package io.twinloom.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("full")
class CodeCacheTest {
  private static final String JAVA =
      """
      public class Code implements io.twinloom.api.Processor {
        public java.util.Map<String, Object> process(java.util.Map<String, Object> event) {
          return event;
        }
      }
      """;

  @TempDir Path folder;
  private final FakeProject project = new FakeProject();
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");

  /** A python3 that counts its starts. */
  @BeforeEach
  void countPythons() throws IOException {
    Path real = PythonProgram.find(System.getenv("PATH")).orElseThrow().file();
    Path counting = Files.createDirectory(folder.resolve("bin")).resolve("python3");
    Files.writeString(
        counting, "#!/bin/sh\necho start >> '%s'\nexec '%s' \"$@\"\n".formatted(starts(), real));
    Files.setPosixFilePermissions(counting, PosixFilePermissions.fromString("rwx------"));
  }

  private Path starts() {
    return folder.resolve("starts");
  }

  private Path cache() {
    return folder.resolve("cache");
  }

  private CheckedCode check() {
    return UserCodeChecker.of(cache(), folder.resolve("bin").toString(), (InstantSource) () -> now)
        .check(project, project.code);
  }

  private List<Path> entries() throws IOException {
    try (Stream<Path> all = Files.list(cache())) {
      return all.toList();
    }
  }

  @Test
  void unchangedCodeIsCheckedOnceAndItsProblemsAreRemembered() throws IOException {
    project.python("a", "def process(e): return e\n").python("b", "x = 1\n").java("c", JAVA);
    CheckedCode first = check();
    Object compiled = Files.getLastModifiedTime(first.prepared().get(1).path().getFirst());

    CheckedCode second = check();

    assertThat(second).isEqualTo(first);
    assertThat(second.problems()).hasSize(1);
    assertThat(Files.readAllLines(starts())).hasSize(1);
    assertThat(Files.getLastModifiedTime(second.prepared().get(1).path().getFirst()))
        .isEqualTo(compiled);
  }

  @Test
  void whatAnotherCheckerHasFoundIsNotCheckedAgain() throws IOException {
    project.python("a", "def process(e): return e\n").java("b", JAVA);
    CheckedCode first = check();
    UserCodeChecker other =
        UserCodeChecker.lasting(
            folder.resolve("lasting"), folder.resolve("bin").toString(), () -> now);
    other.adopt(first.prepared());
    Path adopted = folder.resolve("lasting").resolve(first.prepared().get(1).digest());
    Object made = Files.getLastModifiedTime(adopted.resolve("classes/Code.class"));

    CheckedCode second = other.check(project, project.code);

    assertThat(second.problems()).isEmpty();
    assertThat(second.prepared().get(1).kept()).isEqualTo(adopted);
    assertThat(Files.readAllLines(starts())).hasSize(1);
    assertThat(Files.getLastModifiedTime(adopted.resolve("classes/Code.class"))).isEqualTo(made);
  }

  @Test
  void onlyWhatChangedIsCheckedAgainAndInOneProcess() throws IOException {
    for (String name : List.of("a", "b", "c")) {
      project.python(name, "def process(e): return e\n");
    }
    check();
    project.python("b", "def process(e): return {}\n").python("c", "def process(e): return []\n");

    assertThat(check().problems()).isEmpty();
    assertThat(Files.readAllLines(starts())).hasSize(2);
    assertThat(entries()).hasSize(5);
  }

  @Test
  void aDamagedResultIsMadeAnew() throws IOException {
    project.python("a", "def process(e): return e\n").java("b", JAVA);
    CheckedCode first = check();
    Files.writeString(first.prepared().get(0).path().getFirst().resolve("process.py"), "oops");
    Files.delete(first.prepared().get(1).path().getFirst().resolve("Code.class"));

    CheckedCode second = check();

    assertThat(second).isEqualTo(first);
    assertThat(second.prepared().get(0).path().getFirst().resolve("process.py"))
        .hasContent("def process(e): return e\n");
    assertThat(second.prepared().get(1).path().getFirst().resolve("Code.class")).exists();
    assertThat(entries()).hasSize(2);
  }

  @Test
  void aHalfWrittenResultIsMadeAnew() throws IOException {
    project.python("a", "def process(e): return e\n");
    CheckedCode first = check();
    Path result = entries().getFirst().resolve("result.json");
    byte[] whole = Files.readAllBytes(result);
    Files.write(result, java.util.Arrays.copyOf(whole, whole.length / 2));

    assertThat(check()).isEqualTo(first);
  }

  @Test
  void manyAtATimeGetTheSameAndLeaveOneResultEach() throws Exception {
    project.python("a", "def process(e): return e\n").java("b", JAVA);
    List<Callable<CheckedCode>> calls = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      calls.add(this::check);
    }
    try (ExecutorService threads = Executors.newFixedThreadPool(6)) {
      List<CheckedCode> all = new ArrayList<>();
      for (Future<CheckedCode> one : threads.invokeAll(calls)) {
        all.add(one.get());
      }
      assertThat(all).allMatch(all.getFirst()::equals);
    }
    assertThat(entries()).hasSize(2);
  }

  @Test
  void whatNobodyAskedForDuringAMonthIsRemoved() throws IOException {
    project.python("a", "def process(e): return e\n");
    check();
    Path result = entries().getFirst().resolve("result.json");
    assertThat(Files.getLastModifiedTime(result)).isNotNull();
    Files.setLastModifiedTime(
        result, FileTime.from(now.minus(CodeCache.KEPT_UNUSED).minus(Duration.ofDays(1))));
    project.python("a", "def process(e): return {}\n");
    check();

    assertThat(entries()).hasSize(1);
  }
}
