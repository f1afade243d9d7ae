package io.twinloom.functions.tier;

import io.twinloom.functions.port.HotStore.StoredItem;
import io.twinloom.functions.port.ItemPlaces;
import io.twinloom.functions.port.ObjectStore.Content;
import java.util.Arrays;
import java.util.List;

/**
 * Items of one device, in time order, as the JSON list that is kept of them.
 *
 * @param places where the items stand in the hot store
 * @param content of the list
 * @param bytes the list, gzipped where {@code packed}
 */
record Chunk(String device, ItemPlaces places, Content content, byte[] bytes, boolean packed) {

  /** The list of a chunk is at most so long, in bytes of UTF-8; a lone item may be longer. */
  static final int MAX_BYTES = 5_242_880;

  /** The chunk of these items; there is at least one. */
  static Chunk of(String device, List<StoredItem> items, boolean packed) {
    ItemBuffer buffer = new ItemBuffer();
    items.forEach(buffer::add);
    return buffer.chunk(device, items.size(), packed);
  }

  /**
   * The chunk of the list that the first {@code length} bytes of {@code list} are, which may change
   * afterwards.
   */
  static Chunk of(String device, ItemPlaces places, byte[] list, int length, boolean packed) {
    return new Chunk(
        device,
        places,
        Digests.of(list, length),
        packed ? Gzip.pack(list, length) : Arrays.copyOf(list, length),
        packed);
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
