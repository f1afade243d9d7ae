package io.twinloom.local.store;

import io.twinloom.functions.port.HotStore.ItemPlace;
import io.twinloom.functions.port.ItemPlaces;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** Deletes items of the hot store within a transaction. */
final class HotDeletion {

  /** What a range holds as one text, since asking for it row by row takes far longer. */
  private static final String HELD =
      "SELECT count(*), group_concat(ts || event_id, char(10)) FROM (SELECT ts, event_id"
          + " FROM hot_item WHERE device = ? AND ts >= ? AND ts <= ? ORDER BY ts)";

  private HotDeletion() {}

  /** Whole ranges go at once, which takes a fraction of the time, where they hold nothing else. */
  static int of(CloudDatabase.Statements statements, String device, List<ItemPlace> places)
      throws SQLException {
    if (isAllOfItsRange(statements, device, places)) {
      PreparedStatement range =
          statements.of("DELETE FROM hot_item WHERE device = ? AND ts >= ? AND ts <= ?");
      range.setString(1, device);
      range.setString(2, places.getFirst().timestamp());
      range.setString(3, places.getLast().timestamp());
      return range.executeUpdate();
    }
    PreparedStatement one =
        statements.of("DELETE FROM hot_item WHERE device = ? AND ts = ? AND event_id = ?");
    int deleted = 0;
    for (ItemPlace place : places) {
      one.setString(1, device);
      one.setString(2, place.timestamp());
      one.setString(3, place.eventId());
      deleted += one.executeUpdate();
    }
    return deleted;
  }

  private static boolean isAllOfItsRange(
      CloudDatabase.Statements statements, String device, List<ItemPlace> places)
      throws SQLException {
    PreparedStatement held = statements.of(HELD);
    held.setString(1, device);
    held.setString(2, places.getFirst().timestamp());
    held.setString(3, places.getLast().timestamp());
    try (ResultSet result = held.executeQuery()) {
      return result.next()
          && result.getInt(1) == places.size()
          && ItemPlaces.of(places).isText(result.getBytes(2));
    }
  }
}
