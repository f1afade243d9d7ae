package io.twinloom.local.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinloom.functions.port.StoreException;
import io.twinloom.functions.port.TwinGraph;
import io.twinloom.json.JsonNumber;
import io.twinloom.testkit.contract.TwinGraphContract;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteTwinGraphTest implements TwinGraphContract {

  @TempDir Path folder;
  private CloudDatabase database;
  private SqliteTwinGraph graph;

  @BeforeEach
  void open() {
    database = CloudDatabase.open(folder.resolve("twin.db"), SqliteTwinGraph.SCHEMA);
    graph = new SqliteTwinGraph(database);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Override
  public TwinGraph graph() {
    return graph;
  }

  @Test
  void entitiesAndValuesAreThereAfterARestart() {
    graph.define(TwinGraphContract.hall());
    graph.update("hall", "press", TwinGraphContract.at(1), Map.of("heat", JsonNumber.of(21)));
    database.close();
    open();
    assertThat(graph.entities("", 10)).isEqualTo(TwinGraphContract.hall().entities());
    assertThat(graph.values("hall", "press")).containsOnlyKeys("heat");
  }

  @Test
  void aGraphThatCannotWriteSaysSo() {
    database.close();
    assertThatThrownBy(() -> graph.define(TwinGraphContract.hall()))
        .isInstanceOf(StoreException.class);
    assertThatThrownBy(() -> graph.entity("hall")).isInstanceOf(StoreException.class);
  }
}
