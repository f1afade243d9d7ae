package io.twinloom.local.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinloom.functions.port.InvocationLog.Level;
import io.twinloom.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogReaderTest {
  @TempDir Path folder;
  private LogReader reader;

  @BeforeEach
  void open() {
    reader = new LogReader(folder);
  }

  private static String line(int second, String level, String function, String trace) {
    return "{\"time\":\"2026-03-01T10:00:%02d.000000Z\",\"level\":\"%s\",\"function\":\"%s\",\"trace_id\":\"%s\"}\n"
        .formatted(second, level, function, trace);
  }

  private void append(int file, String text) throws IOException {
    Files.writeString(
        LogFiles.file(folder, file), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private static List<String> traces(List<JsonObject> lines) {
    return lines.stream().map(line -> line.text("trace_id").orElseThrow()).toList();
  }

  private List<String> query(LogFilter filter, int limit) {
    return traces(reader.query(filter, limit));
  }

  private void three() throws IOException {
    append(1, line(1, "INFO", "twin-a", "t1") + line(2, "WARN", "twin-b", "t2"));
    append(2, line(3, "ERROR", "twin-a", "t3") + line(4, "DEBUG", "twin-ab", "t1"));
    append(3, line(5, "INFO", "twin-b", "t5"));
  }

  @Test
  void linesComeInTheirOrderOverAllFiles() throws IOException {
    three();
    assertThat(query(LogFilter.all(), 100)).containsExactly("t1", "t2", "t3", "t1", "t5");
  }

  @Test
  void theLimitLeavesTheNewest() throws IOException {
    three();
    assertThat(query(LogFilter.all(), 2)).containsExactly("t1", "t5");
    assertThat(query(LogFilter.all(), 4)).containsExactly("t2", "t3", "t1", "t5");
  }

  @Test
  void linesAreFoundByFunctionTraceLevelAndTime() throws IOException {
    three();
    assertThat(query(LogFilter.all().ofFunction("twin-a"), 9)).containsExactly("t1", "t3");
    assertThat(query(LogFilter.all().ofTrace("t1"), 9)).hasSize(2);
    assertThat(query(LogFilter.all().ofLevel(Level.WARN), 9)).containsExactly("t2", "t3");
    assertThat(query(LogFilter.all().from(Instant.parse("2026-03-01T10:00:03Z")), 9))
        .containsExactly("t3", "t1", "t5");
    assertThat(query(LogFilter.all().ofFunction("twin-a").ofTrace("t3").ofLevel(Level.ERROR), 9))
        .containsExactly("t3");
    assertThat(query(LogFilter.all().ofFunction("nobody"), 9)).isEmpty();
  }

  @Test
  void aLineThatIsNotWholeYetOrDamagedIsLeftOut() throws IOException {
    append(1, "{broken}\n" + line(1, "INFO", "f", "t1") + "[]\n" + "{\"time\":\"2026-");
    assertThat(query(LogFilter.all(), 9)).containsExactly("t1");
  }

  @Test
  void aLogThatIsNotThereIsEmpty() {
    assertThat(new LogReader(folder.resolve("nothing")).query(LogFilter.all(), 9)).isEmpty();
    assertThat(query(LogFilter.all(), 9)).isEmpty();
  }

  @Test
  void aLimitOutOfRangeIsRefused() {
    assertThatThrownBy(() -> reader.query(LogFilter.all(), 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> reader.query(LogFilter.all(), LogReader.MAX_LIMIT + 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static List<String> poll(LogReader.Follower follower) {
    List<JsonObject> lines = new ArrayList<>();
    follower.poll(lines::add);
    return traces(lines);
  }

  @Test
  void aFollowerSeesWhatComesAndNothingTwice() throws IOException {
    append(1, line(1, "INFO", "f", "old"));
    LogReader.Follower follower = reader.follow(LogFilter.all());
    assertThat(poll(follower)).isEmpty();
    append(1, line(2, "INFO", "f", "t2"));
    assertThat(poll(follower)).containsExactly("t2");
    assertThat(poll(follower)).isEmpty();
  }

  @Test
  void aFollowerWaitsForTheRestOfALine() throws IOException {
    append(1, line(1, "INFO", "f", "old"));
    LogReader.Follower follower = reader.follow(LogFilter.all());
    String line = line(2, "INFO", "f", "t2");
    append(1, line.substring(0, 30));
    assertThat(poll(follower)).isEmpty();
    append(1, line.substring(30));
    assertThat(poll(follower)).containsExactly("t2");
  }

  @Test
  void aFollowerGoesOnOverNewFilesAndAlsoWhereOldOnesWent() throws IOException {
    append(1, line(1, "INFO", "f", "old"));
    LogReader.Follower follower = reader.follow(LogFilter.all());
    append(1, line(2, "INFO", "f", "t2"));
    append(2, line(3, "INFO", "f", "t3"));
    assertThat(poll(follower)).containsExactly("t2", "t3");
    Files.delete(LogFiles.file(folder, 1));
    append(2, line(4, "INFO", "f", "t4"));
    append(3, line(5, "INFO", "f", "t5"));
    assertThat(poll(follower)).containsExactly("t4", "t5");
  }

  @Test
  void aFollowerCanBeThereBeforeTheLog() throws IOException {
    Path later = folder.resolve("later");
    LogReader.Follower follower = new LogReader(later).follow(LogFilter.all());
    assertThat(poll(follower)).isEmpty();
    Files.createDirectory(later);
    Files.writeString(LogFiles.file(later, 1), line(1, "INFO", "f", "t1"));
    assertThat(poll(follower)).containsExactly("t1");
  }

  @Test
  void aFollowerLeavesOutWhatIsNotWanted() throws IOException {
    LogReader.Follower follower = reader.follow(LogFilter.all().ofLevel(Level.WARN));
    append(1, line(1, "INFO", "f", "t1") + line(2, "ERROR", "f", "t2"));
    assertThat(poll(follower)).containsExactly("t2");
  }
}
