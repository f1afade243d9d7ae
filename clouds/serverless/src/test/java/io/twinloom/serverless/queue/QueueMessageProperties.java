package io.twinloom.serverless.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.json.JsonObject;
import io.twinloom.serverless.queue.QueueMessage.Packed;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class QueueMessageProperties {

  @Property
  void whateverEventsArePackedComesBackInItsOrderWithItsCounts(
      @ForAll @Size(max = 30) List<String> texts,
      @ForAll @IntRange(min = 1, max = 7) int most,
      @ForAll @IntRange(max = 3) int attempts) {
    List<QueuedEvent> events = new ArrayList<>();
    for (String text : texts) {
      events.add(
          new QueuedEvent(
              JsonObject.builder().put("text", wellFormed(text)).build(),
              attempts,
              attempts,
              attempts == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(5))));
    }
    List<QueuedEvent> read = new ArrayList<>();
    for (Packed packed : QueueMessage.pack(events, most)) {
      assertThat(packed.events()).hasSizeBetween(1, most);
      assertThat(packed.body().chars()).allMatch(QueueMessageProperties::isTaken);
      assertThat(FakeQueue.read(packed.body())).isEqualTo(packed.events());
      read.addAll(packed.events());
    }
    assertThat(read).isEqualTo(events);
  }

  @Test
  void charactersThatAQueueRefusesAreEscaped() {
    JsonObject event = JsonObject.builder().put("text", "\uFFFE \uFFFF \u0000 \u001F 😀 ä").build();
    Packed packed = QueueMessage.pack(List.of(QueuedEvent.first(event)), 1).getFirst();
    assertThat(packed.body()).contains("\\ufffe", "\\uffff", "😀", "ä");
    assertThat(FakeQueue.read(packed.body()).getFirst().event()).isEqualTo(event);
  }

  @Test
  void aMessageHasAQuarterOfAMegabyteUnlessItIsOneEvent() {
    List<QueuedEvent> events = new ArrayList<>();
    for (int size : List.of(100, 100, 100, 300, 10)) {
      events.add(QueuedEvent.first(JsonObject.builder().put("t", "x".repeat(size * 1024)).build()));
    }
    List<Packed> packed = QueueMessage.pack(events, 100);
    assertThat(packed).extracting(one -> one.events().size()).containsExactly(2, 1, 1, 1);
    assertThat(packed.getFirst().body().getBytes(StandardCharsets.UTF_8).length)
        .isLessThan(257 * 1024);
  }

  @Test
  void anEventThatHasAMemberOfThatNameAmongOthersIsNoMessage() {
    JsonObject event =
        JsonObject.builder().put("events", "3").put("device_id", "counter-1").build();
    assertThat(QueueMessage.read(event)).isEmpty();
  }

  /** What a queue takes, surrogates apart, which stand in pairs. */
  private static boolean isTaken(int c) {
    return c == '\t' || c >= ' ' && c < 0xFFFE;
  }

  /** JSON as it is read has no halves of pairs. */
  private static String wellFormed(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }
}
