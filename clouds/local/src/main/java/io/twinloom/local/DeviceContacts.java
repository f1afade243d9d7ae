package io.twinloom.local;

import io.twinloom.local.store.CloudDatabase;
import io.twinloom.model.Provider;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * When each device was last in touch with the device channel of each cloud: noted while the twin
 * lets devices in on several. Each cloud keeps its own; one that a device was not seen on before
 * writes it at once, the others not each time. Safe for threads; blocks for no disk.
 */
final class DeviceContacts {

  /** The table in a cloud's database. */
  static final List<String> SCHEMA =
      List.of(
          """
          CREATE TABLE IF NOT EXISTS device_contact (
            device TEXT PRIMARY KEY,
            seen INTEGER NOT NULL
          ) WITHOUT ROWID
          """);

  private static final long WRITTEN_EVERY_MILLIS = 600_000;

  private final InstantSource clock;
  private final Map<Provider, OfCloud> clouds = new ConcurrentHashMap<>();

  /** What one cloud knows. */
  private record OfCloud(
      CloudDatabase database, Map<String, Long> seen, Map<String, Long> written) {}

  DeviceContacts(InstantSource clock) {
    this.clock = clock;
  }

  /** Reads what a cloud has noted before. */
  void open(Provider cloud, CloudDatabase database) {
    Map<String, Long> seen =
        database.read(
            statements -> {
              Map<String, Long> all = new ConcurrentHashMap<>();
              try (ResultSet rows =
                  statements.of("SELECT device, seen FROM device_contact").executeQuery()) {
                while (rows.next()) {
                  all.put(rows.getString(1), rows.getLong(2));
                }
              }
              return all;
            });
    clouds.put(cloud, new OfCloud(database, seen, new ConcurrentHashMap<>(seen)));
  }

  /** Notes that a device is in touch with a cloud's channel. */
  void note(Provider cloud, String device) {
    OfCloud here = clouds.get(cloud);
    if (here == null) {
      return;
    }
    boolean isNew = !isLast(cloud, device);
    long now = clock.millis();
    here.seen().put(device, now);
    if (isNew || now - here.written().getOrDefault(device, 0L) >= WRITTEN_EVERY_MILLIS) {
      write(here, device, now);
    }
  }

  /** Notes when a device was last in touch with a cloud's channel, where nothing newer is known. */
  void seed(Provider cloud, String device, Instant time) {
    OfCloud here = clouds.get(cloud);
    if (here != null && here.seen().getOrDefault(device, 0L) < time.toEpochMilli()) {
      here.seen().put(device, time.toEpochMilli());
      write(here, device, time.toEpochMilli());
    }
  }

  private static void write(OfCloud here, String device, long time) {
    here.written().put(device, time);
    var unused =
        here.database()
            .change(
                statements -> {
                  PreparedStatement put =
                      statements.of("INSERT OR REPLACE INTO device_contact VALUES (?, ?)");
                  put.setString(1, device);
                  put.setLong(2, time);
                  put.executeUpdate();
                });
  }

  /** Whether a device was last seen on a cloud's channel; not, if it was seen on none. */
  boolean isLast(Provider cloud, String device) {
    OfCloud here = clouds.get(cloud);
    Long seen = here == null ? null : here.seen().get(device);
    return seen != null
        && clouds.values().stream()
            .allMatch(other -> other.seen().getOrDefault(device, Long.MIN_VALUE) <= seen);
  }

  /** The devices that were last seen on a cloud's channel, and when. */
  SortedMap<String, Instant> lastOn(Provider cloud) {
    SortedMap<String, Instant> devices = new TreeMap<>();
    OfCloud here = clouds.get(cloud);
    if (here != null) {
      here.seen()
          .forEach(
              (device, seen) -> {
                if (isLast(cloud, device)) {
                  devices.put(device, Instant.ofEpochMilli(seen));
                }
              });
    }
    return devices;
  }
}
