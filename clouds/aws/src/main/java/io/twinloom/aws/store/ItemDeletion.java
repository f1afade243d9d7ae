package io.twinloom.aws.store;

import io.twinloom.functions.port.HotStore.ItemPlace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;

/**
 * Deletes items one by one, since DynamoDB's batches know no condition; several at once, since each
 * waits for its answer.
 */
final class ItemDeletion {

  /** DynamoDB takes 1,000 writes a second of one device: more would only be refused. */
  static final int AT_ONCE = 16;

  private final Supplier<DynamoDbClient> client;
  private final String table;

  ItemDeletion(Supplier<DynamoDbClient> client, String table) {
    this.client = client;
    this.table = table;
  }

  int delete(String device, List<ItemPlace> places) {
    if (places.size() <= AT_ONCE) {
      int deleted = 0;
      for (ItemPlace place : places) {
        deleted += delete(device, place);
      }
      return deleted;
    }
    AtomicInteger next = new AtomicInteger();
    Callable<Integer> work =
        () -> {
          int deleted = 0;
          try {
            for (int i = next.getAndIncrement(); i < places.size(); i = next.getAndIncrement()) {
              deleted += delete(device, places.get(i));
            }
            return deleted;
          } catch (RuntimeException e) {
            next.set(places.size());
            throw e;
          }
        };
    ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
    try {
      List<Future<Integer>> all = new ArrayList<>();
      for (int i = 0; i < AT_ONCE; i++) {
        all.add(threads.submit(work));
      }
      return sum(all);
    } finally {
      threads.shutdown();
    }
  }

  /** Waits for all of them, also where one fails: nothing goes on after this returns. */
  private static int sum(List<Future<Integer>> all) {
    int deleted = 0;
    RuntimeException failure = null;
    for (Future<Integer> one : all) {
      try {
        deleted += one.get();
      } catch (ExecutionException e) {
        failure = e.getCause() instanceof RuntimeException own ? own : new IllegalStateException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while items were deleted", e);
      }
    }
    if (failure != null) {
      throw failure;
    }
    return deleted;
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
    } catch (SdkException e) {
      throw Failures.of("The item was not deleted", table, e);
    }
  }
}
