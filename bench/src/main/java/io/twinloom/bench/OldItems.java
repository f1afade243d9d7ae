package io.twinloom.bench;

import io.twinloom.local.store.CloudDatabase;
import io.twinloom.local.store.HotCounts;
import io.twinloom.local.store.SqliteHotStore;
import io.twinloom.model.time.Timestamps;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.time.Instant;
import java.util.Locale;
import java.util.SplittableRandom;

/** A hot store full of old items, as the pipeline would have left them there. */
final class OldItems {

  /** The first item's time; the others follow, a second apart and device by device. */
  static final Instant FIRST = Instant.parse("2026-01-01T00:00:00Z");

  static final int DEVICES = 10;
  static final int BYTES = 400;

  private static final int BATCH = 2_000;

  private OldItems() {}

  /** The time before which the first items are, as many as given. */
  static Instant cutOff(int items) {
    return FIRST.plusSeconds(items / DEVICES);
  }

  static String device(int number) {
    return "sensor-" + number;
  }

  /** Fills a hot store's file; returns the bytes of an item on average. */
  static double fill(Path file, int items) {
    SplittableRandom random = new SplittableRandom(11);
    long[] bytes = {0};
    try (CloudDatabase database = CloudDatabase.open(file, SqliteHotStore.SCHEMA)) {
      for (int from = 0; from < items; from += BATCH) {
        int first = from;
        int end = Math.min(items, from + BATCH);
        SplittableRandom own = random.split();
        database
            .change(
                statements -> {
                  // A write may be run twice, so what it is given is made anew each time.
                  SplittableRandom values = own.split();
                  PreparedStatement put = statements.of("INSERT INTO hot_item VALUES(?, ?, ?, ?)");
                  HotCounts counts = new HotCounts();
                  for (int i = first; i < end; i++) {
                    String device = device(i % DEVICES);
                    String time = Timestamps.of(FIRST.plusSeconds(i / DEVICES));
                    String eventId =
                        String.format(
                            Locale.ROOT,
                            "%011d",
                            Math.floorMod(values.nextLong(), 99_999_999_999L));
                    byte[] body = body(device, time, eventId, values);
                    bytes[0] += body.length;
                    put.setString(1, device);
                    put.setString(2, time);
                    put.setString(3, eventId);
                    put.setBytes(4, body);
                    put.executeUpdate();
                    counts.came(device);
                  }
                  counts.write(statements);
                })
            .join();
      }
    }
    return bytes[0] / (double) items;
  }

  /** Eleven measurements with as many digits as fill the item up. */
  private static byte[] body(String device, String time, String eventId, SplittableRandom random) {
    StringBuilder body = new StringBuilder(BYTES);
    body.append("{\"id\":\"").append(device).append('_').append(time);
    body.append("\",\"device_id\":\"").append(device);
    body.append("\",\"timestamp\":\"").append(time);
    body.append("\",\"event_id\":\"").append(eventId).append('"');
    String[] names = {"temperature", "humidity", "pressure", "vibration", "voltage", "current"};
    for (int i = 0; body.length() < BYTES - 40; i++) {
      body.append(",\"").append(names[i % names.length]).append(i).append("\":");
      body.append(random.nextInt(1_000)).append('.').append(1_000 + random.nextInt(9_000));
    }
    body.append(",\"state\":\"");
    while (body.length() < BYTES - 2) {
      body.append("running".charAt(body.length() % 7));
    }
    return body.append("\"}").toString().getBytes(StandardCharsets.UTF_8);
  }
}
