package io.twinloom.functions.hot;

import static io.twinloom.functions.fake.Twin.TOKEN;

import io.twinloom.functions.fake.Endpoints;
import io.twinloom.functions.fake.FakeCloud;
import io.twinloom.functions.fake.Twin;
import io.twinloom.functions.http.HostedFunction;
import io.twinloom.functions.port.HotItem;
import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import io.twinloom.model.FunctionKind;
import io.twinloom.model.cloud.KnownClouds;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A twin whose hot tier has a store on AWS, from which it moves, and one on Azure. */
final class TwoHotStores {

  final FakeCloud old = new FakeCloud(KnownClouds.AWS);
  final FakeCloud present = new FakeCloud(KnownClouds.AZURE);
  private final Endpoints endpoints = new Endpoints();

  TwoHotStores() {
    old.remote.leadsTo(endpoints);
    present.remote.leadsTo(endpoints);
    for (FunctionKind kind : List.of(FunctionKind.HOT_READER, FunctionKind.HOT_READER_LAST_ENTRY)) {
      endpoints.put(url("aws", kind), () -> ofOld(kind));
      endpoints.put(url("azure", kind), () -> ofPresent(kind));
    }
  }

  HostedFunction ofOld(FunctionKind kind) {
    return reader(old, "aws", "azure", kind);
  }

  HostedFunction ofPresent(FunctionKind kind) {
    return reader(present, "azure", "aws", kind);
  }

  /** The same after the change, which knows no other store. */
  HostedFunction alone(FunctionKind kind) {
    return present.function(
        kind, new Twin().on("aws", "aws", "azure"), Map.of("INTER_CLOUD_TOKEN", TOKEN));
  }

  private static HostedFunction reader(
      FakeCloud cloud, String own, String other, FunctionKind kind) {
    Map<String, String> settings = new HashMap<>();
    settings.put("INTER_CLOUD_TOKEN", TOKEN);
    settings.put("REMOTE_PREVIOUS_1_READER_URL", url(other, kind));
    settings.put("REMOTE_PREVIOUS_1_READER_TOKEN", TOKEN);
    return cloud.function(
        kind, new Twin().on("aws", "aws", own).previous("layer_3_hot_provider", other), settings);
  }

  private static String url(String cloud, FunctionKind kind) {
    return "https://" + cloud + ".example/plant-" + kind.id();
  }

  static String at(int micros) {
    return "2026-01-01T00:00:%02d.%06dZ".formatted(micros / 1_000_000, micros % 1_000_000);
  }

  static HotItem item(int micros, String event, JsonObject measurements) {
    String time = at(micros);
    JsonObject body =
        measurements.toBuilder()
            .put("id", "press-1_" + time)
            .put("device_id", "press-1")
            .put("timestamp", time)
            .put("event_id", event)
            .build();
    return new HotItem("press-1", time, event, body);
  }

  static HotItem item(int micros, String event) {
    return item(micros, event, JsonObject.EMPTY);
  }

  /** The events of all pages, in the order in which they were given. */
  static List<String> events(HostedFunction reader, String order, int limit) {
    List<String> events = new ArrayList<>();
    Optional<String> token = Optional.empty();
    do {
      JsonObject page = page(reader, order, limit, token);
      if (page.array("items").orElseThrow().size() > limit) {
        throw new AssertionError("a page of more than " + limit);
      }
      events.addAll(events(page));
      token = page.text("nextToken");
    } while (token.isPresent());
    return events;
  }

  static JsonObject page(HostedFunction reader, String order, int limit, Optional<String> token) {
    JsonObject.Builder query =
        JsonObject.builder().put("device_id", "press-1").put("order", order).put("limit", limit);
    token.ifPresent(t -> query.put("nextToken", t));
    return (JsonObject) reader.invoke(query.build());
  }

  static List<String> events(JsonObject page) {
    List<String> events = new ArrayList<>();
    for (JsonValue value : page.array("items").orElseThrow()) {
      events.add(Json.parseObject(Json.bytes(value)).text("event_id").orElseThrow());
    }
    return events;
  }
}
