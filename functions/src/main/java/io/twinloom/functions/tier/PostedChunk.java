package io.twinloom.functions.tier;

import io.twinloom.functions.FunctionsError;
import io.twinloom.functions.error.Refused;
import io.twinloom.functions.pipeline.Invocation;
import io.twinloom.json.ElementTexts;
import io.twinloom.json.Json;
import io.twinloom.json.JsonNull;
import io.twinloom.json.JsonNumber;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonString;
import io.twinloom.json.JsonSyntaxException;
import io.twinloom.json.JsonValue;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/** What the bodies of the writers have alike. */
final class PostedChunk {

  private PostedChunk() {}

  /** A text that must be there and not blank. */
  static String text(JsonObject body, String name) {
    return body.text(name)
        .filter(text -> !text.isBlank())
        .orElseThrow(() -> bad("The body has no text " + name + "."));
  }

  /** A whole number from {@code least} to {@code most}. */
  static int number(JsonObject body, String name, int least, int most) {
    JsonValue value = body.get(name);
    String text =
        switch (value) {
          case JsonNumber number -> number.text();
          case JsonString string -> string.value().strip();
          case null, default -> "";
        };
    if (text.matches("\\d{1,9}")) {
      int number = Integer.parseInt(text);
      if (number >= least && number <= most) {
        return number;
      }
    }
    throw bad(name + " is not a whole number from " + least + " to " + most + ".");
  }

  /** The digest that the sender has sent along. */
  static Optional<String> digest(JsonObject body) {
    JsonValue value = body.get("sha256");
    if (value == null || value instanceof JsonNull) {
      return Optional.empty();
    }
    if (value instanceof JsonString text
        && text.value().toLowerCase(Locale.ROOT).matches("[0-9a-f]{64}")) {
      return Optional.of(text.value().toLowerCase(Locale.ROOT));
    }
    throw bad("sha256 is not the 64 hex digits of a SHA-256.");
  }

  static byte[] base64(String text) {
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw bad("The body's content is not valid base64.");
    }
  }

  /** A member as it stands in the body; without one, as it would be written. */
  static byte[] asItStands(JsonValue value, String name, Invocation invocation) {
    try {
      if (invocation.body().isPresent()) {
        return Json.memberBytes(invocation.body().get(), name).orElseGet(() -> Json.bytes(value));
      }
    } catch (JsonSyntaxException e) {
      throw new IllegalStateException("the body was read before", e);
    }
    return Json.bytes(value);
  }

  /**
   * Visits the items of a posted list, as {@link ElementTexts#each} does; returns how many there
   * are.
   *
   * @throws Refused if it is not a list, or an empty one
   */
  static long each(byte[] list, List<String> names, Supplier<ElementTexts.Visitor> visitors) {
    try {
      long items = ElementTexts.each(list, names, visitors);
      if (items > 0) {
        return items;
      }
    } catch (JsonSyntaxException e) {
      throw bad("The items are invalid JSON: " + e.getMessage() + ".");
    }
    throw bad("The items are not a list, or an empty one.");
  }

  static Refused bad(String what) {
    return Refused.of(
        FunctionsError.CHUNK, what, "See the bodies of cold-writer and archive-writer.");
  }

  static Refused wrongDigest() {
    return bad("sha256 is not that of what was sent.");
  }
}
