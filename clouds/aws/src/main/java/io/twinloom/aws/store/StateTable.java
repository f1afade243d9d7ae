package io.twinloom.aws.store;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/**
 * The table with what functions remember: partition key {@code pk}, sort key {@code sk}. Reads see
 * the latest write.
 */
public final class StateTable {

  /** DynamoDB gives no more with one request. */
  private static final int ROWS_AT_ONCE = 100;

  private final Supplier<DynamoDbClient> client;
  private final String table;

  /** Under which condition a row is written or deleted; the values by their placeholders. */
  record Condition(String text, Map<String, AttributeValue> values) {}

  public StateTable(Supplier<DynamoDbClient> client, String table) {
    this.client = client;
    this.table = table;
  }

  /** The beginning of a row. */
  static Map<String, AttributeValue> row(String pk, String sk) {
    Map<String, AttributeValue> row = new HashMap<>();
    row.put("pk", AttributeValue.fromS(pk));
    row.put("sk", AttributeValue.fromS(sk));
    return row;
  }

  Optional<Map<String, AttributeValue>> get(String pk, String sk) {
    try {
      Map<String, AttributeValue> row =
          client
              .get()
              .getItem(
                  GetItemRequest.builder()
                      .tableName(table)
                      .key(row(pk, sk))
                      .consistentRead(true)
                      .build())
              .item();
      return row == null || row.isEmpty() ? Optional.empty() : Optional.of(row);
    } catch (SdkException e) {
      throw Failures.of("The state cannot be read", table, e);
    }
  }

  /** The rows with this sort key of some partitions, by their partitions. */
  Map<String, Map<String, AttributeValue>> all(List<String> partitions, String sk) {
    Map<String, Map<String, AttributeValue>> rows = new HashMap<>();
    List<Map<String, AttributeValue>> asked =
        partitions.stream().distinct().map(pk -> row(pk, sk)).toList();
    try {
      for (int from = 0; from < asked.size(); from += ROWS_AT_ONCE) {
        KeysAndAttributes some =
            KeysAndAttributes.builder()
                .keys(asked.subList(from, Math.min(asked.size(), from + ROWS_AT_ONCE)))
                .consistentRead(true)
                .build();
        BatchGetItemResponse response =
            client
                .get()
                .batchGetItem(
                    BatchGetItemRequest.builder().requestItems(Map.of(table, some)).build());
        response
            .responses()
            .getOrDefault(table, List.of())
            .forEach(row -> partition(row).ifPresent(pk -> rows.put(pk, row)));
        KeysAndAttributes left = response.unprocessedKeys().get(table);
        if (left != null) {
          // Alone each is tried again, with pauses, by the SDK.
          left.keys()
              .forEach(
                  key ->
                      partition(key)
                          .ifPresent(pk -> get(pk, sk).ifPresent(row -> rows.put(pk, row))));
        }
      }
      return rows;
    } catch (SdkException e) {
      throw Failures.of("The state cannot be read", table, e);
    }
  }

  private static Optional<String> partition(Map<String, AttributeValue> row) {
    return Optional.ofNullable(row.get("pk")).map(AttributeValue::s);
  }

  /** All rows of a partition whose sort keys begin so, in their order. */
  List<Map<String, AttributeValue>> all(String pk, String prefix) {
    List<Map<String, AttributeValue>> rows = new ArrayList<>();
    QueryRequest.Builder request =
        QueryRequest.builder()
            .tableName(table)
            .keyConditionExpression("pk = :p AND begins_with(sk, :s)")
            .expressionAttributeValues(
                Map.of(":p", AttributeValue.fromS(pk), ":s", AttributeValue.fromS(prefix)))
            .consistentRead(true);
    try {
      boolean more = true;
      while (more) {
        QueryResponse response = client.get().query(request.build());
        rows.addAll(response.items());
        more = response.hasLastEvaluatedKey() && !response.lastEvaluatedKey().isEmpty();
        request.exclusiveStartKey(response.lastEvaluatedKey());
      }
      return rows;
    } catch (SdkException e) {
      throw Failures.of("The state cannot be read", table, e);
    }
  }

  void put(Map<String, AttributeValue> row) {
    try {
      client.get().putItem(PutItemRequest.builder().tableName(table).item(row).build());
    } catch (SdkException e) {
      throw Failures.of("The state was not written", table, e);
    }
  }

  /** Writes a row if the condition holds for the one that is there; tells whether it did. */
  boolean put(Map<String, AttributeValue> row, Condition condition) {
    try {
      PutItemRequest.Builder request =
          PutItemRequest.builder().tableName(table).item(row).conditionExpression(condition.text());
      if (!condition.values().isEmpty()) {
        request.expressionAttributeValues(condition.values());
      }
      client.get().putItem(request.build());
      return true;
    } catch (ConditionalCheckFailedException e) {
      return false;
    } catch (SdkException e) {
      throw Failures.of("The state was not written", table, e);
    }
  }

  /** Deletes a row if the condition holds for it; tells whether it did. */
  boolean delete(String pk, String sk, Condition condition) {
    try {
      client
          .get()
          .deleteItem(
              DeleteItemRequest.builder()
                  .tableName(table)
                  .key(row(pk, sk))
                  .conditionExpression(condition.text())
                  .expressionAttributeValues(condition.values())
                  .build());
      return true;
    } catch (ConditionalCheckFailedException e) {
      return false;
    } catch (SdkException e) {
      throw Failures.of("The state was not deleted", table, e);
    }
  }

  void delete(String pk, String sk) {
    try {
      client
          .get()
          .deleteItem(DeleteItemRequest.builder().tableName(table).key(row(pk, sk)).build());
    } catch (SdkException e) {
      throw Failures.of("The state was not deleted", table, e);
    }
  }
}
