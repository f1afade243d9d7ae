package io.twinloom.bench;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Several events as one run of bytes, each behind its length: a list that needs no parser. */
final class EventList {

  private EventList() {}

  static byte[] join(List<byte[]> events) {
    int size = events.stream().mapToInt(event -> event.length + Integer.BYTES).sum();
    ByteBuffer joined = ByteBuffer.allocate(size);
    events.forEach(event -> joined.putInt(event.length).put(event));
    return joined.array();
  }

  static List<byte[]> split(byte[] joined) {
    List<byte[]> events = new ArrayList<>();
    for (ByteBuffer rest = ByteBuffer.wrap(joined); rest.hasRemaining(); ) {
      byte[] event = new byte[rest.getInt()];
      rest.get(event);
      events.add(event);
    }
    return events;
  }
}
