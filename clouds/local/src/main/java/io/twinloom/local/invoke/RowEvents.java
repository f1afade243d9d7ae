package io.twinloom.local.invoke;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** The events of one row on disk: one as it is, several each behind its length. */
final class RowEvents {

  private RowEvents() {}

  static byte[] joined(List<byte[]> events) {
    if (events.size() == 1) {
      return events.getFirst();
    }
    int size = events.stream().mapToInt(event -> Integer.BYTES + event.length).sum();
    ByteBuffer joined = ByteBuffer.allocate(size);
    for (byte[] event : events) {
      joined.putInt(event.length).put(event);
    }
    return joined.array();
  }

  static List<byte[]> apart(byte[] joined, int count) {
    if (count == 1) {
      return List.of(joined);
    }
    ByteBuffer rest = ByteBuffer.wrap(joined);
    List<byte[]> events = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      byte[] event = new byte[rest.getInt()];
      rest.get(event);
      events.add(event);
    }
    return events;
  }
}
