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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The places of a device within one transaction. Nobody else writes meanwhile, so that a place that
 * was read as free is free until something is inserted here: what goes to such places is gathered
 * and written together, by {@link #flush}.
 */
final class HotPlaces implements HotCopy.Places<SQLException> {

  /** One text, since asking for it row by row takes far longer. */
  private static final String BETWEEN =
      "SELECT group_concat(ts || event_id || char(10), '') FROM (SELECT ts, event_id FROM hot_item"
          + " WHERE device = ? AND ts >= ? AND ts <= ?)";

  private static final int TIME = "0000-01-01T00:00:00.000000Z".length();

  /** So many rows are inserted by one statement: each statement costs as much as some rows. */
  private static final int TOGETHER = 32;

  private static final int OWN_COLUMNS = 3;

  private static final String INSERT = insert(1);
  private static final String INSERT_TOGETHER = insert(TOGETHER);

  private final CloudDatabase.Statements statements;
  private final String device;
  private final HotCounts counts;
  private final String end;
  private final Map<String, String> events = new HashMap<>();
  private final List<StoredItem> gathered = new ArrayList<>();

  /**
   * @param counts takes note of what is inserted; who makes the transaction writes it
   * @param items that are going to be inserted, in time order; there is at least one
   */
  HotPlaces(
      CloudDatabase.Statements statements, String device, HotCounts counts, List<StoredItem> items)
      throws SQLException {
    this.statements = statements;
    this.device = device;
    this.counts = counts;
    this.end = HotCopy.latest(items.getLast().place());
    read(HotCopy.earliest(items.getFirst().place()), end);
  }

  private static String insert(int rows) {
    return "INSERT INTO hot_item(device, ts, event_id, body) VALUES"
        + IntStream.range(0, rows)
            .map(row -> row * OWN_COLUMNS)
            .mapToObj(c -> "(?1, ?" + (c + 2) + ", ?" + (c + 3) + ", ?" + (c + 4) + ")")
            .collect(Collectors.joining(", "));
  }

  /** What stood around the items before the first of them was inserted. */
  HotCopy.Known known() {
    return new HotCopy.Known(
        events.entrySet().stream().map(e -> new ItemPlace(e.getKey(), e.getValue())).toList());
  }

  private void read(String from, String to) throws SQLException {
    between(from, to).forEach(place -> events.put(place.timestamp(), place.eventId()));
  }

  @Override
  public List<ItemPlace> between(String from, String to) throws SQLException {
    flush();
    PreparedStatement range = statements.of(BETWEEN);
    range.setString(1, device);
    range.setString(2, from);
    range.setString(3, to);
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
    String time = item.place().timestamp();
    if (time.compareTo(end) > 0) {
      // It was moved on to behind what was read.
      read(time, time);
    }
    String event = events.putIfAbsent(time, item.place().eventId());
    if (event != null) {
      return event.equals(item.place().eventId()) ? Put.SAME : Put.OCCUPIED;
    }
    gathered.add(item);
    counts.came(device);
    return Put.STORED;
  }

  /** Writes what was inserted. */
  void flush() throws SQLException {
    int from = 0;
    for (; gathered.size() - from >= TOGETHER; from += TOGETHER) {
      write(INSERT_TOGETHER, gathered.subList(from, from + TOGETHER));
    }
    for (; from < gathered.size(); from++) {
      write(INSERT, gathered.subList(from, from + 1));
    }
    gathered.clear();
  }

  private void write(String sql, List<StoredItem> items) throws SQLException {
    PreparedStatement insert = statements.of(sql);
    insert.setString(1, device);
    int column = 2;
    for (StoredItem item : items) {
      insert.setString(column++, item.place().timestamp());
      insert.setString(column++, item.place().eventId());
      insert.setBytes(column++, item.json());
    }
    insert.executeUpdate();
  }
}
