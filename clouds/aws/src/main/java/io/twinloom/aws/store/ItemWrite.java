package io.twinloom.aws.store;

import io.twinloom.functions.port.HotItem;
import io.twinloom.functions.port.HotStore.ItemPlace;
import io.twinloom.functions.port.HotStore.Put;
import io.twinloom.functions.port.HotStore.StoredItem;
import io.twinloom.functions.port.StoreException;
import io.twinloom.json.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;

/**
 * Writes items, each with a condition of its own: DynamoDB's {@code BatchWriteItem} knows none, and
 * a transaction costs twice and fails as a whole. Several at once, since each waits for its answer.
 */
final class ItemWrite {

  /** So many items are written at once: a function of a gigabyte has no more of the processor. */
  static final int AT_ONCE = 16;

  /** How long the SDK tries, at the pace that the table's answers allow, before we put it off. */
  static final Duration LONGEST = Duration.ofSeconds(5);

  private static final Duration LEAST = Duration.ofMillis(1);

  private static final String FREE = "attribute_not_exists(device_id)";
  private static final String FREE_OR_OWN = FREE + " OR event_id = :e";

  private final Supplier<DynamoDbClient> client;
  private final String table;
  private final Duration longest;
  private final LongSupplier nanos;

  /**
   * @param longest how long one item is tried, and half of what a batch is
   * @param nanos as {@link System#nanoTime} has them
   */
  ItemWrite(Supplier<DynamoDbClient> client, String table, Duration longest, LongSupplier nanos) {
    this.client = client;
    this.table = table;
    this.longest = longest;
    this.nanos = nanos;
  }

  /** A place that items want. */
  private record Place(String device, String timestamp) {}

  List<Put> putAll(List<HotItem> items) {
    Map<Place, List<Integer>> places = new LinkedHashMap<>();
    for (int i = 0; i < items.size(); i++) {
      HotItem item = items.get(i);
      places
          .computeIfAbsent(new Place(item.device(), item.timestamp()), place -> new ArrayList<>())
          .add(i);
    }
    Put[] puts = new Put[items.size()];
    // Who waits for all of them has to get an answer for those that were written, too.
    long end = nanos.getAsLong() + 2 * longest.toNanos();
    // Those that want one place go one after the other: the first has it.
    List<Integer> written =
        Parallel.map(
            AT_ONCE, List.copyOf(places.values()), wanted -> put(items, wanted, puts, end));
    if (written.stream().mapToInt(Integer::intValue).sum() != puts.length) {
      throw new IllegalStateException("an item without an outcome");
    }
    return List.of(puts);
  }

  private int put(List<HotItem> items, Collection<Integer> wanted, Put[] puts, long end) {
    for (int i : wanted) {
      puts[i] = put(items.get(i), end);
    }
    return wanted.size();
  }

  private Put put(HotItem item, long end) {
    Duration left = Duration.ofNanos(Math.min(longest.toNanos(), end - nanos.getAsLong()));
    // The SDK takes a limit of less for none.
    if (left.compareTo(LEAST) < 0) {
      return Put.THROTTLED;
    }
    ItemPlace place = new ItemPlace(item.timestamp(), item.eventId());
    return write(
        row(item.device(), place, Json.text(item.body())),
        left,
        request ->
            request
                .conditionExpression(FREE_OR_OWN)
                .expressionAttributeValues(Map.of(":e", AttributeValue.fromS(item.eventId()))));
  }

  /** Writes an item where its place is free; what is there stays, whatever it is. */
  Put insert(String device, StoredItem item) {
    return write(
        row(device, item.place(), new String(item.json(), StandardCharsets.UTF_8)),
        longest,
        request -> request.conditionExpression(FREE));
  }

  /** Notes a device, that its items are found; does no harm where it is noted. */
  void note(String device) {
    if (write(DynamoHotStore.key(DynamoHotStore.DEVICES, device), longest, request -> {})
        == Put.THROTTLED) {
      throw StoreException.throttled("hot store");
    }
  }

  private static Map<String, AttributeValue> row(String device, ItemPlace place, String body) {
    Map<String, AttributeValue> row = DynamoHotStore.key(device, place.timestamp());
    row.put(DynamoHotStore.EVENT, AttributeValue.fromS(place.eventId()));
    row.put(DynamoHotStore.BODY, AttributeValue.fromS(body));
    return row;
  }

  private Put write(
      Map<String, AttributeValue> row, Duration limit, Consumer<PutItemRequest.Builder> condition) {
    try {
      PutItemRequest.Builder request = PutItemRequest.builder();
      condition.accept(request);
      PutItemResponse response =
          client
              .get()
              .putItem(
                  request
                      .tableName(table)
                      .item(row)
                      .returnValues(ReturnValue.ALL_OLD)
                      .overrideConfiguration(o -> o.apiCallTimeout(limit))
                      .build());
      return response.hasAttributes() && !response.attributes().isEmpty() ? Put.SAME : Put.STORED;
    } catch (ConditionalCheckFailedException e) {
      return Put.OCCUPIED;
    } catch (ApiCallTimeoutException e) {
      return Put.THROTTLED;
    } catch (AwsServiceException e) {
      if (Failures.isThrottling(e)) {
        return Put.THROTTLED;
      }
      throw Failures.of("The item was not written", table, e);
    } catch (SdkException e) {
      throw Failures.of("The item was not written", table, e);
    }
  }
}
