package io.twinloom.server.twin;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.deployer.control.DeadLetterEntry;
import io.twinloom.model.Provider;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Which dead letters a filter chooses. */
class DeadLetterFilterTest {

  private static final DeadLetterEntry FIRST =
      letter("TypeError: can't multiply 'warm' (process.py:8) at 14:20:02");
  private static final DeadLetterEntry SECOND =
      letter("TypeError: can't multiply 'cold' (process.py:8) at 14:21:07");
  private static final DeadLetterEntry OTHER = letter("The message is invalid JSON.");

  @Test
  @DisplayName("The cause of a group chooses the letters of this group and no others")
  void aCauseChoosesTheLettersOfItsGroup() {
    String cause = FIRST.cause();

    List<DeadLetterEntry> chosen =
        List.of(FIRST, SECOND, OTHER).stream().filter(filter(cause)::isOf).toList();

    assertThat(chosen).containsExactly(FIRST, SECOND);
  }

  private static DeadLetterFilter filter(String cause) {
    return new DeadLetterFilter(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(cause),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static DeadLetterEntry letter(String error) {
    return DeadLetterEntry.of("id-" + error.length(), Provider.named("azure"), Instant.EPOCH)
        .function("hall-processor")
        .error(error)
        .build();
  }
}
