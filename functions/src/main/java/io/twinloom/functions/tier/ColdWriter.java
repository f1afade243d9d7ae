package io.twinloom.functions.tier;

import io.twinloom.functions.pipeline.Invocation;
import io.twinloom.functions.pipeline.RequestBody;
import io.twinloom.functions.port.ObjectStore;
import io.twinloom.functions.port.ObjectStore.Content;
import io.twinloom.functions.settings.TwinInfo;
import io.twinloom.functions.telemetry.BodyLimits;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonString;
import io.twinloom.model.Layer;
import io.twinloom.model.time.Timestamps;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The only endpoint through which another cloud writes into the cold tier: its token allows adding
 * chunks, and nothing else. A device that is not configured any more may still have chunks to move.
 * While the twin has another cold store too, whose chunks come here, it takes objects by their keys
 * as the archive's does.
 */
public final class ColdWriter implements RequestBody {

  private static final int MAX_INDEX = 999_999_999;

  private final ObjectStore store;
  private final boolean compressed;
  private final Optional<ArchiveWriter> byKey;

  /** A chunk as it was sent: its list, and the same packed where it came so. */
  private record Sent(byte[] json, byte[] packed) {}

  public ColdWriter(TwinInfo twin, ObjectStore cold) {
    this.store = cold;
    this.compressed = twin.tiers().compressed();
    this.byKey =
        twin.previous().of(Layer.L3_COLD).isEmpty()
            ? Optional.empty()
            : Optional.of(new ArchiveWriter(cold));
  }

  @Override
  public JsonObject run(JsonObject body, Invocation invocation) {
    if (byKey.isPresent() && body.has("object_key")) {
      return byKey.get().run(body, invocation);
    }
    ChunkKey chunk = key(body);
    String key = chunk.text();
    invocation.device(body.text("iot_device_id").orElse(""));
    Sent sent = sent(body, invocation);
    CompletableFuture<Content> digested = Digests.beside(sent.json());
    long items = ChunkCheck.items(sent.json(), chunk);
    Content content = digested.join();
    if (PostedChunk.digest(body).filter(d -> !d.equals(content.sha256())).isPresent()) {
      throw PostedChunk.wrongDigest();
    }
    String stored = put(key, sent, content);
    return JsonObject.builder()
        .put("written", items)
        .put("key", key)
        .put("sha256", stored)
        .put("bytes", content.bytes())
        .build();
  }

  private ChunkKey key(JsonObject body) {
    String device = PostedChunk.text(body, "iot_device_id");
    int index = PostedChunk.number(body, "chunk_index", 0, MAX_INDEX);
    String first = time(body, "start_timestamp");
    String last = time(body, "end_timestamp");
    if (first.compareTo(last) > 0) {
      throw PostedChunk.bad("start_timestamp is after end_timestamp.");
    }
    ChunkKey key = new ChunkKey(device, first, last, index, compressed);
    if (!ObjectStore.isKey(key.text())) {
      throw PostedChunk.bad("iot_device_id makes no key that stays within its prefix.");
    }
    return key;
  }

  private static String time(JsonObject body, String name) {
    String time = Timestamps.read(new JsonString(PostedChunk.text(body, name)));
    if (time == null) {
      throw PostedChunk.bad(name + " cannot be read as a time.");
    }
    return time;
  }

  private static Sent sent(JsonObject body, Invocation invocation) {
    if (body.text("items_gzip").isPresent()) {
      if (body.has("items")) {
        throw PostedChunk.bad("The body has both items and items_gzip.");
      }
      byte[] packed = PostedChunk.base64(PostedChunk.text(body, "items_gzip"));
      return new Sent(Gzip.unpack(packed, BodyLimits.UNPACKED), packed);
    }
    JsonArray items =
        body.array("items").orElseThrow(() -> PostedChunk.bad("The body has no list items."));
    return new Sent(PostedChunk.asItStands(items, "items", invocation), new byte[0]);
  }

  private String put(String key, Sent sent, Content content) {
    if (!compressed) {
      return ChunkWrite.putAsSent(store, key, sent.json(), content);
    }
    return sent.packed().length > 0
        ? ChunkWrite.putAsSent(store, key, sent.packed(), content)
        : ChunkWrite.put(store, key, Gzip.pack(sent.json()), content);
  }
}
