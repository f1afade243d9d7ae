package io.twinloom.functions.tier;

import io.twinloom.functions.port.HotStore.ItemPlace;
import io.twinloom.functions.port.HotStore.StoredItem;
import io.twinloom.functions.port.ObjectStore.Content;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Items of one device, in time order, as the JSON list that is kept of them.
 *
 * @param places where the items stand in the hot store
 * @param content of the list
 * @param bytes the list, gzipped where {@code packed}
 */
record Chunk(String device, List<ItemPlace> places, Content content, byte[] bytes, boolean packed) {

  /** The list of a chunk is at most so long, in bytes of UTF-8; a lone item may be longer. */
  static final int MAX_BYTES = 5_242_880;

  /** So many bytes tell an item from others, see {@link #members}. */
  private static final int MARK = 8;

  Chunk {
    places = List.copyOf(places);
  }

  /** The chunk of these items; there is at least one. */
  static Chunk of(String device, List<StoredItem> items, boolean packed) {
    List<ItemPlace> places = items.stream().map(StoredItem::place).toList();
    byte[] json = list(items);
    return new Chunk(device, places, Digests.of(json), packed ? Gzip.pack(json) : json, packed);
  }

  private static int size(List<StoredItem> items) {
    int size = 1 + items.size();
    for (StoredItem item : items) {
      size = Math.addExact(size, item.json().length);
    }
    return size;
  }

  private static byte[] list(List<StoredItem> items) {
    ByteBuffer list = ByteBuffer.allocate(size(items));
    byte before = '[';
    for (StoredItem item : items) {
      list.put(before).put(item.json());
      before = ',';
    }
    return list.put((byte) ']').array();
  }

  String first() {
    return places.getFirst().timestamp();
  }

  String last() {
    return places.getLast().timestamp();
  }

  ChunkKey key(int index, boolean gzipped) {
    return new ChunkKey(device, first(), last(), index, gzipped);
  }

  /** What tells the chunk's items from those that arrive between them later. */
  byte[] members() {
    ByteBuffer marks = ByteBuffer.allocate(places.size() * MARK);
    MessageDigest digest = Digests.sha256();
    places.forEach(place -> marks.putLong(mark(place, digest)));
    return marks.array();
  }

  /** Those of the items that a chunk's {@link #members} tell to be its own. */
  static List<StoredItem> membersOf(byte[] members, List<StoredItem> items) {
    Set<Long> marks = new HashSet<>();
    ByteBuffer all = ByteBuffer.wrap(members);
    while (all.remaining() >= MARK) {
      marks.add(all.getLong());
    }
    MessageDigest digest = Digests.sha256();
    List<StoredItem> own = new ArrayList<>();
    for (StoredItem item : items) {
      if (marks.contains(mark(item.place(), digest))) {
        own.add(item);
      }
    }
    return own;
  }

  private static long mark(ItemPlace place, MessageDigest digest) {
    digest.update(place.timestamp().getBytes(StandardCharsets.UTF_8));
    byte[] hash = digest.digest(place.eventId().getBytes(StandardCharsets.UTF_8));
    return ByteBuffer.wrap(hash).getLong();
  }
}
