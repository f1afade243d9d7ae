package io.twinloom.aws.store;

import io.twinloom.aws.store.StateTable.Condition;
import io.twinloom.functions.port.CircuitStates;
import io.twinloom.json.Sha256;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A row for each receiver that does not answer, written on change only. */
public final class DynamoCircuitStates implements CircuitStates {
  private static final String PREFIX = "circuit#";
  private static final String SORT = "circuit";
  private static final String UNTIL = "until_ms";

  /** What nobody has removed is gone then. */
  private static final Duration KEPT = Duration.ofDays(1);

  private final StateTable table;

  public DynamoCircuitStates(StateTable table) {
    this.table = table;
  }

  private static String key(String receiver) {
    return PREFIX + Sha256.hex(receiver);
  }

  private static Map<String, AttributeValue> row(String receiver, Instant until) {
    Map<String, AttributeValue> row = StateTable.row(key(receiver), SORT);
    row.put(UNTIL, millis(until));
    row.put("expires", AttributeValue.fromN(Long.toString(until.plus(KEPT).getEpochSecond())));
    return row;
  }

  private static AttributeValue millis(Instant time) {
    return AttributeValue.fromN(Long.toString(time.toEpochMilli()));
  }

  @Override
  public Optional<Instant> openUntil(String receiver) {
    return table
        .get(key(receiver), SORT)
        .map(row -> row.get(UNTIL))
        .map(until -> Instant.ofEpochMilli(Long.parseLong(until.n())));
  }

  @Override
  public void open(String receiver, Instant until) {
    table.put(row(receiver, until));
  }

  @Override
  public void close(String receiver) {
    table.delete(key(receiver), SORT);
  }

  @Override
  public boolean claimProbe(String receiver, Instant now, Instant until) {
    return table.put(
        row(receiver, until),
        new Condition(
            "attribute_not_exists(pk) OR " + UNTIL + " <= :now", Map.of(":now", millis(now))));
  }
}
