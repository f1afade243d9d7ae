package io.twinloom.model.reading;

import io.twinloom.model.FunctionKind;
import io.twinloom.model.Provider;
import org.jspecify.annotations.Nullable;

/**
 * The id of a connection between clouds, taken apart: {@code {from}_{layer}_to_{to}_{layer}}, with
 * the reader's name at the end where L4 or L5 reads, or, for want of L4, L3 hot.
 *
 * @param provider the receiver's cloud
 * @param receiver the receiver's function
 */
record ConnectionId(Provider provider, FunctionKind receiver) {

  /** The parts of an id, or null if it is no id that a connection can have. */
  static @Nullable ConnectionId of(String id) {
    int to = id.indexOf("_to_");
    int first = id.indexOf('_');
    if (to < 0 || first < 0 || first >= to) {
      return null;
    }
    String rest = id.substring(to + 4);
    int second = rest.indexOf('_');
    if (second < 0) {
      return null;
    }
    Provider left = provider(id.substring(0, first));
    Provider right = provider(rest.substring(0, second));
    if (left == null || right == null) {
      return null;
    }
    return switch (id.substring(first + 1, to).concat(" ").concat(rest.substring(second + 1))) {
      case "l1 l2" -> new ConnectionId(right, FunctionKind.INGESTION);
      case "l2 l3", "l2 l3hot" -> new ConnectionId(right, FunctionKind.HOT_WRITER);
      case "l3hot l3cold" -> new ConnectionId(right, FunctionKind.COLD_WRITER);
      case "l3cold l3archive" -> new ConnectionId(right, FunctionKind.ARCHIVE_WRITER);
      case "l3 l4_hot_reader", "l3 l5_hot_reader" ->
          new ConnectionId(left, FunctionKind.HOT_READER);
      case "l3 l4_hot_reader_last_entry", "l3 l5_hot_reader_last_entry" ->
          new ConnectionId(left, FunctionKind.HOT_READER_LAST_ENTRY);
      case "l3cold l4_cold_reader", "l3cold l3hot_cold_reader" ->
          new ConnectionId(left, FunctionKind.COLD_READER);
      case "l3archive l4_archive_reader", "l3archive l3hot_archive_reader" ->
          new ConnectionId(left, FunctionKind.ARCHIVE_READER);
      case "l2 l1_feedback" -> new ConnectionId(right, FunctionKind.FEEDBACK_GATEWAY);
      case "l2 l4" -> new ConnectionId(right, FunctionKind.TWIN_UPDATER);
      default -> null;
    };
  }

  private static @Nullable Provider provider(String id) {
    for (Provider provider : Provider.values()) {
      if (provider.connectionId().equals(id)) {
        return provider;
      }
    }
    return null;
  }
}
