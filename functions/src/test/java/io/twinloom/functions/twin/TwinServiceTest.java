package io.twinloom.functions.twin;

import static io.twinloom.functions.fake.Twin.array;
import static io.twinloom.functions.fake.Twin.object;
import static io.twinloom.functions.twin.TwinOperation.GET_COMPONENT_TYPE;
import static io.twinloom.functions.twin.TwinOperation.GET_ENTITY;
import static io.twinloom.functions.twin.TwinOperation.GET_PROPERTY_VALUE;
import static io.twinloom.functions.twin.TwinOperation.GET_PROPERTY_VALUE_HISTORY;
import static io.twinloom.functions.twin.TwinOperation.LIST_COMPONENT_TYPES;
import static io.twinloom.functions.twin.TwinOperation.LIST_ENTITIES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinloom.functions.error.Refused;
import io.twinloom.functions.fake.FakeCloud;
import io.twinloom.functions.twin.TwinService.Readers;
import io.twinloom.json.JsonNumber;
import io.twinloom.json.JsonObject;
import io.twinloom.model.DataType;
import io.twinloom.model.Device;
import io.twinloom.model.Hierarchy;
import io.twinloom.model.cloud.KnownClouds;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TwinServiceTest {

  private static final String TIME = "2026-01-01T00:00:05.000000Z";

  private final FakeCloud cloud = new FakeCloud(KnownClouds.AZURE);
  private final List<JsonObject> asked = new ArrayList<>();
  private final TwinService pushed = service(new Readers("ranges", Optional.empty()));
  private final TwinService pulling = service(new Readers("ranges", Optional.of("newest")));

  TwinServiceTest() {
    cloud.twinGraph.define(Halls.definition());
    for (String reader : List.of("ranges", "newest")) {
      cloud.invoker.define(
          reader,
          request -> {
            asked.add(request);
            return object("{\"propertyValues\": {}}");
          });
    }
  }

  private TwinService service(Readers readers) {
    return new TwinService("plant", cloud.twinGraph, cloud.invoker, readers);
  }

  private JsonObject ask(TwinOperation operation, String request) {
    return pushed.answer(operation, object(request));
  }

  private static List<String> ids(JsonObject answer, String list, String id) {
    return answer.array(list).orElseThrow().values().stream()
        .map(one -> ((JsonObject) one).text(id).orElseThrow())
        .toList();
  }

  @Test
  void entitiesAreListedWithTheirParents() {
    JsonObject answer = ask(LIST_ENTITIES, "{\"workspaceId\": \"plant\"}");
    assertThat(ids(answer, "entitySummaries", "entityId")).containsExactly("annex", "hall");
    assertThat(ids(answer, "entitySummaries", "parentEntityId")).containsExactly("hall", "$ROOT");
    assertThat(answer.toString())
        .contains("\"hasChildEntities\":true", "\"status\":{\"state\":\"ACTIVE\"}");
    assertThat(answer.has("nextToken")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "parentEntityId, hall, annex",
    "parentEntityId, $ROOT, hall",
    "componentTypeId, press, hall",
    "componentTypeId, sign, annex",
    "componentTypeId, none, ''",
  })
  void entitiesAreListedByTheirParentOrAComponentsType(String key, String value, String expected) {
    JsonObject answer =
        ask(LIST_ENTITIES, "{\"filters\": [{\"%s\": \"%s\"}]}".formatted(key, value));
    assertThat(String.join(",", ids(answer, "entitySummaries", "entityId"))).isEqualTo(expected);
  }

  @Test
  void listsArePaged() {
    List<Device> devices = new ArrayList<>();
    for (int i = 100; i < 400; i++) {
      devices.add(
          new Device(
              "d" + i,
              List.of(new Device.Property("heat", DataType.DOUBLE, Optional.empty())),
              List.of()));
    }
    cloud.twinGraph.define(GraphDefinition.of(Hierarchy.ofDevices(devices)));
    List<String> all = new ArrayList<>();
    Optional<String> token = Optional.empty();
    int pages = 0;
    do {
      JsonObject.Builder request = JsonObject.builder().put("maxResults", 40);
      token.ifPresent(t -> request.put("nextToken", t));
      JsonObject page = pushed.answer(LIST_ENTITIES, request.build());
      all.addAll(ids(page, "entitySummaries", "entityId"));
      token = page.text("nextToken");
      pages++;
    } while (token.isPresent());
    assertThat(all).isEqualTo(devices.stream().map(Device::id).toList());
    assertThat(pages).isEqualTo(8);
    assertThat(ids(ask(LIST_ENTITIES, "{}"), "entitySummaries", "entityId")).hasSize(25);
  }

  @Test
  void anEntityHasItsComponentsPropertiesAndRelations() {
    JsonObject hall = ask(GET_ENTITY, "{\"entityId\": \"hall\"}");
    JsonObject press = hall.object("components").orElseThrow().object("press").orElseThrow();
    assertThat(press.text("componentTypeId")).contains("press");
    JsonObject properties = press.object("properties").orElseThrow();
    assertThat(properties.members())
        .containsOnlyKeys("temperature", "strokes", "state", "maker", "built");
    assertThat(properties.object("maker").orElseThrow().get("value"))
        .isEqualTo(object("{\"stringValue\": \"Ada\"}"));
    JsonObject measured =
        properties.object("temperature").orElseThrow().object("definition").orElseThrow();
    assertThat(measured.object("dataType")).contains(object("{\"type\": \"DOUBLE\"}"));
    assertThat(measured.get("isTimeSeries")).hasToString("true");
    assertThat(ask(GET_ENTITY, "{\"entityId\": \"annex\"}").get("relations"))
        .isEqualTo(array("[{\"name\": \"by\", \"target\": \"hall\"}]"));
  }

  @Test
  void componentTypesHaveConstantAndTimeSeriesProperties() {
    assertThat(ids(ask(LIST_COMPONENT_TYPES, "{}"), "componentTypeSummaries", "componentTypeId"))
        .containsExactly("oven", "press", "sign");
    JsonObject properties =
        ask(GET_COMPONENT_TYPE, "{\"componentTypeId\": \"press\"}")
            .object("propertyDefinitions")
            .orElseThrow();
    assertThat(properties.object("strokes").orElseThrow().get("isTimeSeries")).hasToString("true");
    assertThat(properties.object("state").orElseThrow().get("defaultValue"))
        .isEqualTo(object("{\"stringValue\": \"new\"}"));
    assertThat(properties.object("built").orElseThrow().get("isTimeSeries")).hasToString("false");
    assertThat(properties.object("built").orElseThrow().get("defaultValue"))
        .isEqualTo(object("{\"integerValue\": 1843}"));
  }

  @Test
  void withoutAHierarchyThereIsAnEntityForEachDevice() {
    Device saw =
        new Device(
            "saw",
            List.of(new Device.Property("speed", DataType.LONG, Optional.empty())),
            List.of());
    cloud.twinGraph.define(GraphDefinition.of(Hierarchy.ofDevices(List.of(saw))));
    JsonObject entity = ask(GET_ENTITY, "{\"entityId\": \"saw\"}");
    assertThat(entity.object("components").orElseThrow().object("saw").orElseThrow().toString())
        .contains("\"speed\"", "\"componentTypeId\":\"saw\"");
  }

  @Test
  void newestValuesOfAPushedTwinComeFromItsGraphWithTheirTime() {
    cloud.twinGraph.update(
        "hall",
        "press",
        TIME,
        Map.of("temperature", JsonNumber.of(21), "strokes", JsonNumber.of(7)));
    JsonObject answer =
        ask(
            GET_PROPERTY_VALUE,
            """
            {"entityId": "hall", "componentName": "press",
             "selectedProperties": ["temperature", "state", "maker"]}
            """);
    assertThat(answer)
        .isEqualTo(
            object(
                """
                {"propertyValues": {
                  "temperature": {"propertyValue": {"doubleValue": 21}, "time": "%s",
                    "propertyReference": {"entityId": "hall", "componentName": "press",
                                          "propertyName": "temperature"}},
                  "state": {"propertyValue": {"stringValue": "new"},
                    "propertyReference": {"entityId": "hall", "componentName": "press",
                                          "propertyName": "state"}},
                  "maker": {"propertyValue": {"stringValue": "Ada"},
                    "propertyReference": {"entityId": "hall", "componentName": "press",
                                          "propertyName": "maker"}}}}
                """
                    .formatted(TIME)));
    assertThat(asked).isEmpty();
    assertThat(
            ask(GET_PROPERTY_VALUE, "{\"entityId\": \"hall\", \"componentName\": \"press\"}")
                .object("propertyValues")
                .orElseThrow()
                .members())
        .containsOnlyKeys("temperature", "strokes", "state", "maker", "built");
  }

  @Test
  void newestValuesOfATwinThatPullsComeFromTheReader() {
    cloud.invoker.define(
        "newest",
        request -> {
          asked.add(request);
          return object(
              """
              {"propertyValues": {"strokes": {"propertyReference": {"propertyName": "strokes"},
                                              "propertyValue": {"integerValue": 7}}}}
              """);
        });
    JsonObject answer =
        pulling.answer(
            GET_PROPERTY_VALUE, object("{\"entityId\": \"hall\", \"componentName\": \"press\"}"));
    JsonObject values = answer.object("propertyValues").orElseThrow();
    assertThat(values.members()).containsOnlyKeys("strokes", "maker", "built");
    assertThat(values.object("strokes").orElseThrow().object("propertyValue"))
        .contains(object("{\"integerValue\": 7}"));
    assertThat(asked).singleElement().extracting(a -> a.get("selectedProperties")).isNotNull();
  }

  @Test
  void aHistoryIsAskedFromTheReaderInTheFormOfTwinMakersConnectors() {
    JsonObject request =
        object(
            """
            {"workspaceId": "plant", "entityId": "hall", "componentName": "press",
             "selectedProperties": ["temperature"], "startTime": "2026-01-01T00:00:00Z",
             "endTime": "2026-01-02T00:00:00Z", "maxResults": 10, "nextToken": "t",
             "orderByTime": "DESCENDING"}
            """);
    JsonObject answer = pushed.answer(GET_PROPERTY_VALUE_HISTORY, request);
    assertThat(answer).isEqualTo(object("{\"propertyValues\": {}}"));
    JsonObject expected =
        request.toBuilder()
            .put(
                "properties",
                object(
                    "{\"temperature\": {\"definition\": {\"dataType\": {\"type\": \"DOUBLE\"}}}}"))
            .build();
    assertThat(asked).containsExactly(expected);
  }

  @Test
  void aComponentWithoutADeviceHasNoHistory() {
    assertThat(
            ask(
                GET_PROPERTY_VALUE_HISTORY,
                "{\"entityId\": \"annex\", \"componentName\": \"sign\"}"))
        .isEqualTo(object("{\"propertyValues\": []}"));
    assertThat(asked).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET_ENTITY | {\"entityId\": \"nobody\"} | 404",
        "GET_ENTITY | {\"entityId\": \"../hall\"} | 404",
        "GET_ENTITY | {} | 400",
        "GET_ENTITY | {\"entityId\": 7} | 400",
        "GET_ENTITY | {\"workspaceId\": \"other\", \"entityId\": \"hall\"} | 404",
        "GET_COMPONENT_TYPE | {\"componentTypeId\": \"none\"} | 404",
        "LIST_ENTITIES | {\"maxResults\": 0} | 400",
        "LIST_ENTITIES | {\"maxResults\": 201} | 400",
        "LIST_ENTITIES | {\"maxResults\": \"9\"} | 400",
        "LIST_ENTITIES | {\"maxResults\": 1e3} | 400",
        "LIST_ENTITIES | {\"nextToken\": \"*\"} | 400",
        "LIST_ENTITIES | {\"filters\": [{\"externalId\": \"x\"}]} | 400",
        "LIST_ENTITIES | {\"filters\": [1]} | 400",
        "GET_PROPERTY_VALUE | {\"entityId\": \"hall\", \"componentName\": \"none\"} | 404",
        "GET_PROPERTY_VALUE | {\"entityId\": \"hall\"} | 400",
        "GET_PROPERTY_VALUE | {\"entityId\": \"hall\", \"componentName\": \"press\","
            + " \"selectedProperties\": [\"none\"]} | 400",
        "GET_PROPERTY_VALUE | {\"entityId\": \"hall\", \"componentName\": \"press\","
            + " \"selectedProperties\": \"state\"} | 400",
        "GET_PROPERTY_VALUE_HISTORY | {\"entityId\": \"hall\", \"componentName\": \"press\","
            + " \"selectedProperties\": [\"maker\"]} | 400",
        "GET_PROPERTY_VALUE_HISTORY | {\"entityId\": \"hall\", \"componentName\": \"press\","
            + " \"propertyFilters\": [{}]} | 400",
        "GET_PROPERTY_VALUE_HISTORY | {\"entityId\": \"hall\", \"componentName\": \"press\","
            + " \"interpolation\": {}} | 400",
        "GET_PROPERTY_VALUE_HISTORY | {\"entityId\": \"hall\", \"componentName\": \"press\","
            + " \"maxResults\": 0} | 400",
        "GET_PROPERTY_VALUE_HISTORY | {\"entityId\": \"hall\", \"componentName\": \"press\","
            + " \"orderByTime\": \"descending\"} | 400",
        "GET_PROPERTY_VALUE_HISTORY | {\"entityId\": \"hall\", \"componentName\": \"press\","
            + " \"startTime\": \"soon\"} | 400",
        "GET_PROPERTY_VALUE_HISTORY | {\"entityId\": \"hall\", \"componentName\": \"press\","
            + " \"starttime\": \"2026-01-01\"} | 400",
        "GET_PROPERTY_VALUE | {\"entityId\": \"hall\", \"componentName\": \"press\","
            + " \"selectedProperty\": [\"none\"]} | 400",
        "LIST_ENTITIES | {\"maxresults\": 1} | 400",
      })
  void whatIsNotThereOrNotOfferedIsRefused(TwinOperation operation, String request, int status) {
    assertThatThrownBy(() -> ask(operation, request))
        .isInstanceOfSatisfying(Refused.class, e -> assertThat(e.status()).isEqualTo(status));
    assertThat(asked).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "bm9ib2R5", "_____w"})
  void aTokenThatNobodyWasGivenOnlyLeadsToAnotherPlaceInTheList(String token) {
    JsonObject answer = ask(LIST_ENTITIES, "{\"nextToken\": \"" + token + "\"}");
    assertThat(ids(answer, "entitySummaries", "entityId").size()).isLessThanOrEqualTo(2);
  }
}
