package io.twinloom.functions.twin;

import static io.twinloom.functions.fake.Twin.TOKEN;
import static io.twinloom.functions.fake.Twin.object;

import io.twinloom.functions.fake.Endpoints;
import io.twinloom.functions.fake.FakeCloud;
import io.twinloom.functions.fake.Twin;
import io.twinloom.functions.http.HostedFunction;
import io.twinloom.functions.port.TwinGraph.Value;
import io.twinloom.json.JsonNumber;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonString;
import io.twinloom.json.JsonValue;
import io.twinloom.model.FunctionKind;
import io.twinloom.model.cloud.KnownClouds;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A twin that moves from one twin service to another, with what copies its values. */
final class CopiedTwins {
  static final JsonObject BEGIN = object("{\"copy\": \"c\"}");
  static final JsonObject VERIFY = object("{\"copy\": \"c\", \"verify\": true}");
  static final JsonObject CONTINUE = object("{\"continue\": true}");
  static final String UPDATER = "https://google.example/plant-twin-updater";

  final FakeCloud old = new FakeCloud(KnownClouds.AZURE);
  final FakeCloud next = new FakeCloud(KnownClouds.GOOGLE);
  final Endpoints endpoints = new Endpoints();

  CopiedTwins() {
    old.twinGraph.define(Halls.definition());
    next.twinGraph.define(Halls.definition());
    old.remote.leadsTo(endpoints);
    endpoints.put(UPDATER, this::updater);
  }

  HostedFunction updater() {
    return next.function(
        FunctionKind.TWIN_UPDATER, twin("google", "google"), Map.of("INTER_CLOUD_TOKEN", TOKEN));
  }

  static String time(int second) {
    return "2026-01-01T00:00:%02d.000000Z".formatted(second);
  }

  static Twin twin(String hot, String l4) {
    return new Twin()
        .tiers(hot, hot, hot)
        .provider("layer_4_provider", new JsonString(l4))
        .previous("layer_4_provider", l4.equals("google") ? "azure" : "google")
        .with(
            "twin_hierarchy",
            Twin.array(
                """
                [{"type": "entity", "id": "hall", "children": [
                   {"type": "component", "name": "press", "iotDeviceId": "press-1",
                    "properties": [{"name": "temperature"}, {"name": "strokes"},
                                   {"name": "state"}]},
                   {"type": "entity", "id": "annex", "children": [
                     {"type": "component", "name": "oven-2", "iotDeviceId": "oven-2",
                      "properties": [{"name": "heat"}]},
                     {"type": "component", "name": "sign", "properties": []}]}]}]
                """));
  }

  static Map<String, String> settings(String source) {
    return Map.of(
        "COPY_SOURCE", source,
        "REMOTE_COPY_WRITER_URL", UPDATER,
        "REMOTE_COPY_WRITER_BATCHES", "true",
        "INTER_CLOUD_TOKEN", TOKEN,
        "LOCAL_HOT_READER_NAME", "plant-hot-reader");
  }

  JsonObject fromGraph(JsonObject order) {
    return invoke(twin("azure", "azure"), settings("graph"), order);
  }

  /** Beside the hot store, which is on azure, of a twin whose service keeps no values. */
  JsonObject fromHot(JsonObject order) {
    return invoke(twin("azure", "aws"), settings("hot"), order);
  }

  JsonObject invoke(Twin twin, Map<String, String> settings, JsonObject order) {
    return (JsonObject) old.function(FunctionKind.TWIN_COPIER, twin, settings).invoke(order);
  }

  void kept(String entity, String component, String property, int value, int second) {
    old.twinGraph.update(entity, component, time(second), Map.of(property, JsonNumber.of(value)));
  }

  void bothKept() {
    kept("hall", "press", "temperature", 20, 1);
    kept("hall", "press", "strokes", 7, 2);
    kept("annex", "oven-2", "heat", 90, 3);
  }

  static Value value(int number, int second) {
    return new Value(JsonNumber.of(number), time(second));
  }

  Map<String, Value> press() {
    return next.twinGraph.values("hall", "press");
  }

  static List<String> notFound(JsonObject answer) {
    List<String> names = new ArrayList<>();
    for (JsonValue value : answer.array("not_found").orElseThrow()) {
      names.add(((JsonObject) value).text("key").orElseThrow());
    }
    return names;
  }
}
