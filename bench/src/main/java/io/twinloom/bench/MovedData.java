package io.twinloom.bench;

import io.twinloom.functions.port.ObjectStore.Content;
import io.twinloom.functions.tier.ChunkKey;
import io.twinloom.json.Json;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import io.twinloom.json.Sha256;
import io.twinloom.local.store.CloudDatabase;
import io.twinloom.local.store.LocalObjectStore;
import io.twinloom.model.time.Timestamps;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the tiers of a twin hold before one of them is moved: items of 400 bytes in the hot store,
 * as many chunks of a thousand such items in the cold one and in the archive.
 *
 * @param items in the hot store
 * @param chunks in each of the other two
 */
record MovedData(int items, int chunks) {

  static final int ITEMS_A_CHUNK = 1_000;

  private static final Instant FIRST = Instant.parse("2026-01-01T00:00:00Z");
  private static final String CLOUD = "azure";

  /** Writes it into the data folder of a twin that does not run. */
  void write(Path data) throws IOException {
    StoredItems.write(data, BenchProject.devices(), items);
    try (CloudDatabase database =
        CloudDatabase.open(data.resolve(CLOUD + ".db"), LocalObjectStore.SCHEMA)) {
      for (String tier : List.of("cold", "archive")) {
        LocalObjectStore store =
            new LocalObjectStore(
                database,
                data.resolve(CLOUD).resolve(tier),
                tier,
                Optional.empty(),
                InstantSource.system());
        for (int chunk = 0; chunk < chunks; chunk++) {
          byte[] json = chunk(tier, chunk);
          store.put(key(chunk).text(), json, new Content(Sha256.hex(json), json.length));
        }
      }
    }
  }

  private static String device(int chunk) {
    return BenchProject.devices().get(chunk % BenchProject.devices().size());
  }

  private static String time(int chunk, int item) {
    return Timestamps.of(FIRST.plusSeconds((long) chunk * ITEMS_A_CHUNK + item));
  }

  private static ChunkKey key(int chunk) {
    return new ChunkKey(device(chunk), time(chunk, 0), time(chunk, ITEMS_A_CHUNK - 1), 0, false);
  }

  private static byte[] chunk(String tier, int chunk) {
    List<JsonValue> items = new ArrayList<>();
    for (int i = 0; i < ITEMS_A_CHUNK; i++) {
      String time = time(chunk, i);
      items.add(
          JsonObject.builder()
              .put("id", device(chunk) + "_" + time)
              .put("device_id", device(chunk))
              .put("timestamp", time)
              .put("event_id", tier + "-" + chunk + "-" + i)
              .put("temperature", 20 + i % 100 / 10.0)
              .put("note", "n".repeat(220))
              .build());
    }
    return Json.bytes(new JsonArray(items));
  }
}
