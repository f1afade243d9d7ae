package io.twinloom.aws.store;

import io.twinloom.functions.port.HotStore.ItemPlace;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;

/**
 * Deletes items one by one, since DynamoDB's batches know no condition; several at once, since each
 * waits for its answer. Where the table throttles, it goes on more slowly instead of failing: a
 * table without traffic takes more for some minutes than it takes for hours.
 */
final class ItemDeletion {

  /** DynamoDB takes 1,000 writes a second of one device: more would only be refused. */
  static final int AT_ONCE = 16;

  private final Supplier<DynamoDbClient> client;
  private final String table;
  private final Pace pace;

  ItemDeletion(Supplier<DynamoDbClient> client, String table, Pace pace) {
    this.client = client;
    this.table = table;
    this.pace = pace;
  }

  int delete(String device, List<ItemPlace> places) {
    return Parallel.map(AT_ONCE, places, place -> paced(device, place)).stream()
        .mapToInt(Integer::intValue)
        .sum();
  }

  private int paced(String device, ItemPlace place) {
    for (int throttled = 0; ; throttled++) {
      pace.await();
      try {
        int deleted = delete(device, place);
        pace.taken();
        return deleted;
      } catch (SdkException e) {
        if (!Failures.isThrottling(e) || throttled == Pace.MOST_TRIES) {
          throw Failures.of("The item was not deleted", table, e);
        }
        pace.throttled();
      }
    }
  }

  private int delete(String device, ItemPlace place) {
    try {
      client
          .get()
          .deleteItem(
              DeleteItemRequest.builder()
                  .tableName(table)
                  .key(DynamoHotStore.key(device, place.timestamp()))
                  .conditionExpression("event_id = :e")
                  .expressionAttributeValues(Map.of(":e", AttributeValue.fromS(place.eventId())))
                  .build());
      return 1;
    } catch (ConditionalCheckFailedException e) {
      return 0;
    }
  }
}
