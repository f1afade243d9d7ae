package io.twinloom.local.store;

import io.twinloom.functions.port.HotCopy;
import io.twinloom.functions.port.HotStore.ItemPlace;
import io.twinloom.functions.port.HotStore.Put;
import io.twinloom.functions.port.HotStore.StoredItem;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * The places of a device within one transaction.
 *
 * @param counts takes note of what is inserted; who makes the transaction writes it
 */
record HotPlaces(CloudDatabase.Statements statements, String device, HotCounts counts)
    implements HotCopy.Places<SQLException> {

  /** One text, since asking for it row by row takes far longer. */
  private static final String BETWEEN =
      "SELECT group_concat(ts || event_id || char(10), '') FROM (SELECT ts, event_id FROM hot_item"
          + " WHERE device = ? AND ts >= ? AND ts <= ?)";

  private static final String INSERT =
      """
      INSERT INTO hot_item(device, ts, event_id, body) VALUES(?, ?, ?, ?)
        ON CONFLICT(device, ts) DO NOTHING\
      """;

  private static final String THERE =
      "SELECT 1 FROM hot_item WHERE device = ? AND ts = ? AND event_id = ?";

  private static final int TIME = "0000-01-01T00:00:00.000000Z".length();

  @Override
  public List<ItemPlace> between(String start, String end) throws SQLException {
    PreparedStatement range = statements.of(BETWEEN);
    range.setString(1, device);
    range.setString(2, start);
    range.setString(3, end);
    List<ItemPlace> places = new ArrayList<>();
    try (ResultSet result = range.executeQuery()) {
      byte[] all = result.next() ? result.getBytes(1) : null;
      if (all != null) {
        new String(all, StandardCharsets.UTF_8)
            .lines()
            .forEach(l -> places.add(new ItemPlace(l.substring(0, TIME), l.substring(TIME))));
      }
    }
    return places;
  }

  @Override
  public Put insert(StoredItem item) throws SQLException {
    PreparedStatement insert = statements.of(INSERT);
    insert.setString(1, device);
    insert.setString(2, item.place().timestamp());
    insert.setString(3, item.place().eventId());
    insert.setBytes(4, item.json());
    if (insert.executeUpdate() == 1) {
      counts.came(device);
      return Put.STORED;
    }
    PreparedStatement there = statements.of(THERE);
    there.setString(1, device);
    there.setString(2, item.place().timestamp());
    there.setString(3, item.place().eventId());
    try (ResultSet result = there.executeQuery()) {
      return result.next() ? Put.SAME : Put.OCCUPIED;
    }
  }
}
