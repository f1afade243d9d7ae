package io.twinloom.aws.store;

import io.twinloom.functions.port.SeenDevices;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A row for each device, in a partition of its own. */
public final class DynamoSeenDevices implements SeenDevices {
  private static final String PREFIX = "seen#";
  private static final String SORT = "seen";
  private static final String TIME = "time_ms";

  private final StateTable table;

  public DynamoSeenDevices(StateTable table) {
    this.table = table;
  }

  @Override
  public void note(String device, Instant time) {
    Map<String, AttributeValue> row = StateTable.row(PREFIX + device, SORT);
    row.put(TIME, AttributeValue.fromN(Long.toString(time.toEpochMilli())));
    table.put(row);
  }

  @Override
  public Optional<Instant> lastSeen(String device) {
    return table.get(PREFIX + device, SORT).flatMap(DynamoSeenDevices::time);
  }

  /**
   * When each of some devices last sent anything, as far as it was noted. Functions may not ask for
   * several at once.
   */
  public Map<String, Instant> lastSeen(List<String> devices) {
    Map<String, Instant> seen = new HashMap<>();
    table
        .all(devices.stream().map(device -> PREFIX + device).toList(), SORT)
        .forEach(
            (partition, row) ->
                time(row).ifPresent(time -> seen.put(partition.substring(PREFIX.length()), time)));
    return seen;
  }

  private static Optional<Instant> time(Map<String, AttributeValue> row) {
    return Optional.ofNullable(row.get(TIME))
        .map(time -> Instant.ofEpochMilli(Long.parseLong(time.n())));
  }
}
