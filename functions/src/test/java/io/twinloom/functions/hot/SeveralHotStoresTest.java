package io.twinloom.functions.hot;

import static io.twinloom.functions.fake.Twin.object;
import static io.twinloom.functions.hot.TwoHotStores.events;
import static io.twinloom.functions.hot.TwoHotStores.item;
import static io.twinloom.functions.hot.TwoHotStores.page;
import static io.twinloom.model.FunctionKind.HOT_READER;
import static io.twinloom.model.FunctionKind.HOT_READER_LAST_ENTRY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinloom.functions.error.ConfigurationError;
import io.twinloom.functions.fake.FakeCloud;
import io.twinloom.functions.fake.Twin;
import io.twinloom.functions.http.HostedFunction;
import io.twinloom.json.JsonObject;
import io.twinloom.model.FunctionKind;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.cloud.KnownClouds;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("While the hot tier has several stores")
class SeveralHotStoresTest {

  private static final JsonObject CONNECTOR =
      object("{\"entityId\": \"hall\", \"componentName\": \"press\"}");

  private final TwoHotStores stores = new TwoHotStores();

  @Test
  @DisplayName("an event that the copy has moved on by microseconds is given once")
  void aShiftedCopy() {
    stores.old.hotStore.put(item(10, "a"));
    stores.old.hotStore.put(item(11, "b"));
    stores.present.hotStore.put(item(10, "new"));
    stores.present.hotStore.put(item(12, "a"));
    stores.present.hotStore.put(item(13, "b"));
    for (int limit = 1; limit < 5; limit++) {
      for (String order : List.of("asc", "desc")) {
        assertThat(events(stores.ofPresent(HOT_READER), order, limit))
            .as(order + limit)
            .containsExactlyInAnyOrder("a", "b", "new");
      }
    }
  }

  @Test
  @DisplayName("a reader asked with scope=store answers for its own")
  void ownStore() {
    stores.old.hotStore.put(item(1, "a"));
    stores.present.hotStore.put(item(2, "b"));
    JsonObject query = object("{\"device_id\": \"press-1\", \"scope\": \"store\"}");
    assertThat(events((JsonObject) stores.ofOld(HOT_READER).invoke(query))).containsExactly("a");
    assertThat(events((JsonObject) stores.ofPresent(HOT_READER_LAST_ENTRY).invoke(query)))
        .containsExactly("b");
  }

  @Test
  @DisplayName("a page's token stays valid over the beginning and the end of the change")
  void tokens() {
    for (int i = 0; i < 6; i++) {
      stores.present.hotStore.put(item(i, "e" + i));
    }
    HostedFunction several = stores.ofPresent(HOT_READER);
    HostedFunction alone = stores.alone(HOT_READER);
    JsonObject before = page(alone, "asc", 2, Optional.empty());
    JsonObject during = page(several, "asc", 2, before.text("nextToken"));
    JsonObject after = page(alone, "asc", 2, during.text("nextToken"));
    assertThat(events(before)).containsExactly("e0", "e1");
    assertThat(events(during)).containsExactly("e2", "e3");
    assertThat(events(after)).containsExactly("e4", "e5");
    assertThatThrownBy(() -> page(several, "desc", 2, before.text("nextToken")))
        .isInstanceOf(TwinloomException.class);
  }

  @Test
  @DisplayName("values of properties come from all stores")
  void values() {
    stores.old.hotStore.put(item(1, "a", object("{\"temperature\": 1.5}")));
    stores.present.hotStore.put(item(2, "b", object("{\"temperature\": 2.5}")));
    JsonObject answer = (JsonObject) stores.ofPresent(HOT_READER).invoke(CONNECTOR);
    assertThat(answer.toString()).contains("1.5").contains("2.5");
  }

  @Test
  @DisplayName("the newest item is that of all stores")
  void newest() {
    JsonObject query = object("{\"device_id\": \"press-1\"}");
    assertThat(events((JsonObject) stores.ofOld(HOT_READER_LAST_ENTRY).invoke(query))).isEmpty();
    stores.old.hotStore.put(item(1, "a"));
    for (HostedFunction reader : lastEntries()) {
      assertThat(events((JsonObject) reader.invoke(query))).containsExactly("a");
    }
    stores.present.hotStore.put(item(2, "b"));
    for (HostedFunction reader : lastEntries()) {
      assertThat(events((JsonObject) reader.invoke(query))).containsExactly("b");
    }
  }

  @Test
  @DisplayName("each property has its newest value, wherever that is")
  void newestValues() {
    JsonObject request =
        CONNECTOR.toBuilder()
            .put("selectedProperties", Twin.array("[\"temperature\", \"strokes\", \"state\"]"))
            .build();
    stores.old.hotStore.put(item(1, "a", object("{\"temperature\": 1.5, \"state\": \"on\"}")));
    stores.old.hotStore.put(item(2, "b", object("{\"strokes\": 7}")));
    stores.present.hotStore.put(item(3, "c", object("{\"temperature\": 3.5}")));
    for (HostedFunction reader : lastEntries()) {
      JsonObject values =
          ((JsonObject) reader.invoke(request)).object("propertyValues").orElseThrow();
      assertThat(values.members().keySet())
          .containsExactlyInAnyOrder("temperature", "strokes", "state");
      assertThat(values.toString()).contains("3.5").doesNotContain("1.5").doesNotContain("time");
    }
  }

  @Test
  @DisplayName("a store that does not answer fails the answer")
  void aStoreThatDoesNotAnswer() {
    stores.old.hotStore.breakDown();
    HostedFunction reader = stores.ofPresent(HOT_READER);
    assertThatThrownBy(() -> page(reader, "asc", 2, Optional.empty()))
        .isInstanceOf(TwinloomException.class);
  }

  @Test
  @DisplayName("a reader that lacks the address of one does not start")
  void withoutAddress() {
    FakeCloud cloud = new FakeCloud(KnownClouds.AWS);
    Twin twin = new Twin().previous("layer_3_hot_provider", "azure");
    for (FunctionKind kind : List.of(HOT_READER, HOT_READER_LAST_ENTRY)) {
      assertThatThrownBy(() -> cloud.function(kind, twin, Map.of()))
          .isInstanceOf(ConfigurationError.class)
          .hasMessageContaining("REMOTE_PREVIOUS_1_READER");
    }
  }

  private List<HostedFunction> lastEntries() {
    return List.of(stores.ofOld(HOT_READER_LAST_ENTRY), stores.ofPresent(HOT_READER_LAST_ENTRY));
  }
}
