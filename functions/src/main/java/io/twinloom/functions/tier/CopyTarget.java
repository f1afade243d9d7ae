package io.twinloom.functions.tier;

import io.twinloom.functions.intercloud.RemoteSender;
import io.twinloom.functions.port.HotStore.ItemPlace;
import io.twinloom.functions.port.HotStore.StoredItem;
import io.twinloom.functions.tier.Delivery.Next;
import io.twinloom.json.Json;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonNumber;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonString;
import io.twinloom.json.JsonValue;
import io.twinloom.json.Sha256;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The new hot store, through its hot-copy-writer. */
final class CopyTarget {

  private static final int KEY_DIGITS = 32;

  private final ChunkPost writer;
  private final String sourceCloud;

  /** What the writer said to a request. */
  sealed interface Reply<T> {

    /** It answered it. */
    record Answered<T>(T answer) implements Reply<T> {}

    /** It did not. */
    record Failed<T>(String why, Next next) implements Reply<T> {}
  }

  /** How many of the items that were sent are there now, and how they came there. */
  record Taken(long stored, long there, long shifted) {}

  CopyTarget(RemoteSender writer, String sourceCloud) {
    this.writer = new ChunkPost(writer);
    this.sourceCloud = sourceCloud;
  }

  /** Whether these items fit into one request. */
  static boolean fits(Chunk items) {
    return ChunkPost.fits(items.bytes().length);
  }

  /** Sends items of a device. */
  Reply<Taken> send(Chunk items, String trace) {
    String sha256 = items.content().sha256();
    JsonObject head = head(items.device()).put("sha256", sha256).build();
    byte[] body = ChunkPost.body(head, "items_gzip", items.bytes());
    String key = "copy-" + sha256.substring(0, KEY_DIGITS);
    return ask(body, trace, key, answer -> taken(answer, items));
  }

  private static Reply<Taken> taken(JsonObject answer, Chunk items) {
    Optional<String> unconfirmed = ChunkPost.unconfirmed(answer, items.content().sha256());
    if (unconfirmed.isPresent()) {
      return new Reply.Failed<>(unconfirmed.get(), Next.LATER);
    }
    long stored = number(answer, "stored");
    long there = number(answer, "there");
    long shifted = number(answer, "shifted");
    return stored + there + shifted == items.places().size()
        ? new Reply.Answered<>(new Taken(stored, there, shifted))
        : new Reply.Failed<>("The writer's answer is not about all of the items.", Next.LATER);
  }

  /** Asks how many of a device's items are not there. */
  Reply<Long> missing(String device, List<StoredItem> items, String trace) {
    JsonArray places =
        new JsonArray(items.stream().<JsonValue>map(item -> place(item.place())).toList());
    byte[] body = Json.bytes(head(device).put("places", places).build());
    String key = "places-" + Sha256.hex(body).substring(0, KEY_DIGITS);
    return ask(body, trace, key, answer -> missing(answer, items.size()));
  }

  private static Reply<Long> missing(JsonObject answer, int asked) {
    long missing = number(answer, "missing");
    return missing >= 0 && number(answer, "there") + missing == asked
        ? new Reply.Answered<>(missing)
        : new Reply.Failed<>("The writer's answer does not say which items are there.", Next.STOP);
  }

  private <T> Reply<T> ask(
      byte[] body, String trace, String key, Function<JsonObject, Reply<T>> read) {
    return switch (writer.send(body, trace, key)) {
      case ChunkPost.Reply.Conflict ignored ->
          new Reply.Failed<>("The writer answers that there is a conflict.", Next.STOP);
      case ChunkPost.Reply.Failed(String why, Next next, boolean mayBeTaken) ->
          new Reply.Failed<>(why, next);
      case ChunkPost.Reply.Taken(JsonObject answer) -> read.apply(answer);
    };
  }

  private static JsonValue place(ItemPlace place) {
    return JsonArray.of(new JsonString(place.timestamp()), new JsonString(place.eventId()));
  }

  private JsonObject.Builder head(String device) {
    return JsonObject.builder().put("device_id", device).put("source_cloud", sourceCloud);
  }

  private static long number(JsonObject answer, String name) {
    return answer.get(name) instanceof JsonNumber number && number.text().matches("\\d{1,9}")
        ? Long.parseLong(number.text())
        : -1;
  }
}
