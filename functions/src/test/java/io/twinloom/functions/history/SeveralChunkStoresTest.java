package io.twinloom.functions.history;

import static io.twinloom.functions.fake.Twin.TOKEN;
import static io.twinloom.functions.fake.Twin.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinloom.functions.error.ConfigurationError;
import io.twinloom.functions.fake.Endpoints;
import io.twinloom.functions.fake.FakeCloud;
import io.twinloom.functions.fake.MemoryObjectStore;
import io.twinloom.functions.fake.Twin;
import io.twinloom.functions.history.Tiers.Item;
import io.twinloom.functions.http.HostedFunction;
import io.twinloom.functions.port.StoreException;
import io.twinloom.functions.tier.ChunkKey;
import io.twinloom.json.Json;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import io.twinloom.model.FunctionKind;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.cloud.KnownClouds;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The history of a twin whose cold storage and archive have former stores elsewhere")
class SeveralChunkStoresTest {

  private final FakeCloud aws = new FakeCloud(KnownClouds.AWS);
  private final FakeCloud azure = new FakeCloud(KnownClouds.AZURE);
  private final FakeCloud google = new FakeCloud(KnownClouds.GOOGLE);
  private final Endpoints endpoints = new Endpoints();
  private final Map<String, String> settings = new HashMap<>();

  private final Twin twin =
      new Twin()
          .previous("layer_3_cold_provider", "azure", "google")
          .previous("layer_3_archive_provider", "azure");

  @BeforeEach
  void connect() {
    aws.remote.leadsTo(endpoints);
    reader(aws, FunctionKind.HOT_READER);
    reader(aws, FunctionKind.COLD_READER);
    reader(aws, FunctionKind.ARCHIVE_READER);
    remote(azure, FunctionKind.COLD_READER, "PREVIOUS_1_COLD_READER");
    remote(google, FunctionKind.COLD_READER, "PREVIOUS_2_COLD_READER");
    remote(azure, FunctionKind.ARCHIVE_READER, "PREVIOUS_1_ARCHIVE_READER");
  }

  private static HostedFunction reader(FakeCloud cloud, FunctionKind kind, Twin twin) {
    return cloud.function(kind, twin, Map.of("INTER_CLOUD_TOKEN", TOKEN));
  }

  private void reader(FakeCloud cloud, FunctionKind kind) {
    HostedFunction reader = reader(cloud, kind, new Twin());
    cloud.invoker.define("plant-" + kind.id(), request -> (JsonObject) reader.invoke(request));
  }

  private void remote(FakeCloud cloud, FunctionKind kind, String variable) {
    String id = cloud.runtime().cloud().id();
    String url = "https://" + id + ".example/plant-" + kind.id();
    HostedFunction reader = reader(cloud, kind, new Twin().tiers(id, id, id));
    endpoints.put(url, () -> reader);
    settings.put("REMOTE_" + variable + "_URL", url);
    settings.put("REMOTE_" + variable + "_TOKEN", TOKEN);
  }

  private static Item item(int micros) {
    return new Item(micros, "e" + micros);
  }

  private static String chunk(MemoryObjectStore store, int... micros) {
    List<Item> items = new ArrayList<>();
    for (int one : micros) {
      items.add(item(one));
    }
    String key =
        new ChunkKey("press-1", items.getFirst().timestamp(), items.getLast().timestamp(), 1, false)
            .text();
    store.putText(
        key, Json.text(new JsonArray(items.stream().<JsonValue>map(Item::json).toList())));
    return key;
  }

  private JsonObject ask(String query) {
    return (JsonObject)
        aws.function(FunctionKind.HISTORY_READER, twin, settings).invoke(object(query));
  }

  private List<Item> pages(String order, int limit) {
    List<JsonObject> pages = new ArrayList<>();
    Optional<String> token = Optional.empty();
    do {
      JsonObject.Builder query =
          JsonObject.builder().put("device_id", "press-1").put("order", order).put("limit", limit);
      token.ifPresent(t -> query.put("nextToken", t));
      JsonObject page = ask(Json.text(query.build()));
      pages.add(page);
      token = page.text("nextToken");
      assertThat(pages).hasSizeLessThan(100);
    } while (token.isPresent());
    return Tiers.items(pages);
  }

  private void items() {
    chunk(aws.coldStore, 11, 14);
    chunk(azure.coldStore, 12, 15);
    chunk(google.coldStore, 13, 14, 16);
    chunk(aws.archiveStore, 1, 4);
    chunk(azure.archiveStore, 2, 3, 4, 11);
  }

  @Test
  @DisplayName("gives each item once, and says which store of a tier it is from")
  void eachItemOnce() {
    items();
    JsonObject answer = ask("{\"device_id\": \"press-1\"}");
    assertThat(Tiers.items(List.of(answer)))
        .extracting(Item::micros)
        .containsExactly(1, 2, 3, 4, 11, 12, 13, 14, 15, 16);
    assertThat(answer.get("parts"))
        .isEqualTo(
            Twin.array(
                """
                [{"tier": "archive", "items": 1, "cloud": "aws"},
                 {"tier": "archive", "items": 2, "cloud": "azure"},
                 {"tier": "archive", "items": 1, "cloud": "aws"},
                 {"tier": "cold", "items": 1, "cloud": "aws"},
                 {"tier": "cold", "items": 1, "cloud": "azure"},
                 {"tier": "cold", "items": 1, "cloud": "google"},
                 {"tier": "cold", "items": 1, "cloud": "aws"},
                 {"tier": "cold", "items": 1, "cloud": "azure"},
                 {"tier": "cold", "items": 1, "cloud": "google"}]
                """));
    assertThat(answer.array("tiers").orElseThrow().size()).as("one for each tier").isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"asc", "desc"})
  @DisplayName("gives the same in pages of any length")
  void pages(String order) {
    items();
    List<Integer> expected = new ArrayList<>(List.of(1, 2, 3, 4, 11, 12, 13, 14, 15, 16));
    if (order.equals("desc")) {
      expected = expected.reversed();
    }
    for (int limit = 1; limit <= 11; limit++) {
      assertThat(pages(order, limit))
          .as("pages of " + limit)
          .extracting(Item::micros)
          .containsExactlyElementsOf(expected);
    }
  }

  @Test
  @DisplayName("says which chunks of a former archive must be restored first")
  void pendingOfAFormerArchive() {
    items();
    String key = azure.archiveStore.keys().getFirst();
    azure.archiveStore.archive(key);
    JsonObject answer = ask("{\"device_id\": \"press-1\"}");
    assertThat(answer.array("pending").orElseThrow().values())
        .singleElement()
        .asString()
        .contains(key);
    assertThat(Tiers.items(List.of(answer))).extracting(Item::micros).doesNotContain(2, 3);
  }

  @Test
  @DisplayName("fails where one of the stores cannot be read, rather than leaving its items out")
  void aStoreThatFails() {
    items();
    google.coldStore.breakDown();
    assertThatThrownBy(() -> ask("{\"device_id\": \"press-1\"}"))
        .isInstanceOfAny(StoreException.class, TwinloomException.class);
  }

  @Test
  @DisplayName("does not start without the address or the token of each of them")
  void aWayThatLacks() {
    for (String lacking : List.copyOf(settings.keySet())) {
      String value = settings.remove(lacking);
      assertThatThrownBy(() -> ask("{\"device_id\": \"press-1\"}"))
          .isInstanceOf(ConfigurationError.class)
          .hasMessageContaining(lacking);
      settings.put(lacking, value);
    }
  }
}
