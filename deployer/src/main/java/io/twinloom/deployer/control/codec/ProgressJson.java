package io.twinloom.deployer.control.codec;

import io.twinloom.deployer.control.ChangeProgress;
import io.twinloom.json.JsonNull;
import io.twinloom.json.JsonNumber;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import java.util.OptionalLong;

/** {@link ChangeProgress} as JSON; what copies a store answers with the same members. */
public final class ProgressJson {

  private ProgressJson() {}

  /** Writes it; what is not known is null. */
  public static JsonObject write(ChangeProgress progress) {
    return JsonObject.builder()
        .put("items", progress.items())
        .put("chunks", progress.chunks())
        .put("bytes", progress.bytes())
        .put("totalBytes", orNull(progress.totalBytes()))
        .put("itemsPerSecond", progress.itemsPerSecond())
        .put("eta", orNull(progress.eta()))
        .build();
  }

  /** Reads it; what is absent is 0, or not known. */
  public static ChangeProgress read(JsonObject json) {
    return new ChangeProgress(
        Members.number(json, "items"),
        Members.number(json, "chunks"),
        Members.number(json, "bytes"),
        known(json, "totalBytes"),
        Members.number(json, "itemsPerSecond"),
        known(json, "eta"));
  }

  private static JsonValue orNull(OptionalLong number) {
    return number.isPresent() ? JsonNumber.of(number.getAsLong()) : JsonNull.NULL;
  }

  private static OptionalLong known(JsonObject json, String name) {
    return json.get(name) instanceof JsonNumber
        ? OptionalLong.of(Members.number(json, name))
        : OptionalLong.empty();
  }
}
