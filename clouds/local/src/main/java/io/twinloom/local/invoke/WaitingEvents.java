package io.twinloom.local.invoke;

import io.twinloom.local.store.CloudDatabase;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a cloud's queue has not done yet, as its table says.
 *
 * @param database which holds it
 */
public record WaitingEvents(CloudDatabase database) {

  /** The highest number of a row; what comes later has a higher one. 0 where nothing waits. */
  public long last() {
    return database.read(
        statements -> {
          try (ResultSet found =
              statements.of("SELECT coalesce(max(number), 0) FROM queued").executeQuery()) {
            return found.next() ? found.getLong(1) : 0L;
          }
        });
  }

  /**
   * How many events are not done, by the function that they came for: those for some functions, and
   * all that came up to a row, each of which may still be passed on to any function.
   */
  public SortedMap<String, Long> of(Set<String> functions, long upTo) {
    return database.read(
        statements -> {
          PreparedStatement select =
              statements.of(
                  "SELECT function, number <= ?, sum(count) FROM queued GROUP BY function, 2");
          select.setLong(1, upTo);
          SortedMap<String, Long> waiting = new TreeMap<>();
          try (ResultSet found = select.executeQuery()) {
            while (found.next()) {
              String function = found.getString(1);
              if (found.getBoolean(2) || functions.contains(function)) {
                waiting.merge(function, found.getLong(3), Long::sum);
              }
            }
          }
          return waiting;
        });
  }
}
