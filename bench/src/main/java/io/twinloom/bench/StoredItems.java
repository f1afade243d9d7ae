package io.twinloom.bench;

import io.twinloom.functions.hot.HotRecorder;
import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.local.store.CloudDatabase;
import io.twinloom.local.store.HotCounts;
import io.twinloom.local.store.SqliteHotStore;
import io.twinloom.model.time.Timestamps;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Random;

/**
 * Items of 400 bytes in a hot store that no twin runs on yet, one a second for each device, the
 * last of them just now: so no mover takes them.
 */
final class StoredItems {

  private static final int BATCH = 2_000;
  private static final String INSERT =
      "INSERT INTO hot_item(device, ts, event_id, body) VALUES(?, ?, ?, ?)";

  private final Instant begin;
  private final int each;

  private StoredItems(Instant begin, int each) {
    this.begin = begin;
    this.each = each;
  }

  static StoredItems write(Path data, List<String> devices, int items) throws IOException {
    Files.createDirectories(data);
    int each = items / devices.size();
    StoredItems stored =
        new StoredItems(Instant.now().truncatedTo(ChronoUnit.SECONDS).minusSeconds(each), each);
    try (CloudDatabase database =
        CloudDatabase.open(data.resolve("azure.db"), SqliteHotStore.SCHEMA)) {
      for (String device : devices) {
        for (int from = 0; from < each; from += BATCH) {
          int first = from;
          database
              .change(
                  statements -> {
                    PreparedStatement insert = statements.of(INSERT);
                    HotCounts counts = new HotCounts();
                    for (int i = first; i < Math.min(each, first + BATCH); i++) {
                      String time = stored.time(i);
                      insert.setString(1, device);
                      insert.setString(2, time);
                      insert.setString(3, "event-" + i);
                      insert.setBytes(4, body(device, time, i));
                      insert.executeUpdate();
                      counts.came(device);
                    }
                    counts.write(statements);
                  })
              .join();
        }
      }
    }
    FilledData.hasPresentFormat(data);
    return stored;
  }

  private String time(int second) {
    return Timestamps.of(begin.plusSeconds(second));
  }

  /** The time of an item behind which there are so many more. */
  String start(Random random, int count) {
    return time(random.nextInt(Math.max(1, each - count)));
  }

  private static byte[] body(String device, String time, int i) {
    return Json.bytes(
        JsonObject.builder()
            .put("id", HotRecorder.id(device, time))
            .put("device_id", device)
            .put("timestamp", time)
            .put("event_id", "event-" + i)
            .put("temperature", 20 + i % 100 / 10.0)
            .put("humidity", 40 + i % 300 / 10.0)
            .put("running", i % 2 == 0)
            .put("note", "n".repeat(205))
            .build());
  }
}
