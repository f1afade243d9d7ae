package io.twinloom.aws.store;

import io.twinloom.functions.port.MovePlans.PlannedChunk;
import io.twinloom.functions.port.MovePlans.Position;
import io.twinloom.functions.port.MovePlans.Run;
import java.time.Instant;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Runs and chunks as rows of the state table. */
final class PlanRows {

  /** What the sort keys of chunks begin with. */
  static final String CHUNK = "chunk#";

  private PlanRows() {}

  static String key(PlannedChunk chunk, String write) {
    return CHUNK + chunk.number() + "#" + write;
  }

  static void put(Map<String, AttributeValue> row, Run run) {
    row.put("version", number(run.version()));
    row.put("cut_off", AttributeValue.fromS(run.cutOff()));
    row.put("owner_id", AttributeValue.fromS(run.owner()));
    row.put("owned_until", AttributeValue.fromS(run.ownedUntil().toString()));
    row.put("at_key", AttributeValue.fromS(run.position().key()));
    row.put("at_from", AttributeValue.fromS(run.position().from()));
    row.put("at_index", number(run.position().index()));
  }

  static Run run(String mover, Map<String, AttributeValue> row) {
    return new Run(
        mover,
        longOf(row, "version"),
        text(row, "cut_off"),
        text(row, "owner_id"),
        Instant.parse(text(row, "owned_until")),
        new Position(text(row, "at_key"), text(row, "at_from"), (int) longOf(row, "at_index")));
  }

  static Map<String, AttributeValue> row(
      String partition, String key, PlannedChunk chunk, Instant now) {
    Map<String, AttributeValue> row = StateTable.row(partition, key);
    row.put("chunk_number", number(chunk.number()));
    row.put("device", AttributeValue.fromS(chunk.device()));
    row.put("first_time", AttributeValue.fromS(chunk.first()));
    row.put("last_time", AttributeValue.fromS(chunk.last()));
    row.put("chunk_index", number(chunk.index()));
    row.put("sha256", AttributeValue.fromS(chunk.sha256()));
    row.put("members", AttributeValue.fromB(SdkBytes.fromByteArray(chunk.members())));
    row.put("confirmed", AttributeValue.fromBool(chunk.confirmed()));
    row.put("written_at", AttributeValue.fromS(now.toString()));
    return row;
  }

  static PlannedChunk chunk(Map<String, AttributeValue> row) {
    return new PlannedChunk(
        longOf(row, "chunk_number"),
        text(row, "device"),
        text(row, "first_time"),
        text(row, "last_time"),
        (int) longOf(row, "chunk_index"),
        text(row, "sha256"),
        value(row, "members").b().asByteArray(),
        value(row, "confirmed").bool());
  }

  static Instant writtenAt(Map<String, AttributeValue> row) {
    return Instant.parse(text(row, "written_at"));
  }

  static String text(Map<String, AttributeValue> row, String attribute) {
    return value(row, attribute).s();
  }

  static Map<String, AttributeValue> map(Map<String, AttributeValue> row, String attribute) {
    return value(row, attribute).m();
  }

  private static long longOf(Map<String, AttributeValue> row, String attribute) {
    return Long.parseLong(value(row, attribute).n());
  }

  private static AttributeValue number(long value) {
    return AttributeValue.fromN(Long.toString(value));
  }

  private static AttributeValue value(Map<String, AttributeValue> row, String attribute) {
    AttributeValue value = row.get(attribute);
    if (value == null) {
      throw new IllegalStateException("a row of the state table has no " + attribute);
    }
    return value;
  }
}
