package io.twinloom.local.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.functions.port.MovePlans;
import io.twinloom.functions.port.MovePlans.Position;
import io.twinloom.functions.port.MovePlans.Run;
import io.twinloom.testkit.contract.MovePlansContract;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteMovePlansTest implements MovePlansContract {

  @TempDir Path folder;
  private CloudDatabase database;
  private SqliteMovePlans plans;

  @BeforeEach
  void open() {
    database = CloudDatabase.open(folder.resolve("plans.db"), SqliteMovePlans.SCHEMA);
    plans = new SqliteMovePlans(database);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Override
  public MovePlans plans() {
    return plans;
  }

  @Test
  void aPlanOutlivesItsProcessButTheRunThatOwnedItDoesNot() {
    Instant until = Instant.parse("2026-03-01T12:05:00Z");
    Run run = new Run("m", 0, "2026-01-01T00:00:00.000000Z", "run-1", until, Position.BEGINNING);
    plans.save(run, List.of(), List.of());
    assertThat(plans.open("m").orElseThrow().run().owner()).isEqualTo("run-1");
    close();
    open();
    assertThat(plans.open("m").orElseThrow().run())
        .isEqualTo(new Run("m", 1, run.cutOff(), "", until, Position.BEGINNING));
  }
}
