package io.twinloom.deployer.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinloom.model.TwinloomException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recordings: what is written is what is read, and when and how it is published again. */
class RecordingTest {

  private static final Instant NOON = Instant.parse("2026-11-30T12:00:00Z");

  @TempDir private Path folder;

  @Test
  void whatIsRecordedIsReadAgain() throws Exception {
    Path file = folder.resolve("r.ndjson");
    try (RecordingWriter writer = RecordingWriter.create(file)) {
      writer.add(message(NOON, "{\"t\":1.50}"));
      writer.add(message(NOON.plusMillis(250), "not JSON \u0000"));
    }
    try (Recording recording = Recording.open(file)) {
      RecordedMessage first = recording.next().orElseThrow();
      RecordedMessage second = recording.next().orElseThrow();
      assertThat(first.device()).isEqualTo("sensor-1");
      assertThat(text(first.payload())).isEqualTo("{\"t\":1.50}");
      assertThat(second.time()).isEqualTo(NOON.plusMillis(250));
      assertThat(text(second.payload())).isEqualTo("not JSON \u0000");
      assertThat(recording.next()).isEmpty();
    }
  }

  @Property(tries = 200)
  void anyBytesSurviveALine(@ForAll byte[] payload) {
    RecordedMessage read =
        RecordedMessage.parse(new RecordedMessage(NOON, "a", payload).line(), "line");
    if (!text(payload).strip().startsWith("{") && !isJson(payload)) {
      assertThat(read.payload()).isEqualTo(payload);
    }
  }

  private static boolean isJson(byte[] payload) {
    return new RecordedMessage(NOON, "a", payload).line().contains("\"message\"");
  }

  @Test
  void aRecordingIsNotOverwritten() throws Exception {
    Path file = Files.writeString(folder.resolve("there.ndjson"), "x");
    assertThatThrownBy(() -> RecordingWriter.create(file))
        .isInstanceOf(TwinloomException.class)
        .hasMessageContaining("not overwritten");
    assertThat(file).hasContent("x");
  }

  @Test
  void aLineThatIsNoMessageIsSaidWithItsNumber() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("bad.ndjson"),
            message(NOON, "{}").line() + "\n\n{\"device\": \"a\", \"message\": 1}\n");
    try (Recording recording = Recording.open(file)) {
      assertThat(recording.next()).isPresent();
      assertThatThrownBy(recording::next)
          .isInstanceOf(TwinloomException.class)
          .extracting(e -> ((TwinloomException) e).where())
          .asString()
          .endsWith("line 3");
    }
  }

  @Test
  void aFasterSpeedShortensTheGaps() {
    ReplayPace ten = new ReplayPace(Optional.of(10.0));
    assertThat(ten.due(NOON, NOON.plusSeconds(30))).isEqualTo(Duration.ofSeconds(3));
    assertThat(ten.due(NOON, NOON.minusSeconds(30))).isZero();
    assertThat(ReplayPace.ASAP.due(NOON, NOON.plusSeconds(30))).isZero();
    assertThatThrownBy(() -> new ReplayPace(Optional.of(0.0)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aShiftedMessageIsAsOldAsItWas() {
    Instant now = Instant.parse("2030-01-01T00:00:10Z");
    RecordedMessage late = message(NOON, "{\"timestamp\":\"2026-11-30T11:59:58Z\",\"t\":1}");
    assertThat(text(TimeShift.shifted(late, now)))
        .isEqualTo("{\"timestamp\":\"2030-01-01T00:00:08.000000Z\",\"t\":1}");
  }

  @Test
  void aMessageWithoutATimeOfItsOwnStaysAsItIs() {
    for (String payload :
        new String[] {"{\"t\":1}", "[1]", "invalid JSON", "{\"time\":\"soon\"}"}) {
      assertThat(text(TimeShift.shifted(message(NOON, payload), NOON))).isEqualTo(payload);
    }
  }

  private static RecordedMessage message(Instant time, String payload) {
    return new RecordedMessage(time, "sensor-1", payload.getBytes(StandardCharsets.UTF_8));
  }

  private static String text(byte[] payload) {
    return new String(payload, StandardCharsets.UTF_8);
  }
}
