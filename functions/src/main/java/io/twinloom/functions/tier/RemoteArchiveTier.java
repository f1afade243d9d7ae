package io.twinloom.functions.tier;

import io.twinloom.functions.intercloud.RemoteSender;
import io.twinloom.functions.port.ObjectStore;
import io.twinloom.functions.port.ObjectStore.Info;
import io.twinloom.functions.port.StoreException;
import io.twinloom.functions.telemetry.BodyLimits;
import io.twinloom.functions.tier.Delivery.Next;
import io.twinloom.json.JsonBoolean;
import io.twinloom.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * The archive of another cloud, through its archive-writer. A chunk that does not fit into a body
 * goes in parts, of which one is in memory at a time.
 */
final class RemoteArchiveTier implements ArchiveTier {

  /** A part of an object, before it is packed: packed it fits, whatever it holds. */
  static final int PART = 4 * 1024 * 1024;

  /** A chunk that met others at its key is looked for at so many indexes from there on. */
  private static final int LOOKED_AT = 20;

  private static final byte[] EMPTY = {};

  private final ChunkPost writer;
  private final ObjectStore cold;
  private final String sourceCloud;

  /** What came of a look for a chunk. */
  sealed interface Look {
    /** It is there, whole, under its own key or a later index. */
    record There() implements Look {}

    record Missing() implements Look {}

    /** The writer did not say. */
    record Unknown(String why, Next next) implements Look {}
  }

  /** What came of a request. */
  private sealed interface Step {
    record Ended(Delivery delivery) implements Step {}

    /** The key holds other content. */
    record Occupied() implements Step {}

    /** A part was taken, and others are missing. */
    record Incomplete() implements Step {}
  }

  RemoteArchiveTier(RemoteSender writer, ObjectStore cold, String sourceCloud) {
    this.writer = new ChunkPost(writer);
    this.cold = cold;
    this.sourceCloud = sourceCloud;
  }

  @Override
  public Delivery deliver(ChunkKey key, Info chunk, String trace) {
    for (ChunkKey as = key; ; as = as.withIndex(as.index() + 1)) {
      switch (send(chunk, as.text(), trace)) {
        case Step.Ended(Delivery delivery) -> {
          return delivery;
        }
        case Step.Incomplete ignored -> {
          return new Delivery.Left(
              as.text(), "The writer has not received all parts.", Next.GO_ON, false);
        }
        case Step.Occupied ignored -> {}
      }
    }
  }

  /**
   * Looks for a chunk without sending it: an empty part of an object that is there already is
   * answered with the digest of that; of any other it is refused.
   */
  Look look(ChunkKey key, Info chunk, String trace) {
    String sha256 = chunk.content().sha256();
    byte[] nothing = chunk.key().endsWith(ObjectStore.GZIPPED) ? Gzip.pack(EMPTY) : EMPTY;
    for (int i = 0; i < LOOKED_AT; i++) {
      String as = key.withIndex(key.index() + i).text();
      JsonObject head =
          head(chunk, as)
              .put("is_multipart", true)
              .put("part_number", 1)
              .put("total_parts", 1)
              .put("encoding", "base64")
              .build();
      byte[] body = ChunkPost.body(head, "data", nothing);
      String idempotencyKey = "look-" + sha256.substring(0, 32) + "-" + (key.index() + i);
      switch (writer.send(body, trace, idempotencyKey)) {
        case ChunkPost.Reply.Taken(JsonObject answer) -> {
          return ChunkPost.unconfirmed(answer, sha256).isEmpty()
              ? new Look.There()
              : new Look.Missing();
        }
        case ChunkPost.Reply.Conflict ignored -> {}
        case ChunkPost.Reply.Failed(String why, Next next, boolean mayBeTaken) -> {
          if (next != Next.GO_ON) {
            return new Look.Unknown(why, next);
          }
        }
      }
    }
    return new Look.Missing();
  }

  private Step send(Info chunk, String as, String trace) {
    if (chunk.content().bytes() <= BodyLimits.UNPACKED && chunk.storedBytes() <= BodyLimits.SENT) {
      byte[] stored = read(chunk);
      byte[] packed = chunk.key().endsWith(ObjectStore.GZIPPED) ? stored : Gzip.pack(stored);
      if (ChunkPost.fits(packed.length)) {
        JsonObject head = head(chunk, as).put("encoding", "gzip").build();
        return post(head, packed, trace, chunk, as, 0);
      }
    }
    return sendParts(chunk, as, trace);
  }

  /** What is stored gzipped is cut as it is stored; else each part is packed by itself. */
  private Step sendParts(Info chunk, String as, String trace) {
    boolean packed = chunk.key().endsWith(ObjectStore.GZIPPED);
    int total = Math.toIntExact((chunk.storedBytes() + PART - 1) / PART);
    Step step = new Step.Incomplete();
    try (InputStream in = open(chunk)) {
      for (int number = 1; number <= total && step instanceof Step.Incomplete; number++) {
        byte[] part = in.readNBytes(PART);
        JsonObject head =
            head(chunk, as)
                .put("is_multipart", true)
                .put("part_number", number)
                .put("total_parts", total)
                .put("encoding", packed ? "base64" : "gzip")
                .build();
        step = post(head, packed ? part : Gzip.pack(part), trace, chunk, as, number);
      }
      return step;
    } catch (IOException e) {
      throw unreadable(chunk, e);
    }
  }

  private JsonObject.Builder head(Info chunk, String as) {
    return JsonObject.builder()
        .put("object_key", as)
        .put("source_cloud", sourceCloud)
        .put("sha256", chunk.content().sha256());
  }

  private Step post(JsonObject head, byte[] data, String trace, Info chunk, String as, int number) {
    byte[] body = ChunkPost.body(head, "data", data);
    String sha256 = chunk.content().sha256();
    String idempotencyKey = "object-" + sha256.substring(0, 32) + "-" + number;
    return switch (writer.send(body, trace, idempotencyKey)) {
      case ChunkPost.Reply.Conflict ignored -> new Step.Occupied();
      case ChunkPost.Reply.Failed(String why, Next next, boolean mayBeTaken) ->
          new Step.Ended(new Delivery.Left(as, why, next, mayBeTaken));
      case ChunkPost.Reply.Taken(JsonObject answer) -> {
        if (number > 0 && answer.get("archived") == JsonBoolean.FALSE) {
          yield new Step.Incomplete();
        }
        Optional<String> unconfirmed =
            answer.get("archived") == JsonBoolean.TRUE
                ? ChunkPost.unconfirmed(answer, sha256)
                : Optional.of("The writer's answer does not say that it is archived.");
        yield new Step.Ended(
            unconfirmed.isEmpty()
                ? new Delivery.Confirmed(answer.text("key").orElse(as))
                : new Delivery.Left(as, unconfirmed.get(), Next.GO_ON, true));
      }
    };
  }

  private byte[] read(Info chunk) {
    try (InputStream in = open(chunk)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw unreadable(chunk, e);
    }
  }

  private InputStream open(Info chunk) {
    return cold.open(chunk.key()).orElseThrow(() -> unreadable(chunk, new IOException("gone")));
  }

  private static StoreException unreadable(Info chunk, IOException e) {
    return new StoreException("A chunk cannot be read: " + e.getMessage(), chunk.key(), e);
  }
}
