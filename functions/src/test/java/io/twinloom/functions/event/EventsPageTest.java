package io.twinloom.functions.event;

import static io.twinloom.functions.fake.Twin.object;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.functions.event.ConditionEvaluator.Evaluation;
import io.twinloom.model.condition.ConditionParser;
import io.twinloom.model.condition.PathResolver;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The table of conditions on the page docs/events.md says what happens. */
class EventsPageTest {

  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| `([^`]+)` \\| `(\\{[^`]+\\})` \\| (.+) \\|$");

  @Test
  void everyConditionOfThePageDoesWhatThePageSays() throws Exception {
    String page = Files.readString(Path.of("../docs/events.md"));
    List<MatchResult> rows = ROW.matcher(page).results().toList();
    assertThat(rows).hasSizeGreaterThan(10);
    for (MatchResult row : rows) {
      String condition = row.group(1).replace(" OR ", " || ");
      Evaluation evaluation =
          ConditionEvaluator.evaluate(
              ConditionParser.parse(
                      condition,
                      (component, property) -> new PathResolver.OfDevice("press", Optional.empty()))
                  .condition(),
              object(row.group(2)));
      String happens =
          switch (evaluation.truth()) {
            case TRUE -> "fires";
            case FALSE -> "does not";
            case UNKNOWN -> "is skipped";
          };
      assertThat(happens).as(row.group()).isEqualTo(row.group(3));
    }
  }
}
