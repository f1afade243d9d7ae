package io.twinloom.aws.store;

import io.twinloom.functions.port.HotCopy;
import io.twinloom.functions.port.HotItem;
import io.twinloom.functions.port.HotStore;
import io.twinloom.functions.port.StoreException;
import io.twinloom.json.JsonObject;
import io.twinloom.model.time.Timestamps;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutRequest;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * The hot store on DynamoDB: partition key {@code device_id}, sort key {@code timestamp}. An item's
 * body is kept as the JSON text it was written with, since DynamoDB's own numbers have 38 digits
 * and its maps no order.
 *
 * <p>Which devices have items is kept in the same table, under a partition that is no device's:
 * DynamoDB cannot list partitions but by reading the whole table. A deployment notes the twin's
 * devices there ({@link #note}), and they stay.
 */
public final class DynamoHotStore implements HotStore {

  /** The partition with the devices; {@code #} is in no device's id. */
  static final String DEVICES = "#devices";

  /** So many rows one request writes at most. */
  private static final int NOTED_AT_ONCE = 25;

  private static final String DEVICE = "device_id";
  static final String TIMESTAMP = "timestamp";
  static final String EVENT = "event_id";
  static final String BODY = "body";

  private final Supplier<DynamoDbClient> client;
  private final String table;
  private final ItemQuery query;
  private final ItemWrite writing;
  private final ItemDeletion deletion;
  private final Set<String> noted = ConcurrentHashMap.newKeySet();

  /** Takes the rows of a page one by one. */
  private interface Taking {
    void add(String timestamp, String eventId, byte[] body);
  }

  public DynamoHotStore(Supplier<DynamoDbClient> client, String table) {
    this(client, table, ItemWrite.LONGEST);
  }

  /**
   * @param longest how long an item that the table does not take is tried
   */
  DynamoHotStore(Supplier<DynamoDbClient> client, String table, Duration longest) {
    this.client = client;
    this.table = table;
    this.query = new ItemQuery(client, table);
    this.writing = new ItemWrite(client, table, longest, System::nanoTime);
    this.deletion = new ItemDeletion(client, table, new Pace(Thread::sleep, System::nanoTime));
  }

  @Override
  public List<Put> putAll(List<HotItem> items) {
    return writing.putAll(items);
  }

  @Override
  public List<Copied> copyIn(String device, List<StoredItem> items) {
    if (items.isEmpty()) {
      return List.of();
    }
    if (!noted.contains(device)) {
      writing.note(device);
      noted.add(device);
    }
    HotCopy.Places<StoreException> places = new CopiedItems(query, writing, device);
    String from = HotCopy.earliest(items.getFirst().place());
    HotCopy.Known known =
        new HotCopy.Known(places.between(from, HotCopy.latest(items.getLast().place())));
    return Parallel.map(
            ItemWrite.AT_ONCE, HotCopy.runs(items), run -> HotCopy.into(device, run, known, places))
        .stream()
        .flatMap(List::stream)
        .toList();
  }

  /**
   * Notes devices, so that their items are found by {@link #devicesBefore}. They stay noted, also
   * where the twin has them no more. The deployer does so, and no function that writes events: a
   * device that is noted where it is first met would be noted by each of a function's processes,
   * all in one partition. Copied items are few processes' work, and may be of devices that nobody
   * knows any more: {@link #copyIn} notes theirs.
   */
  public void note(List<String> devices) {
    for (int from = 0; from < devices.size(); from += NOTED_AT_ONCE) {
      List<WriteRequest> rows = new ArrayList<>();
      for (String device : devices.subList(from, Math.min(devices.size(), from + NOTED_AT_ONCE))) {
        rows.add(
            WriteRequest.builder()
                .putRequest(PutRequest.builder().item(key(DEVICES, device)).build())
                .build());
      }
      note(Map.of(table, rows));
    }
  }

  private void note(Map<String, List<WriteRequest>> rows) {
    try {
      Map<String, List<WriteRequest>> open = rows;
      while (!open.isEmpty()) {
        open =
            client
                .get()
                .batchWriteItem(BatchWriteItemRequest.builder().requestItems(open).build())
                .unprocessedItems();
      }
    } catch (SdkException e) {
      throw Failures.of("The devices were not noted", table, e);
    }
  }

  static Map<String, AttributeValue> key(String device, String timestamp) {
    Map<String, AttributeValue> key = new HashMap<>();
    key.put(DEVICE, AttributeValue.fromS(device));
    key.put(TIMESTAMP, AttributeValue.fromS(timestamp));
    return key;
  }

  @Override
  public Page range(String device, String start, String end, int limit, Order order) {
    if (limit < 1) {
      throw new IllegalArgumentException("limit " + limit);
    }
    List<HotItem> items = new ArrayList<>();
    boolean more =
        page(
            device,
            start,
            end,
            order == Order.ASCENDING,
            limit,
            (timestamp, eventId, body) ->
                items.add(new HotItem(device, timestamp, eventId, JsonObject.unread(body))));
    return new Page(items, more);
  }

  /** Reads rows up to a page's limits, and whether there is one more. */
  private boolean page(
      String device, String start, String end, boolean forward, int limit, Taking taking) {
    long bytes = 0;
    int count = 0;
    ItemQuery.Found rows = query.between(device, start, end, forward, limit + 1L);
    while (rows.hasNext()) {
      Map<String, AttributeValue> row = rows.next();
      byte[] body = text(row, BODY).getBytes(StandardCharsets.UTF_8);
      bytes += body.length;
      if (count == limit || bytes > MAX_PAGE_BYTES && count > 0) {
        return true;
      }
      taking.add(text(row, TIMESTAMP), text(row, EVENT), body);
      count++;
    }
    return false;
  }

  static String text(Map<String, AttributeValue> row, String attribute) {
    AttributeValue value = row.get(attribute);
    String text = value == null ? null : value.s();
    return text == null ? "" : text;
  }

  @Override
  public Optional<HotItem> last(String device) {
    return range(device, Timestamps.MIN, Timestamps.MAX, 1, Order.DESCENDING).items().stream()
        .findFirst();
  }

  @Override
  public List<String> devicesBefore(String cutOff, String after, int limit) {
    return devicesBefore(cutOff, after, limit, device -> true);
  }

  @Override
  public List<String> devicesBefore(
      String cutOff, String after, int limit, Predicate<String> which) {
    String latest = Timestamps.before(cutOff);
    List<String> devices = new ArrayList<>();
    if (latest == null) {
      return devices;
    }
    ItemQuery.Found all = query.after(DEVICES, after);
    while (all.hasNext() && devices.size() < limit) {
      String device = text(all.next(), TIMESTAMP);
      if (which.test(device) && query.between(device, Timestamps.MIN, latest, true, 1).hasNext()) {
        devices.add(device);
      }
    }
    return devices;
  }

  @Override
  public StoredPage itemsBefore(String device, String start, String before, int limit) {
    List<StoredItem> items = new ArrayList<>();
    String latest = Timestamps.before(before);
    boolean more =
        latest != null
            && page(
                device,
                start,
                latest,
                true,
                limit,
                (timestamp, eventId, body) ->
                    items.add(new StoredItem(new ItemPlace(timestamp, eventId), body)));
    return new StoredPage(items, more);
  }

  @Override
  public int delete(String device, List<ItemPlace> places) {
    return deletion.delete(device, places);
  }
}
