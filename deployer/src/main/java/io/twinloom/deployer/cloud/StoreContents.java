package io.twinloom.deployer.cloud;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;

/**
 * What the store of a tier holds, as who may remove it sees it: in an order that is the same on all
 * clouds, so that two of them can be compared side by side.
 */
public interface StoreContents {

  /** The order of the keys: that of their code points. */
  Comparator<String> ORDER =
      (one, other) ->
          Arrays.compareUnsigned(
              one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));

  /**
   * Something that is stored.
   *
   * @param key where it is: the key of a chunk; of an item device, time and event
   * @param digest of its content, asked for only where it counts
   */
  record Entry(String key, Supplier<String> digest) {}

  /**
   * What is stored behind a key, in the order of the keys.
   *
   * @param key need not be there; empty: from the beginning
   * @return at most so many; empty at the end
   */
  List<Entry> behind(String key, int limit);

  /** Removes what is stored under these keys, which {@link #behind} has given in this order. */
  void remove(List<String> keys);

  /** Removes the items of this device and time, and the chunks of that time alone. */
  void removeAt(String device, String time);
}
