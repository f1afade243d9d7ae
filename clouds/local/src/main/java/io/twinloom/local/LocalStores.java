package io.twinloom.local;

import io.twinloom.local.store.CloudDatabase;
import io.twinloom.local.store.DiskRoom;
import io.twinloom.local.store.LocalObjectStore;
import io.twinloom.local.store.SqliteDeadLetters;
import io.twinloom.local.store.SqliteHotStore;
import io.twinloom.local.store.SqliteMovePlans;
import io.twinloom.local.store.SqliteRecordedAnswers;
import io.twinloom.local.store.SqliteTwinGraph;
import io.twinloom.model.Provider;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The stores of one local cloud, in its database and its folder. */
record LocalStores(
    SqliteHotStore hot,
    LocalObjectStore cold,
    LocalObjectStore archive,
    SqliteMovePlans movePlans,
    SqliteTwinGraph twinGraph,
    SqliteDeadLetters deadLetters,
    SqliteRecordedAnswers recordedAnswers,
    DiskRoom room) {

  /** The tables that the stores need in the cloud's database. */
  static List<String> schema() {
    return Stream.of(
            SqliteHotStore.SCHEMA,
            SqliteTwinGraph.SCHEMA,
            SqliteDeadLetters.SCHEMA,
            LocalObjectStore.SCHEMA,
            SqliteMovePlans.SCHEMA,
            SqliteRecordedAnswers.SCHEMA)
        .flatMap(List::stream)
        .toList();
  }

  static LocalStores in(
      CloudDatabase database, Provider cloud, LocalOptions options, InstantSource clock) {
    Path objects = options.data().resolve(cloud.id());
    return new LocalStores(
        new SqliteHotStore(database),
        new LocalObjectStore(database, objects.resolve("cold"), "cold", Optional.empty(), clock),
        new LocalObjectStore(
            database, objects.resolve("archive"), "archive", options.archiveRestore(), clock),
        new SqliteMovePlans(database),
        new SqliteTwinGraph(database),
        new SqliteDeadLetters(database, clock),
        new SqliteRecordedAnswers(database),
        new DiskRoom(options.data()));
  }
}
