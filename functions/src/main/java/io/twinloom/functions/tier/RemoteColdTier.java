package io.twinloom.functions.tier;

import io.twinloom.functions.intercloud.RemoteSender;
import io.twinloom.functions.port.MovePlans.PlannedChunk;
import io.twinloom.functions.tier.Delivery.Next;
import io.twinloom.json.JsonObject;
import java.util.Optional;

/** The cold tier of another cloud, through its cold-writer. */
final class RemoteColdTier implements ColdTier {

  private final ChunkPost writer;
  private final boolean compressed;
  private final String sourceCloud;

  RemoteColdTier(RemoteSender writer, boolean compressed, String sourceCloud) {
    this.writer = new ChunkPost(writer);
    this.compressed = compressed;
    this.sourceCloud = sourceCloud;
  }

  @Override
  public boolean packs() {
    return true;
  }

  @Override
  public boolean fits(Chunk chunk) {
    return ChunkPost.fits(chunk.bytes().length);
  }

  @Override
  public double share(Chunk chunk) {
    return ChunkPost.share(chunk.bytes().length);
  }

  /** Another cloud's tier can only be written to. */
  @Override
  public boolean holds(PlannedChunk planned) {
    return false;
  }

  @Override
  public Delivery deliver(Chunk chunk, int index, String trace) {
    int free = index;
    while (true) {
      String expected = chunk.key(free, compressed).text();
      JsonObject head =
          JsonObject.builder()
              .put("iot_device_id", chunk.device())
              .put("chunk_index", free)
              .put("start_timestamp", chunk.first())
              .put("end_timestamp", chunk.last())
              .put("source_cloud", sourceCloud)
              .put("sha256", chunk.content().sha256())
              .build();
      byte[] body = ChunkPost.body(head, "items_gzip", chunk.bytes());
      String idempotencyKey = "chunk-" + chunk.content().sha256().substring(0, 32) + "-" + free;
      switch (writer.send(body, trace, idempotencyKey)) {
        case ChunkPost.Reply.Taken(JsonObject answer) -> {
          String key = answer.text("key").orElse(expected);
          Optional<String> unconfirmed = ChunkPost.unconfirmed(answer, chunk.content().sha256());
          return unconfirmed.isEmpty()
              ? new Delivery.Confirmed(key)
              : new Delivery.Left(key, unconfirmed.get(), Next.GO_ON, true);
        }
        case ChunkPost.Reply.Conflict ignored -> free++;
        case ChunkPost.Reply.Failed(String why, Next next, boolean mayBeTaken) -> {
          return new Delivery.Left(expected, why, next, mayBeTaken);
        }
      }
    }
  }
}
