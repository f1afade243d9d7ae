package io.twinloom.aws.deploy;

import io.twinloom.aws.store.DynamoHotStore;
import io.twinloom.deployer.change.TouchedData.Amount;
import io.twinloom.deployer.change.TouchedData.Stored;
import io.twinloom.functions.port.HotStore.StoredItem;
import io.twinloom.functions.port.HotStore.StoredPage;
import io.twinloom.functions.port.ObjectStore;
import io.twinloom.functions.tier.ChunkKey;
import io.twinloom.model.cloud.KnownClouds;
import io.twinloom.model.time.Timestamps;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/** How much a store on AWS holds. */
final class StoredFigures {

  /** What the service says of a table, which it looks at every six hours or so. */
  private static final String BY_DYNAMODB = "DynamoDB's own figures, up to six hours old";

  private static final String COUNTED = "counted now";
  private static final String LISTED = "listed now, sizes as they are stored";

  private static final String ITEMS = "items";
  private static final String CHUNKS = "chunks";
  private static final int PAGE = 1_000;

  private long count;
  private long bytes;
  private String oldest = "";
  private String newest = "";

  private StoredFigures() {}

  /**
   * How much a table holds.
   *
   * @param name of the store
   * @param counted whether its items are counted; else as the service says
   */
  static Stored ofItems(
      Supplier<DynamoDbClient> client, Optional<String> table, String name, boolean counted) {
    Amount items =
        table
            .map(
                t ->
                    counted ? counted(new DynamoHotStore(client, t)) : bySize(described(client, t)))
            .orElseGet(() -> Amount.none(ITEMS));
    return new Stored(name, KnownClouds.AWS, items, counted ? COUNTED : BY_DYNAMODB);
  }

  /** How much a bucket holds, which is listed. */
  static Stored ofChunks(Optional<ObjectStore> store, String name) {
    Amount chunks = store.map(StoredFigures::of).orElseGet(() -> Amount.none(CHUNKS));
    return new Stored(name, KnownClouds.AWS, chunks, LISTED);
  }

  /** A table as the service describes it. */
  static TableDescription described(Supplier<DynamoDbClient> client, String table) {
    return AwsFailures.asking(
        "The hot store cannot be asked",
        table,
        () -> client.get().describeTable(r -> r.tableName(table)).table());
  }

  private static Amount bySize(TableDescription table) {
    return new Amount(
        ITEMS, table.itemCount(), table.tableSizeBytes(), Optional.empty(), Optional.empty());
  }

  /** All items of a table, each of which is read. */
  static Amount counted(DynamoHotStore store) {
    StoredFigures figures = new StoredFigures();
    String device = "";
    List<String> devices;
    while (!(devices = store.devicesBefore(Timestamps.END, device, PAGE)).isEmpty()) {
      devices.forEach(each -> figures.add(store, each));
      device = devices.getLast();
    }
    return figures.amount(ITEMS);
  }

  private void add(DynamoHotStore store, String device) {
    String start = Timestamps.MIN;
    StoredPage page;
    do {
      page = store.itemsBefore(device, start, Timestamps.END, PAGE);
      for (StoredItem item : page.items()) {
        String time = item.place().timestamp();
        count++;
        bytes += item.json().length;
        within(time, time);
        start = Timestamps.after(time);
      }
    } while (page.more());
  }

  /** All chunks of a bucket. */
  static Amount of(ObjectStore store) {
    StoredFigures figures = new StoredFigures();
    String after = "";
    ObjectStore.Page page;
    do {
      page = store.list("", after, PAGE);
      for (ObjectStore.Entry entry : page.entries()) {
        after = entry.key();
        figures.count++;
        figures.bytes += entry.storedBytes();
        ChunkKey.parse(after).ifPresent(chunk -> figures.within(chunk.first(), chunk.last()));
      }
    } while (page.more());
    return figures.amount(CHUNKS);
  }

  private void within(String first, String last) {
    oldest = oldest.isEmpty() || first.compareTo(oldest) < 0 ? first : oldest;
    newest = last.compareTo(newest) > 0 ? last : newest;
  }

  private Amount amount(String unit) {
    return new Amount(
        unit,
        count,
        bytes,
        Optional.of(oldest).filter(time -> !time.isEmpty()),
        Optional.of(newest).filter(time -> !time.isEmpty()));
  }
}
