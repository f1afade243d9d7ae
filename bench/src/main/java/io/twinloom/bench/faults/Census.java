package io.twinloom.bench.faults;

import io.twinloom.functions.port.ObjectStore;
import io.twinloom.json.Json;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonSyntaxException;
import io.twinloom.json.JsonValue;
import io.twinloom.local.store.CloudDatabase;
import io.twinloom.local.store.LocalObjectStore;
import io.twinloom.local.store.SqliteDeadLetters;
import io.twinloom.local.store.SqliteHotStore;
import io.twinloom.model.Provider;
import io.twinloom.model.cloud.KnownClouds;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Counts what lies in the stores of a twin that does not run, wherever it lies. */
final class Census {

  private final BitSet old = new BitSet();
  private final Set<String> fresh = new HashSet<>();
  private final Set<String> dead = new HashSet<>();
  private long doubled;
  private long hot;
  private long cold;
  private long archived;

  /** Reads the stores in a data folder. */
  static Census of(Path data) throws IOException {
    Census census = new Census();
    census.hot(data.resolve(KnownClouds.AZURE.id() + ".db"));
    census.cold = census.objects(data, KnownClouds.AWS, "cold");
    census.archived = census.objects(data, KnownClouds.GOOGLE, "archive");
    for (Provider cloud : Provider.all()) {
      census.deadLetters(data.resolve(cloud.id() + ".db"));
    }
    return census;
  }

  private void hot(Path database) {
    try (CloudDatabase opened = CloudDatabase.open(database, SqliteHotStore.SCHEMA)) {
      opened.read(
          statements -> {
            try (ResultSet all =
                statements.of("SELECT device, ts, event_id FROM hot_item").executeQuery()) {
              while (all.next()) {
                count(all.getString(1), all.getString(2), all.getString(3));
                hot++;
              }
              return hot;
            }
          });
    }
  }

  private long objects(Path data, Provider cloud, String name) throws IOException {
    long items = 0;
    try (CloudDatabase opened =
        CloudDatabase.open(data.resolve(cloud.id() + ".db"), LocalObjectStore.SCHEMA)) {
      ObjectStore store =
          new LocalObjectStore(
              opened,
              data.resolve(cloud.id()).resolve(name),
              name,
              Optional.empty(),
              InstantSource.system());
      String after = "";
      for (ObjectStore.Page page; !(page = store.list("", after, 1_000)).entries().isEmpty(); ) {
        for (ObjectStore.Entry entry : page.entries()) {
          try (InputStream in = store.open(entry.key()).orElseThrow()) {
            items += chunk(in.readAllBytes());
          }
        }
        after = page.entries().getLast().key();
      }
    }
    return items;
  }

  private int chunk(byte[] content) {
    try {
      JsonArray items = (JsonArray) Json.parse(content);
      for (JsonValue value : items.values()) {
        JsonObject item = (JsonObject) value;
        count(
            item.text("device_id").orElseThrow(),
            item.text("timestamp").orElseThrow(),
            item.text("event_id").orElseThrow());
      }
      return items.size();
    } catch (JsonSyntaxException e) {
      throw new IllegalStateException("a chunk is not JSON", e);
    }
  }

  private void count(String device, String timestamp, String eventId) {
    OldItems.number(eventId)
        .ifPresentOrElse(
            n -> {
              doubled += old.get(n) ? 1 : 0;
              old.set(n);
            },
            () -> doubled += fresh.add(device + " " + timestamp) ? 0 : 1);
  }

  private void deadLetters(Path database) {
    try (CloudDatabase opened = CloudDatabase.open(database, SqliteDeadLetters.SCHEMA)) {
      SqliteDeadLetters letters = new SqliteDeadLetters(opened, InstantSource.system());
      List<SqliteDeadLetters.Kept> page = new ArrayList<>();
      long after = 0;
      while (!(page = letters.list(after, SqliteDeadLetters.MAX_PAGE)).isEmpty()) {
        for (SqliteDeadLetters.Kept kept : page) {
          if (kept.letter().event() instanceof JsonObject event) {
            JsonObject payload = event.object("payload").orElse(JsonObject.EMPTY);
            dead.add(
                payload.text("device_id").orElse("?")
                    + " "
                    + payload.text("timestamp").orElse("?"));
          }
        }
        after = page.getLast().id();
      }
    }
  }

  /** How many old items are nowhere. */
  long lostOf(int items) {
    return items - old.get(0, items).cardinality();
  }

  /** How many of these deliveries are neither stored nor dead letters. */
  long lostOf(Set<String> deliveries) {
    return deliveries.stream().filter(d -> !fresh.contains(d) && !dead.contains(d)).count();
  }

  /** How many are stored that are not of these deliveries. */
  long inventedBeside(Set<String> deliveries) {
    return fresh.stream().filter(d -> !deliveries.contains(d)).count();
  }

  long doubled() {
    return doubled;
  }

  int deadLetters() {
    return dead.size();
  }

  @Override
  public String toString() {
    return hot + " hot, " + cold + " cold, " + archived + " archived";
  }
}
