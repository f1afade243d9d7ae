package io.twinloom.functions.tier;

import io.twinloom.functions.port.HotStore.ItemPlace;
import io.twinloom.functions.port.HotStore.StoredItem;
import io.twinloom.functions.port.ItemPlaces;
import io.twinloom.json.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Which items are a chunk's own, among those that arrive between them later. */
final class ChunkMembers {

  /** So many bytes distinguish an item. */
  private static final int MARK = 8;

  private final Set<Long> marks = new HashSet<>();
  private final MessageDigest digest = Sha256.digest();

  /**
   * @param written by {@link #write}
   */
  ChunkMembers(byte[] written) {
    ByteBuffer all = ByteBuffer.wrap(written);
    while (all.remaining() >= MARK) {
      marks.add(all.getLong());
    }
  }

  /** The items at these places, as a plan keeps them. */
  static byte[] write(ItemPlaces places) {
    ByteBuffer marks = ByteBuffer.allocate(places.size() * MARK);
    MessageDigest digest = Sha256.digest();
    places.visit(
        (text, from, to) -> {
          digest.update(text, from, to - from);
          marks.putLong(mark(digest.digest()));
        });
    return marks.array();
  }

  /** Those of the items that are the chunk's own. */
  List<StoredItem> among(List<StoredItem> items) {
    return items.stream().filter(this::has).toList();
  }

  /** Whether an item is one of the chunk's own. */
  boolean has(StoredItem item) {
    return marks.contains(mark(item.place(), digest));
  }

  private static long mark(ItemPlace place, MessageDigest digest) {
    digest.update(place.timestamp().getBytes(StandardCharsets.UTF_8));
    return mark(digest.digest(place.eventId().getBytes(StandardCharsets.UTF_8)));
  }

  private static long mark(byte[] hash) {
    return ByteBuffer.wrap(hash).getLong();
  }
}
