package io.twinloom.aws.store;

import io.twinloom.functions.port.HotStore;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/**
 * Reads rows of one partition of the hot table, page by page as DynamoDB hands them out (at most a
 * megabyte each), and as they are after the latest write: the port promises that what was stored is
 * seen by who reads next.
 */
final class ItemQuery {
  private static final Map<String, String> NAMES =
      Map.of("#d", "device_id", "#t", "timestamp", "#e", "event_id", "#b", "body");
  private static final String WHOLE = "#d, #t, #e, #b";

  private final Supplier<DynamoDbClient> client;
  private final String table;

  ItemQuery(Supplier<DynamoDbClient> client, String table) {
    this.client = client;
    this.table = table;
  }

  /**
   * The rows of a partition from {@code start} to {@code end}, both inclusive.
   *
   * @param most so many are wanted: no more are read at once
   */
  Found between(String partition, String start, String end, boolean forward, long most) {
    if (start.compareTo(end) > 0) {
      return new Found(null);
    }
    return new Found(
        QueryRequest.builder()
            .tableName(table)
            .keyConditionExpression("#d = :d AND #t BETWEEN :a AND :z")
            .projectionExpression(WHOLE)
            .expressionAttributeNames(NAMES)
            .expressionAttributeValues(values(":d", partition, ":a", start, ":z", end))
            .scanIndexForward(forward)
            .consistentRead(true)
            // A page of the port ends by its bytes at the latest: more rows would be read for
            // nothing.
            .limit((int) Math.min(most, HotStore.MAX_PAGE_BYTES)));
  }

  /** The rows of a partition behind a sort key, which may be empty: all of them. */
  Found after(String partition, String after) {
    QueryRequest.Builder request =
        QueryRequest.builder().tableName(table).consistentRead(true).scanIndexForward(true);
    return new Found(
        after.isEmpty()
            ? request
                .keyConditionExpression("#d = :d")
                .expressionAttributeNames(Map.of("#d", "device_id"))
                .expressionAttributeValues(values(":d", partition))
            : request
                .keyConditionExpression("#d = :d AND #t > :a")
                .expressionAttributeNames(Map.of("#d", "device_id", "#t", "timestamp"))
                .expressionAttributeValues(values(":d", partition, ":a", after)));
  }

  private static Map<String, AttributeValue> values(String... namesAndTexts) {
    Map<String, AttributeValue> values = new HashMap<>();
    for (int i = 0; i < namesAndTexts.length; i += 2) {
      values.put(namesAndTexts[i], AttributeValue.fromS(namesAndTexts[i + 1]));
    }
    return values;
  }

  /** The rows, each read from DynamoDB when it is asked for. */
  final class Found implements Iterator<Map<String, AttributeValue>> {
    private QueryRequest.@org.jspecify.annotations.Nullable Builder next;
    private Iterator<Map<String, AttributeValue>> read =
        List.<Map<String, AttributeValue>>of().iterator();

    private Found(QueryRequest.@org.jspecify.annotations.Nullable Builder first) {
      this.next = first;
    }

    @Override
    public boolean hasNext() {
      QueryRequest.Builder request = next;
      while (!read.hasNext() && request != null) {
        QueryResponse response;
        try {
          response = client.get().query(request.build());
        } catch (SdkException e) {
          throw Failures.of("The items cannot be read", table, e);
        }
        read = response.items().iterator();
        request =
            response.hasLastEvaluatedKey() && !response.lastEvaluatedKey().isEmpty()
                ? request.exclusiveStartKey(response.lastEvaluatedKey())
                : null;
        next = request;
      }
      return read.hasNext();
    }

    @Override
    public Map<String, AttributeValue> next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return read.next();
    }
  }
}
