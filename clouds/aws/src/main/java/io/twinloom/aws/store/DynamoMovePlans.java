package io.twinloom.aws.store;

import io.twinloom.aws.store.StateTable.Condition;
import io.twinloom.functions.port.MovePlans;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The movers' plans on the state table. A plan is a head, which lists its chunks, and a row for
 * each chunk. A change writes its chunks' rows first, under keys that nobody else has, then the
 * head, under the condition that it is the one that was read: with that one write the change is
 * there, all of it or nothing. What the head lists no longer is deleted afterwards; rows that a
 * killed run has left without a head that lists them are deleted when they are old.
 *
 * <p>Not in DynamoDB's own transactions: a chunk's row has up to 400 KB, and the head alone decides
 * anyway.
 */
public final class DynamoMovePlans implements MovePlans {
  private static final String HEAD = "head";

  /** A row that no head lists is a run's that is about to write its head, unless it is older. */
  static final Duration LEFT_BEHIND = Duration.ofDays(1);

  private final StateTable table;
  private final InstantSource clock;
  private final Supplier<String> ids;

  /** What a head says: the run, whose write it is, and the sort key of each chunk by number. */
  private record Head(Run run, String write, Map<Long, String> chunks) {}

  /**
   * @param ids a new one at each call
   */
  public DynamoMovePlans(StateTable table, InstantSource clock, Supplier<String> ids) {
    this.table = table;
    this.clock = clock;
    this.ids = ids;
  }

  private static String partition(String mover) {
    return "plan#" + mover;
  }

  private Optional<Head> head(String mover) {
    return table.get(partition(mover), HEAD).map(row -> head(mover, row));
  }

  private static Head head(String mover, Map<String, AttributeValue> row) {
    Map<Long, String> chunks = new TreeMap<>();
    PlanRows.map(row, "chunks")
        .forEach((number, key) -> chunks.put(Long.parseLong(number), key.s()));
    return new Head(PlanRows.run(mover, row), PlanRows.text(row, "write_id"), chunks);
  }

  @Override
  public Optional<Plan> open(String mover) {
    Optional<Head> head = head(mover);
    while (head.isPresent()) {
      Optional<List<PlannedChunk>> chunks = chunks(mover, head.get());
      if (chunks.isPresent()) {
        return Optional.of(new Plan(head.get().run(), chunks.get()));
      }
      // Another run has changed the plan between the two reads.
      head = head(mover);
    }
    return Optional.empty();
  }

  private Optional<List<PlannedChunk>> chunks(String mover, Head head) {
    List<PlannedChunk> chunks = new ArrayList<>();
    Instant old = clock.instant().minus(LEFT_BEHIND);
    for (Map<String, AttributeValue> row : table.all(partition(mover), PlanRows.CHUNK)) {
      String key = PlanRows.text(row, "sk");
      if (head.chunks().containsValue(key)) {
        chunks.add(PlanRows.chunk(row));
      } else if (PlanRows.writtenAt(row).isBefore(old)) {
        table.delete(partition(mover), key);
      }
    }
    chunks.sort(Comparator.comparingLong(PlannedChunk::number));
    return chunks.size() == head.chunks().size() ? Optional.of(chunks) : Optional.empty();
  }

  @Override
  public boolean save(Run run, List<PlannedChunk> chunks, List<Long> done) {
    Optional<Head> before = head(run.mover());
    if (before.map(head -> head.run().version()).orElse(0L) != run.version()) {
      return false;
    }
    String write = ids.get();
    Map<Long, String> old = before.map(Head::chunks).orElse(Map.of());
    Map<Long, String> listed = new HashMap<>(old);
    done.forEach(listed::remove);
    for (PlannedChunk chunk : chunks) {
      String key = PlanRows.key(chunk, write);
      table.put(PlanRows.row(partition(run.mover()), key, chunk, clock.instant()));
      listed.put(chunk.number(), key);
    }
    if (!writeHead(run, write, listed, before)) {
      chunks.forEach(chunk -> table.delete(partition(run.mover()), PlanRows.key(chunk, write)));
      return false;
    }
    old.forEach(
        (number, key) -> {
          if (!key.equals(listed.get(number))) {
            table.delete(partition(run.mover()), key);
          }
        });
    return true;
  }

  private boolean writeHead(
      Run run, String write, Map<Long, String> listed, Optional<Head> before) {
    Map<String, AttributeValue> row = StateTable.row(partition(run.mover()), HEAD);
    PlanRows.put(row, run.saved());
    row.put("write_id", AttributeValue.fromS(write));
    Map<String, AttributeValue> keys = new HashMap<>();
    listed.forEach((number, key) -> keys.put(Long.toString(number), AttributeValue.fromS(key)));
    row.put("chunks", AttributeValue.fromM(keys));
    Condition unchanged =
        before
            .map(DynamoMovePlans::isStill)
            .orElseGet(() -> new Condition("attribute_not_exists(pk)", Map.of()));
    // Where the answer to a write was lost, the SDK's second one finds the first.
    return table.put(row, unchanged)
        || head(run.mover()).filter(head -> head.write().equals(write)).isPresent();
  }

  private static Condition isStill(Head head) {
    return new Condition("write_id = :w", Map.of(":w", AttributeValue.fromS(head.write())));
  }

  @Override
  public boolean end(Run run) {
    Optional<Head> head = head(run.mover()).filter(h -> h.run().version() == run.version());
    if (head.isEmpty()
        || run.version() == 0
        || !table.delete(partition(run.mover()), HEAD, isStill(head.get()))) {
      return false;
    }
    head.get().chunks().values().forEach(key -> table.delete(partition(run.mover()), key));
    return true;
  }
}
