package io.twinloom.local.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinloom.functions.port.InvocationLog;
import io.twinloom.functions.port.InvocationLog.Level;
import io.twinloom.functions.port.StoreException;
import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.model.TwinConfig.Mode;
import io.twinloom.model.cloud.KnownClouds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InvocationLogFileTest {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00.123456Z");

  @TempDir Path folder;
  private final AtomicReference<Instant> now = new AtomicReference<>(NOW);
  private final InstantSource clock = now::get;

  private static LogLimits limits(long fileBytes, int files, int bufferBytes, Duration flush) {
    return new LogLimits(fileBytes, files, bufferBytes, flush, 3, Duration.ofSeconds(10));
  }

  private LogWriter open() {
    return LogWriter.open(folder.resolve("log"), clock);
  }

  private LogWriter open(LogLimits limits) {
    return LogWriter.open(folder.resolve("log"), clock, limits);
  }

  private static InvocationLogFile aws(LogWriter writer) {
    return new InvocationLogFile(writer, KnownClouds.AWS, () -> Mode.PRODUCTION);
  }

  private static void invoke(InvocationLogFile log, int n) {
    log.invocation("twin-f", "azure", "trace-" + n, "d", "ok", Duration.ofNanos(1_234_567));
  }

  private List<JsonObject> lines() {
    return new LogReader(folder.resolve("log")).query(LogFilter.all(), 10_000);
  }

  @Test
  void anInvocationIsOneLineWithAllItsParts() {
    try (LogWriter writer = open()) {
      invoke(aws(writer), 1);
    }
    assertThat(lines())
        .map(Json::text)
        .containsExactly(
            "{\"time\":\"2026-03-01T10:00:00.123456Z\",\"level\":\"INFO\",\"function\":\"twin-f\","
                + "\"cloud\":\"aws\",\"source_cloud\":\"azure\",\"trace_id\":\"trace-1\","
                + "\"device\":\"d\",\"outcome\":\"ok\",\"ms\":1.234}");
  }

  @Test
  void anInvocationThatFailedIsAWarning() {
    try (LogWriter writer = open()) {
      aws(writer).invocation("twin-f", "", "", "", "TL-STORE-FAILED", Duration.ZERO);
    }
    assertThat(lines().get(0).text("level")).contains("WARN");
  }

  @Test
  void aNoteHasItsFields() {
    try (LogWriter writer = open()) {
      aws(writer).note(Level.ERROR, "twin-f", "t", "It \"broke\"", Map.of("property", "temp"));
      aws(writer).note(Level.INFO, "twin-f", "t", "Nothing to say", Map.of());
    }
    assertThat(lines().get(0).text("message")).contains("It \"broke\"");
    assertThat(lines().get(0).object("fields").orElseThrow().text("property")).contains("temp");
    assertThat(lines().get(1).has("fields")).isFalse();
  }

  @Test
  void debugNotesAreForTheModeOfThatName() {
    try (LogWriter writer = open()) {
      new InvocationLogFile(writer, KnownClouds.AWS, () -> Mode.PRODUCTION)
          .note(Level.DEBUG, "f", "", "hidden", Map.of());
      new InvocationLogFile(writer, KnownClouds.AWS, () -> Mode.DEBUG)
          .note(Level.DEBUG, "f", "", "shown", Map.of());
    }
    assertThat(lines())
        .extracting(line -> line.text("message").orElseThrow())
        .containsExactly("shown");
  }

  @Test
  void aLineIsInItsFileSoonWithoutAnythingFollowing() {
    try (LogWriter writer = open()) {
      invoke(aws(writer), 1);
      Awaitility.await().until(() -> lines().size() == 1);
    }
  }

  @Test
  void linesOfManyThreadsAreWholeAndNoneIsLost() {
    try (LogWriter writer = open();
        ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int caller = 0; caller < 8; caller++) {
        InvocationLogFile log = aws(writer);
        int first = caller * 100;
        callers.submit(
            () -> {
              for (int n = first; n < first + 100; n++) {
                invoke(log, n);
              }
            });
      }
      callers.close();
      Awaitility.await().until(() -> writer.counts().written() == 800);
      assertThat(writer.counts()).isEqualTo(new LogWriter.Counts(800, 0));
    }
    assertThat(lines())
        .extracting(line -> line.text("trace_id").orElseThrow())
        .doesNotHaveDuplicates()
        .hasSize(800);
  }

  @Test
  void whatFindsNoRoomIsCountedAndSaidButErrorsHaveRoomKept() {
    // Nothing is written before the close: the buffer is all there is, below its quarter or not.
    LogWriter writer = open(limits(1_000_000, 4, 16_384, Duration.ofHours(1)));
    long written;
    try (writer) {
      InvocationLogFile log = aws(writer);
      Thread flood =
          Thread.ofPlatform()
              .start(
                  () -> {
                    for (int n = 0; writer.counts().dropped() == 0; n++) {
                      invoke(log, n);
                    }
                    log.note(Level.ERROR, "twin-f", "", "still heard", Map.of());
                  });
      Awaitility.await().until(() -> !flood.isAlive());
    }
    written = writer.counts().written();
    long dropped = writer.counts().dropped();
    assertThat(dropped).isPositive();
    assertThat(lines()).filteredOn(line -> line.has("dropped")).isNotEmpty();
    assertThat(lines())
        .anyMatch(line -> line.text("message").equals(java.util.Optional.of("still heard")));
    assertThat(lines())
        .filteredOn(line -> line.has("outcome"))
        .hasSizeLessThanOrEqualTo((int) written);
  }

  @Test
  void aLongTextIsCut() {
    try (LogWriter writer = open()) {
      aws(writer).note(Level.WARN, "f", "", "x".repeat(LogLimits.MAX_TEXT + 1), Map.of());
    }
    assertThat(lines().get(0).text("message").orElseThrow())
        .hasSize(LogLimits.MAX_TEXT + 1)
        .endsWith("x…");
  }

  @Test
  void notesOfOneTextAreWrittenAFewTimesAndThenCounted() {
    try (LogWriter writer = open(limits(1_000_000, 4, 1_000_000, Duration.ofMillis(10)))) {
      InvocationLogFile log = aws(writer);
      for (int n = 0; n < 10; n++) {
        log.note(Level.WARN, "twin-f", "trace-" + n, "unknown property", Map.of());
      }
      log.note(Level.WARN, "twin-g", "", "unknown property", Map.of());
      Awaitility.await().until(() -> writer.counts().written() == 4);
      now.set(NOW.plusSeconds(11));
      Awaitility.await().until(() -> writer.counts().written() == 5);
      log.note(Level.WARN, "twin-f", "", "unknown property", Map.of());
    }
    assertThat(lines())
        .filteredOn(line -> line.has("suppressed"))
        .singleElement()
        .satisfies(
            line -> {
              assertThat(line.get("suppressed")).hasToString("7");
              assertThat(line.text("function")).contains("twin-f");
              assertThat(line.text("message")).contains("unknown property");
            });
    assertThat(lines()).hasSize(6);
  }

  @Test
  @DisplayName("one noisy client fills the log")
  void theNotesOfOneClientSilenceNoOther() {
    try (LogWriter writer = open(limits(1_000_000, 4, 1_000_000, Duration.ofMillis(10)))) {
      InvocationLogFile log = aws(writer);
      for (int n = 0; n < 100; n++) {
        log.note(Level.WARN, "mqtt", "", "A message is refused", Map.of("client", "noisy"));
      }
      log.note(Level.WARN, "mqtt", "", "A message is refused", Map.of("client", "other"));
    }
    assertThat(lines().stream().filter(l -> l.toString().contains("other"))).hasSize(1);
    assertThat(lines())
        .filteredOn(line -> line.has("suppressed"))
        .singleElement()
        .satisfies(line -> assertThat(line.text("device")).contains("noisy"));
  }

  @Test
  void whatUserCodePrintsIsThereWithItsTraceHoweverOftenItSaysTheSame() {
    try (LogWriter writer = open(limits(1_000_000, 4, 1_000_000, Duration.ofMillis(10)))) {
      InvocationLogFile log = aws(writer);
      for (int n = 0; n < 100; n++) {
        log.note(Level.INFO, "press-1", "trace-" + n, "hello", InvocationLog.OF_USER_CODE);
      }
    }
    assertThat(lines()).hasSize(100).noneMatch(line -> line.has("suppressed"));
    assertThat(lines()).extracting(line -> line.text("trace_id")).doesNotHaveDuplicates();
  }

  @Test
  void aFullFileIsFollowedByANewOneAndTheOldestGo() throws IOException {
    try (LogWriter writer = open(limits(2_000, 3, 1_000_000, Duration.ofMillis(1)))) {
      InvocationLogFile log = aws(writer);
      for (int n = 0; n < 100; n++) {
        invoke(log, n);
        long expected = n + 1;
        Awaitility.await()
            .pollInterval(Duration.ofMillis(1))
            .until(() -> writer.counts().written() == expected);
      }
    }
    List<Integer> numbers = LogFiles.numbers(folder.resolve("log"));
    assertThat(numbers).hasSize(3);
    assertThat(numbers.get(2)).isGreaterThan(8);
    for (int number : numbers) {
      assertThat(Files.size(LogFiles.file(folder.resolve("log"), number)))
          .isLessThanOrEqualTo(2_000);
    }
    assertThat(lines().get(lines().size() - 1).text("trace_id")).contains("trace-99");
  }

  @Test
  void aRestartGoesOnWithTheNewestFileAndFixesALineThatACrashCut() throws IOException {
    try (LogWriter writer = open()) {
      invoke(aws(writer), 1);
    }
    Path file = LogFiles.file(folder.resolve("log"), 1);
    Files.writeString(file, "{\"time\":\"2026", StandardOpenOption.APPEND);
    try (LogWriter writer = open()) {
      invoke(aws(writer), 2);
    }
    assertThat(LogFiles.numbers(folder.resolve("log"))).containsExactly(1);
    assertThat(lines())
        .extracting(line -> line.text("trace_id").orElseThrow())
        .containsExactly("trace-1", "trace-2");
  }

  @Test
  void filesAndFolderAreTheOwnersAlone() throws IOException {
    try (LogWriter writer = open()) {
      invoke(aws(writer), 1);
    }
    Path log = folder.resolve("log");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(log)))
        .isEqualTo("rwx------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(LogFiles.file(log, 1))))
        .isEqualTo("rw-------");
  }

  @Test
  void aFolderThatCannotBeMadeIsReported() throws IOException {
    Files.createFile(folder.resolve("log"));
    assertThatThrownBy(this::open).isInstanceOf(StoreException.class).hasMessageContaining("log");
  }

  @Test
  void whatIsReportedAfterTheCloseHarmsNobody() {
    LogWriter writer = open();
    writer.close();
    invoke(aws(writer), 1);
    assertThat(writer.counts()).isEqualTo(new LogWriter.Counts(0, 1));
  }
}
