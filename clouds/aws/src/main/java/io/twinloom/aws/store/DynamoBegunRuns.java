package io.twinloom.aws.store;

import io.twinloom.serverless.queue.BegunRuns;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A row for each message that was handed out too often. A message is given to one process at a
 * time, so reading and writing need not be one.
 */
public final class DynamoBegunRuns implements BegunRuns {
  private static final String PREFIX = "run#";
  private static final String SORT = "run";
  private static final String COUNT = "begun";

  /** As long as a queue keeps its messages. */
  private static final Duration KEPT = Duration.ofDays(14);

  private final StateTable table;
  private final InstantSource clock;

  public DynamoBegunRuns(StateTable table, InstantSource clock) {
    this.table = table;
    this.clock = clock;
  }

  @Override
  public int begin(String message) {
    int before =
        table
            .get(PREFIX + message, SORT)
            .map(row -> row.get(COUNT))
            .map(count -> Integer.parseInt(count.n()))
            .orElse(0);
    Map<String, AttributeValue> row = StateTable.row(PREFIX + message, SORT);
    row.put(COUNT, AttributeValue.fromN(Integer.toString(before + 1)));
    row.put(
        "expires",
        AttributeValue.fromN(Long.toString(clock.instant().plus(KEPT).getEpochSecond())));
    table.put(row);
    return before + 1;
  }

  @Override
  public void end(String message) {
    table.delete(PREFIX + message, SORT);
  }
}
