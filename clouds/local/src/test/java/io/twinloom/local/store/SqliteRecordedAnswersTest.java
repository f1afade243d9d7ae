package io.twinloom.local.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinloom.functions.port.RecordedAnswers;
import io.twinloom.functions.port.RecordedAnswers.Recorded;
import io.twinloom.functions.port.StoreException;
import io.twinloom.testkit.contract.RecordedAnswersContract;
import java.nio.file.Path;
import java.sql.ResultSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteRecordedAnswersTest implements RecordedAnswersContract {

  @TempDir Path folder;
  private CloudDatabase database;
  private SqliteRecordedAnswers answers;

  @BeforeEach
  void open() {
    database = CloudDatabase.open(folder.resolve("answers.db"), SqliteRecordedAnswers.SCHEMA);
    answers = new SqliteRecordedAnswers(database);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private static final Recorded ONE = new Recorded("0".repeat(64), new byte[] {1});

  @Override
  public RecordedAnswers answers() {
    return answers;
  }

  @Test
  void anAnswerIsThereAfterARestart() {
    answers.record("in a", ONE, START, START.plus(KEPT));
    database.close();
    open();
    assertThat(answers.find("in a", START)).isPresent();
  }

  @Test
  void thoseWhoseTimeIsOverDoNotPileUp() {
    for (int i = 0; i < 30; i++) {
      answers.record("old " + i, ONE, START, START.plus(KEPT));
    }
    for (int i = 0; i < 5; i++) {
      answers.record(
          "new " + i, ONE, START.plus(KEPT.multipliedBy(2)), START.plus(KEPT.multipliedBy(3)));
    }
    assertThat(count()).isEqualTo(5);
  }

  @Test
  void anAnswerThatCannotBeKeptIsAnError() {
    database.close();
    assertThatThrownBy(() -> answers.record("in a", ONE, START, START.plus(KEPT)))
        .isInstanceOf(StoreException.class);
  }

  private long count() {
    return database.read(
        statements -> {
          try (ResultSet found =
              statements.of("SELECT count(*) FROM answered_request").executeQuery()) {
            return found.next() ? found.getLong(1) : -1L;
          }
        });
  }
}
