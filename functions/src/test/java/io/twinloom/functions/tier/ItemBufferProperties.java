package io.twinloom.functions.tier;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.functions.port.HotStore.ItemPlace;
import io.twinloom.functions.port.HotStore.StoredItem;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class ItemBufferProperties {

  private static StoredItem item(int number, int size) {
    String json = "{\"n\":" + number + ",\"text\":\"" + "x".repeat(size) + "\"}";
    return new StoredItem(
        new ItemPlace("t" + number, "e" + number), json.getBytes(StandardCharsets.UTF_8));
  }

  private static String list(List<StoredItem> items) {
    return items.stream()
        .map(item -> new String(item.json(), StandardCharsets.UTF_8))
        .collect(Collectors.joining(",", "[", "]"));
  }

  /** As many as a list of so many bytes may hold, counted one by one. */
  private static int fitting(List<StoredItem> items, int maxBytes) {
    int fitting = 1;
    while (fitting < items.size() && list(items.subList(0, fitting + 1)).length() <= maxBytes) {
      fitting++;
    }
    return fitting;
  }

  @Property(tries = 200)
  void chunksHaveTheItemsInTheirOrderAsTheyWereAdded(
      @ForAll @Size(min = 1, max = 60) List<@IntRange(max = 3_000) Integer> sizes,
      @ForAll @IntRange(min = 1, max = 9_000) int maxBytes,
      @ForAll @IntRange(min = 1, max = 7) int atOnce) {
    ItemBuffer buffer = new ItemBuffer();
    List<StoredItem> waiting = new ArrayList<>();
    int added = 0;
    while (added < sizes.size() || !waiting.isEmpty()) {
      for (int i = 0; i < atOnce && added < sizes.size(); i++, added++) {
        StoredItem item = item(added, sizes.get(added));
        buffer.add(item);
        waiting.add(item);
      }
      assertThat(buffer.listBytes()).isEqualTo(list(waiting).length());
      int first = buffer.fitting(maxBytes);
      assertThat(first).isEqualTo(fitting(waiting, maxBytes));
      Chunk larger = buffer.chunk("d", waiting.size(), false);
      Chunk chunk = buffer.chunk("d", first, first % 2 == 0);
      buffer.remove(first);
      assertIs(larger, waiting);
      assertIs(chunk, waiting.subList(0, first));
      waiting.subList(0, first).clear();
      assertThat(buffer.isEmpty()).isEqualTo(waiting.isEmpty());
    }
  }

  private static void assertIs(Chunk chunk, List<StoredItem> items) {
    byte[] list =
        chunk.packed() ? Gzip.unpack(chunk.bytes(), Integer.MAX_VALUE / 2) : chunk.bytes();
    assertThat(new String(list, StandardCharsets.UTF_8)).isEqualTo(list(items));
    assertThat(chunk.content()).isEqualTo(Digests.of(list));
    assertThat(chunk.places())
        .containsExactlyElementsOf(items.stream().map(StoredItem::place).toList());
  }
}
