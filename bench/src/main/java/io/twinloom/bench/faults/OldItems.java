package io.twinloom.bench.faults;

import io.twinloom.local.store.CloudDatabase;
import io.twinloom.local.store.HotCounts;
import io.twinloom.local.store.SqliteHotStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.OptionalInt;

/** Numbered items of 400 bytes that are so old that they belong into the archive. */
final class OldItems {

  private static final int BYTES = 400;
  private static final int BATCH = 10_000;
  private static final Instant FIRST = Instant.parse("2025-01-01T00:00:00Z");
  private static final DateTimeFormatter MICROS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  /** So that an item's event id says its number. */
  private static final String ID = "N%010d";

  private OldItems() {}

  /** Writes items straight into the hot store of a twin that does not run. */
  static void write(Path database, int items) throws IOException {
    Files.createDirectories(database.getParent());
    try (CloudDatabase hot = CloudDatabase.open(database, SqliteHotStore.SCHEMA)) {
      for (int from = 0; from < items; from += BATCH) {
        int first = from;
        int behind = Math.min(items, from + BATCH);
        var unused =
            hot.write(
                    statements -> {
                      PreparedStatement insert =
                          statements.of(
                              "INSERT INTO hot_item(device, ts, event_id, body) VALUES(?, ?, ?,"
                                  + " ?)");
                      HotCounts counts = new HotCounts();
                      for (int n = first; n < behind; n++) {
                        String device = device(n);
                        String timestamp = timestamp(n);
                        insert.setString(1, device);
                        insert.setString(2, timestamp);
                        insert.setString(3, id(n));
                        insert.setBytes(4, body(n, device, timestamp));
                        insert.executeUpdate();
                        counts.came(device);
                      }
                      counts.write(statements);
                      return behind;
                    })
                .join();
      }
    }
  }

  private static String device(int n) {
    return FaultProject.DEVICES.get(n % FaultProject.DEVICES.size());
  }

  private static String timestamp(int n) {
    return MICROS.format(FIRST.plusMillis(n));
  }

  private static String id(int n) {
    return String.format(Locale.ROOT, ID, n);
  }

  private static byte[] body(int n, String device, String timestamp) {
    StringBuilder json =
        new StringBuilder(BYTES)
            .append("{\"id\":\"")
            .append(device)
            .append('_')
            .append(timestamp)
            .append("\",\"device_id\":\"")
            .append(device)
            .append("\",\"timestamp\":\"")
            .append(timestamp)
            .append("\",\"event_id\":\"")
            .append(id(n))
            .append("\",\"n\":")
            .append(n)
            .append(",\"note\":\"");
    while (json.length() < BYTES - 2) {
      json.append((char) ('a' + (n + json.length()) % 26));
    }
    return json.append("\"}").toString().getBytes(StandardCharsets.UTF_8);
  }

  /** The number of an item, by its event id; empty for one that is not of these. */
  static OptionalInt number(String eventId) {
    return eventId.matches("N\\d{10}")
        ? OptionalInt.of(Integer.parseInt(eventId.substring(1)))
        : OptionalInt.empty();
  }
}
