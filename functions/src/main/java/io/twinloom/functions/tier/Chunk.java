package io.twinloom.functions.tier;

import io.twinloom.functions.port.HotStore.ItemPlace;
import io.twinloom.functions.port.HotStore.StoredItem;
import io.twinloom.functions.port.ObjectStore.Content;
import java.nio.ByteBuffer;
import java.util.List;

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

  /** What distinguishes the chunk's items from those that arrive between them later. */
  byte[] members() {
    return ChunkMembers.write(places);
  }
}
