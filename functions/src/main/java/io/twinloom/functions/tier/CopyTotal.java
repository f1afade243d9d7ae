package io.twinloom.functions.tier;

import io.twinloom.json.JsonNumber;
import io.twinloom.json.JsonObject;
import java.util.OptionalLong;

/**
 * What a store that is copied holds, as far as that is known without reading all of it.
 *
 * @param items empty where the store does not count them
 * @param bytes empty where only reading them all would tell
 */
record CopyTotal(OptionalLong items, OptionalLong bytes) {

  /** Of a store that would have to be read for it. */
  static final CopyTotal UNKNOWN = new CopyTotal(OptionalLong.empty(), OptionalLong.empty());

  static CopyTotal ofItems(OptionalLong items) {
    return new CopyTotal(items, OptionalLong.empty());
  }

  static CopyTotal ofBytes(long bytes) {
    return new CopyTotal(OptionalLong.empty(), OptionalLong.of(bytes));
  }

  /**
   * How many bytes there are in all. Where the items alone are counted, those that are left are
   * taken to be as large as those that were seen: in the end it is what was copied.
   *
   * @param seen how many items are done
   * @param done how many bytes they have
   */
  OptionalLong bytes(long seen, long done) {
    if (bytes.isPresent()) {
      return OptionalLong.of(Math.max(done, bytes.getAsLong()));
    }
    if (items.isEmpty()) {
      return OptionalLong.empty();
    }
    long left = items.getAsLong() - seen;
    if (left <= 0) {
      return OptionalLong.of(done);
    }
    return done == 0
        ? OptionalLong.empty()
        : OptionalLong.of(done + Math.round((double) done * left / seen));
  }

  JsonObject toJson() {
    JsonObject.Builder json = JsonObject.builder();
    items.ifPresent(number -> json.put("items", number));
    bytes.ifPresent(number -> json.put("bytes", number));
    return json.build();
  }

  static CopyTotal of(JsonObject json) {
    return new CopyTotal(number(json, "items"), number(json, "bytes"));
  }

  private static OptionalLong number(JsonObject json, String name) {
    return json.get(name) instanceof JsonNumber number
        ? OptionalLong.of(Long.parseLong(number.text()))
        : OptionalLong.empty();
  }
}
