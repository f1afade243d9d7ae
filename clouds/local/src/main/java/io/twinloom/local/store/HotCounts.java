package io.twinloom.local.store;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/**
 * Counts the items of the hot store by device, in the transaction that changes them. A trigger
 * would do so for each item: then SQLite copies, before each, every page that the item changes, to
 * be able to take back that item alone, and writes those copies to a file.
 *
 * @see <a href="https://sqlite.org/tempfiles.html#statement_journal_files">SQLite: statement
 *     journal files</a>
 */
public final class HotCounts {

  private static final String CAME =
      """
      INSERT INTO hot_count(device, items) VALUES(?, ?)
        ON CONFLICT(device) DO UPDATE SET items = items + excluded.items\
      """;

  private final Map<String, Integer> came = new HashMap<>();

  /** Takes note that an item was inserted. */
  public void came(String device) {
    came.merge(device, 1, Integer::sum);
  }

  /** Writes how many came. */
  public void write(CloudDatabase.Statements statements) throws SQLException {
    for (Map.Entry<String, Integer> one : came.entrySet()) {
      PreparedStatement count = statements.of(CAME);
      count.setString(1, one.getKey());
      count.setInt(2, one.getValue());
      count.executeUpdate();
    }
  }

  /** Takes deleted items off what is counted. */
  static void went(CloudDatabase.Statements statements, String device, int items)
      throws SQLException {
    PreparedStatement count =
        statements.of("UPDATE hot_count SET items = items - ? WHERE device = ?");
    count.setInt(1, items);
    count.setString(2, device);
    count.executeUpdate();
  }
}
