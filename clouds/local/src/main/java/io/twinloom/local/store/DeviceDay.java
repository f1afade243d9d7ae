package io.twinloom.local.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;

/**
 * The items of a device on a day in the hot store.
 *
 * @param day in UTC, as ISO 8601 has it
 * @param first the time of the first one, in stored form
 * @param last the time of the last one
 */
public record DeviceDay(String device, String day, long items, String first, String last) {

  private static final String DAYS =
      "SELECT device, substr(ts, 1, 10) AS day, count(*), min(ts), max(ts)"
          + " FROM hot_item GROUP BY device, day ORDER BY device, day";

  /** All that a database has. */
  static List<DeviceDay> read(CloudDatabase database) {
    return database.read(
        statements -> {
          List<DeviceDay> days = new ArrayList<>();
          PreparedStatement all = statements.of(DAYS);
          try (ResultSet result = all.executeQuery()) {
            while (result.next()) {
              days.add(
                  new DeviceDay(
                      result.getString(1),
                      result.getString(2),
                      result.getLong(3),
                      result.getString(4),
                      result.getString(5)));
            }
          }
          return days;
        });
  }
}
