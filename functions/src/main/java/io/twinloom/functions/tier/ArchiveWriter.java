package io.twinloom.functions.tier;

import io.twinloom.functions.pipeline.Invocation;
import io.twinloom.functions.pipeline.RequestBody;
import io.twinloom.functions.port.ObjectStore;
import io.twinloom.functions.port.ObjectStore.Content;
import io.twinloom.functions.port.ObjectStore.Info;
import io.twinloom.functions.port.ObjectStore.Put;
import io.twinloom.functions.port.StoreException;
import io.twinloom.functions.telemetry.BodyLimits;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonBoolean;
import io.twinloom.json.JsonNull;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonString;
import io.twinloom.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.ZipException;

/**
 * The only endpoint through which another cloud writes into the archive: its token allows adding
 * objects, and nothing else. Parts may come in any order, and more than once; the last to arrive
 * joins them.
 */
public final class ArchiveWriter implements RequestBody {

  /** An object has at most so many parts. */
  static final int MAX_PARTS = 10_000;

  /** What a gzipped file begins with (RFC 1952, 2.3.1). */
  private static final int GZIP_ID1 = 0x1F;

  private static final int GZIP_ID2 = 0x8B;

  private final ObjectStore store;

  /** What was sent: its bytes, and the same packed where it came so. */
  private record Sent(byte[] bytes, Optional<byte[]> packed) {}

  public ArchiveWriter(ObjectStore archive) {
    this.store = archive;
  }

  @Override
  public JsonObject run(JsonObject body, Invocation invocation) {
    String key = PostedChunk.text(body, "object_key");
    if (!ObjectStore.isKey(key)) {
      throw PostedChunk.bad("object_key is not a valid key, or leaves its prefix.");
    }
    ChunkKey.parse(key).map(ChunkKey::device).ifPresent(invocation::device);
    Optional<String> digest = PostedChunk.digest(body);
    Sent sent = sent(body, invocation);
    return isPart(body)
        ? part(key, body, sent, digest)
        : whole(key, key.endsWith(ObjectStore.GZIPPED) ? unpacked(sent) : sent, digest);
  }

  private JsonObject whole(String key, Sent sent, Optional<String> digest) {
    Content content = Digests.of(sent.bytes());
    boolean asPacked = sent.packed().filter(p -> isOf(digest, p)).isPresent();
    if (!asPacked && digest.filter(d -> !d.equals(content.sha256())).isPresent()) {
      throw PostedChunk.wrongDigest();
    }
    Optional<byte[]> asSent =
        key.endsWith(ObjectStore.GZIPPED) ? sent.packed() : Optional.of(sent.bytes());
    String stored =
        asSent.isPresent()
            ? ChunkWrite.putAsSent(store, key, asSent.get(), content)
            : ChunkWrite.put(store, key, Gzip.pack(sent.bytes()), content);
    return archived(key, stored, content);
  }

  private JsonObject part(String key, JsonObject body, Sent sent, Optional<String> digest) {
    int number = PostedChunk.number(body, "part_number", 1, MAX_PARTS);
    int total = PostedChunk.number(body, "total_parts", number, MAX_PARTS);
    Optional<Info> there = store.info(key);
    if (there.isPresent() && digest.equals(Optional.of(there.get().content().sha256()))) {
      // The sender has not heard that all were joined.
      Content content = there.get().content();
      String stored = ChunkWrite.confirmed(store, key, Put.SAME, content);
      store.dropParts(key, total);
      return archived(key, stored, content);
    }
    int received = store.keepPart(key, total, number, sent.bytes());
    if (received < total) {
      return JsonObject.builder().put("archived", false).put("received", received).build();
    }
    Content content = contentOfParts(key, total);
    if (!isOf(digest, sent.bytes())
        && digest.filter(d -> !d.equals(content.sha256())).isPresent()) {
      // Which part is wrong is unknown: the sender starts over.
      store.dropParts(key, total);
      throw PostedChunk.wrongDigest();
    }
    Put put = store.join(key, total, content);
    if (put == Put.OTHER) {
      store.dropParts(key, total);
    }
    String stored = ChunkWrite.confirmed(store, key, put, content);
    store.dropParts(key, total);
    return archived(key, stored, content);
  }

  private static boolean isOf(Optional<String> digest, byte[] bytes) {
    return digest.isPresent() && digest.get().equals(Digests.of(bytes).sha256());
  }

  /** Parts of a gzipped object are slices of its gzipped bytes. */
  private Content contentOfParts(String key, int total) {
    try (InputStream parts = store.openParts(key, total);
        InputStream in = key.endsWith(ObjectStore.GZIPPED) ? Gzip.open(parts) : parts) {
      return Digests.of(in);
    } catch (ZipException e) {
      store.dropParts(key, total);
      throw PostedChunk.bad("The parts of an object whose key ends with .gz are not gzipped.");
    } catch (IOException e) {
      throw new StoreException("The parts cannot be read: " + e.getMessage(), key, e);
    }
  }

  /** What is to be stored gzipped may come so, as bytes like any. */
  private static Sent unpacked(Sent sent) {
    byte[] bytes = sent.bytes();
    boolean gzipped =
        bytes.length > 2 && (bytes[0] & 0xFF) == GZIP_ID1 && (bytes[1] & 0xFF) == GZIP_ID2;
    return sent.packed().isEmpty() && gzipped
        ? new Sent(Gzip.unpack(bytes, BodyLimits.UNPACKED), Optional.of(bytes))
        : sent;
  }

  private static boolean isPart(JsonObject body) {
    JsonValue value = body.get("is_multipart");
    if (value == null || value instanceof JsonNull || value instanceof JsonBoolean) {
      return value == JsonBoolean.TRUE;
    }
    throw PostedChunk.bad("is_multipart is neither true nor false.");
  }

  private static Sent sent(JsonObject body, Invocation invocation) {
    JsonValue data = body.get("data");
    String encoding = body.text("encoding").map(String::strip).orElse("");
    if (data instanceof JsonArray list && encoding.isEmpty()) {
      return new Sent(PostedChunk.asItStands(list, "data", invocation), Optional.empty());
    }
    if (!(data instanceof JsonString text)) {
      throw PostedChunk.bad("The body has no data, or not in the form of its encoding.");
    }
    return switch (encoding) {
      case "" -> new Sent(utf8(text.value()), Optional.empty());
      case "base64" -> new Sent(PostedChunk.base64(text.value()), Optional.empty());
      case "gzip" -> {
        byte[] packed = PostedChunk.base64(text.value());
        yield new Sent(Gzip.unpack(packed, BodyLimits.UNPACKED), Optional.of(packed));
      }
      default -> throw PostedChunk.bad("encoding is neither base64 nor gzip.");
    };
  }

  private static byte[] utf8(String text) {
    try {
      ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
      byte[] exact = new byte[bytes.remaining()];
      bytes.get(exact);
      return exact;
    } catch (CharacterCodingException e) {
      throw PostedChunk.bad("data holds half of a surrogate pair, which is not valid Unicode.");
    }
  }

  private static JsonObject archived(String key, String stored, Content content) {
    return JsonObject.builder()
        .put("archived", true)
        .put("key", key)
        .put("sha256", stored)
        .put("bytes", content.bytes())
        .build();
  }
}
