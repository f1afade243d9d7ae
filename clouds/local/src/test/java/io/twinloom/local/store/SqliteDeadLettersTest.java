package io.twinloom.local.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinloom.functions.port.DeadLetter;
import io.twinloom.functions.port.DeadLetters;
import io.twinloom.functions.port.StoreException;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonString;
import io.twinloom.local.store.SqliteDeadLetters.Kept;
import io.twinloom.testkit.contract.DeadLettersContract;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteDeadLettersTest implements DeadLettersContract {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00.123Z");

  @TempDir Path folder;
  private CloudDatabase database;
  private SqliteDeadLetters letters;

  @BeforeEach
  void open() {
    database = CloudDatabase.open(folder.resolve("dead.db"), SqliteDeadLetters.SCHEMA);
    letters = new SqliteDeadLetters(database, InstantSource.fixed(NOW));
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Override
  public DeadLetters deadLetters() {
    return letters;
  }

  @Override
  public List<DeadLetter> kept() {
    return letters.list(0, 100).stream().map(Kept::letter).toList();
  }

  private static DeadLetter letter(int n) {
    return new DeadLetter(
        "twin-persister", JsonObject.builder().put("n", n).build(), "no store", 3, "trace-" + n);
  }

  @Test
  void aLetterIsKeptWithItsTime() {
    letters.keep(letter(1));
    Kept kept = letters.list(0, 10).get(0);
    assertThat(kept.letter()).isEqualTo(letter(1));
    assertThat(kept.time()).isEqualTo(NOW);
    assertThat(letters.get(kept.id())).contains(kept);
  }

  @Test
  void anEventThatIsNoObjectIsKeptToo() {
    DeadLetter text = new DeadLetter("f", new JsonString("{broken"), "not JSON", 1, "");
    letters.keep(text);
    assertThat(letters.list(0, 1).get(0).letter()).isEqualTo(text);
  }

  @Test
  void youngLettersWithATextInTheirEventAreRemovedAndNoOthers() {
    IntStream.rangeClosed(1, 3).forEach(n -> letters.keep(letter(n)));
    assertThat(letters.remove("\"n\":2", NOW.plusMillis(1))).isZero();
    assertThat(letters.remove("\"n\":2", NOW)).isEqualTo(1);
    assertThat(kept()).containsExactly(letter(1), letter(3));
  }

  @Test
  void lettersAreListedInPagesTheOldestFirst() {
    IntStream.rangeClosed(1, 5).forEach(n -> letters.keep(letter(n)));
    List<Kept> first = letters.list(0, 3);
    List<Kept> second = letters.list(first.get(2).id(), 3);
    assertThat(first)
        .extracting(kept -> kept.letter().traceId())
        .containsExactly("trace-1", "trace-2", "trace-3");
    assertThat(second)
        .extracting(kept -> kept.letter().traceId())
        .containsExactly("trace-4", "trace-5");
    assertThat(letters.list(second.get(1).id(), 3)).isEmpty();
  }

  @Test
  void aPageOfLargeEventsIsShorterButNeverEmpty() {
    for (int i = 0; i < 3; i++) {
      letters.keep(new DeadLetter("f", new JsonString("x".repeat(3_000_000)), "large", 1, ""));
    }
    List<Kept> first = letters.list(0, 100);
    assertThat(first).hasSize(1);
    assertThat(letters.list(first.get(0).id(), 100)).hasSize(1);
  }

  @Test
  void removedOnesAreForgottenAndTheirIdsNeverGivenAgain() {
    IntStream.rangeClosed(1, 3).forEach(n -> letters.keep(letter(n)));
    List<Long> ids = letters.list(0, 10).stream().map(Kept::id).toList();
    assertThat(letters.remove(List.of(ids.get(1), ids.get(2), 999L))).isEqualTo(2);
    assertThat(letters.count()).isEqualTo(1);
    assertThat(letters.get(ids.get(2))).isEmpty();
    letters.keep(letter(4));
    assertThat(letters.list(ids.get(0), 10))
        .singleElement()
        .extracting(Kept::id)
        .satisfies(id -> assertThat(ids).doesNotContain(id));
  }

  @Test
  void lettersAreThereAfterARestart() {
    letters.keep(letter(1));
    database.close();
    open();
    assertThat(letters.count()).isEqualTo(1);
    assertThat(letters.list(0, 10).get(0).letter()).isEqualTo(letter(1));
  }

  @Test
  void aLimitOutOfRangeIsRefused() {
    assertThatThrownBy(() -> letters.list(0, 0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> letters.list(0, SqliteDeadLetters.MAX_PAGE + 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aLetterThatCannotBeKeptIsAnError() {
    database.close();
    assertThatThrownBy(() -> letters.keep(letter(1))).isInstanceOf(StoreException.class);
  }
}
