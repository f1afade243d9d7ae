package io.twinloom.functions.tier;

import io.twinloom.functions.port.HotStore.StoredItem;
import io.twinloom.functions.port.ItemPlaces;
import java.util.Arrays;
import java.util.Objects;

/**
 * Items of one device, in time order, that wait for their chunk. They are put together as they are
 * read, in memory that serves the next ones too: kept as they came, each garbage collection would
 * go through all of them once more.
 */
final class ItemBuffer {

  private static final int LEAST = 1_024;

  /** A list that is not ended: behind each item there is a comma. */
  private byte[] list = {'['};

  private int bytes = 1;

  /** Where each item ends in the list. */
  private int[] ends = {};

  private int items;
  private final ItemPlaces.Builder places = new ItemPlaces.Builder();

  void add(StoredItem item) {
    byte[] json = item.json();
    int end = Math.addExact(bytes, json.length);
    int needed = Math.addExact(end, 1);
    if (needed > list.length) {
      list = Arrays.copyOf(list, Math.max(needed, Math.max(LEAST, 2 * list.length)));
    }
    System.arraycopy(json, 0, list, bytes, json.length);
    list[end] = ',';
    bytes = needed;
    if (items == ends.length) {
      ends = Arrays.copyOf(ends, Math.max(LEAST, 2 * ends.length));
    }
    ends[items++] = end;
    places.add(item.place());
  }

  boolean isEmpty() {
    return items == 0;
  }

  /** The bytes of the list of all items. */
  int listBytes() {
    return bytes;
  }

  /** How many of the first items have a list of at most so many bytes; at least one. */
  int fitting(int maxBytes) {
    int found = Arrays.binarySearch(ends, 0, items, maxBytes - 1);
    return Math.max(1, found < 0 ? -found - 1 : found + 1);
  }

  /** The chunk of the first items, as many as given, which stay here. */
  Chunk chunk(String device, int first, boolean packed) {
    Objects.checkIndex(first - 1, items);
    int end = ends[first - 1];
    list[end] = ']';
    try {
      return Chunk.of(device, places.first(first), list, end + 1, packed);
    } finally {
      list[end] = ',';
    }
  }

  /** Forgets the first items, as many as given. */
  void remove(int first) {
    Objects.checkIndex(first - 1, items);
    int cut = ends[first - 1];
    System.arraycopy(list, cut + 1, list, 1, bytes - cut - 1);
    bytes -= cut;
    items -= first;
    for (int i = 0; i < items; i++) {
      ends[i] = ends[i + first] - cut;
    }
    places.remove(first);
  }
}
