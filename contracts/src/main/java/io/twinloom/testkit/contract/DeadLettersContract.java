package io.twinloom.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.functions.port.DeadLetter;
import io.twinloom.functions.port.DeadLetters;
import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What could not be processed is kept as it was, for being replayed. */
public interface DeadLettersContract {

  /** The dead letters, the same during one test. */
  DeadLetters deadLetters();

  /** What is kept, oldest first. */
  List<DeadLetter> kept();

  @Test
  default void aLetterIsKeptWithAllItSays() {
    DeadLetter letter = letter("plant-dispatcher", "{\"a\": 1.50}", "trace-1");
    deadLetters().keep(letter);
    assertThat(kept()).containsExactly(letter);
  }

  @Test
  default void anEventIsKeptExactly() {
    DeadLetter letter =
        letter(
            "f",
            "{\"n\": 123456789012345678901234567890.10, \"t\": \"传感器 \\u0000\","
                + " \"l\": [null, {\"x\": []}], \"e\": {}}",
            "t");
    deadLetters().keep(letter);
    assertThat(Json.text(kept().getFirst().event())).isEqualTo(Json.text(letter.event()));
  }

  @Test
  default void anEventOfTheLargestMessageIsKept() {
    DeadLetter letter = letter("f", "{\"payload\": \"" + "x".repeat(192 * 1024) + "\"}", "t");
    deadLetters().keep(letter);
    assertThat(kept()).containsExactly(letter);
  }

  @Test
  default void equalLettersAreTwo() {
    DeadLetter letter = letter("f", "{}", "");
    deadLetters().keep(letter);
    deadLetters().keep(letter);
    assertThat(kept()).containsExactly(letter, letter);
  }

  @Test
  default void lettersAreInTheOrderInWhichTheyWereKept() {
    for (int i = 0; i < 20; i++) {
      deadLetters().keep(letter("f" + i, "{\"i\": " + i + "}", "t" + i));
    }
    assertThat(kept().stream().map(DeadLetter::function).toList())
        .hasSize(20)
        .startsWith("f0", "f1", "f2")
        .endsWith("f18", "f19");
  }

  private static DeadLetter letter(String function, String event, String trace) {
    JsonObject json = Json.parseObject(event.getBytes(StandardCharsets.UTF_8));
    return new DeadLetter(function, json, "It could not be read: line 1.", 3, trace);
  }
}
