package io.twinloom.functions.fake;

import io.twinloom.functions.settings.Environment;
import io.twinloom.functions.settings.TwinInfo;
import io.twinloom.functions.settings.TwinInfoSource;
import io.twinloom.json.Json;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonString;
import io.twinloom.json.JsonSyntaxException;
import io.twinloom.json.JsonValue;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The twin that the tests are about: {@code plant}, with the devices {@code press-1} and {@code
 * oven-2}, all on AWS unless said otherwise.
 */
public final class Twin {

  /** A token as long as they are. */
  public static final String TOKEN = "t0ken-of-forty-characters-abcdefghijklmn";

  private JsonObject json =
      object(
          """
          {"config": {"digital_twin_name": "plant", "hot_storage_size_in_days": 7,
                      "cold_storage_size_in_days": 30, "mode": "PRODUCTION"},
           "config_iot_devices": [
             {"id": "press-1", "properties": [
               {"name": "temperature", "dataType": "DOUBLE"},
               {"name": "strokes", "dataType": "INTEGER"},
               {"name": "serial", "dataType": "LONG"},
               {"name": "state", "dataType": "STRING"},
               {"name": "running", "dataType": "BOOLEAN"}]},
             {"id": "oven-2", "properties": [{"name": "heat", "dataType": "DOUBLE"}]}],
           "config_events": [],
           "config_providers": {
             "layer_1_provider": "aws", "layer_2_provider": "aws", "layer_3_hot_provider": "aws",
             "layer_3_cold_provider": "aws", "layer_3_archive_provider": "aws",
             "layer_4_provider": "aws", "layer_5_provider": "aws"},
           "twin_hierarchy": [
             {"type": "entity", "id": "hall", "children": [
               {"type": "component", "name": "press", "componentTypeId": "press",
                "iotDeviceId": "press-1"},
               {"type": "entity", "id": "annex", "children": [
                 {"type": "component", "name": "oven-2", "componentTypeId": "oven"}]}]}],
           "processors": {}}
          """);

  /** With another provider of a layer, such as {@code layer_2_provider}. */
  public Twin provider(String layer, JsonValue provider) {
    return with(
        "config_providers",
        json.object("config_providers").orElseThrow().toBuilder().put(layer, provider).build());
  }

  /** With layers on other clouds. */
  public Twin on(String l1, String l2, String l3hot) {
    return provider("layer_1_provider", new JsonString(l1))
        .provider("layer_2_provider", new JsonString(l2))
        .provider("layer_3_hot_provider", new JsonString(l3hot));
  }

  /** With tiers on other clouds. */
  public Twin tiers(String hot, String cold, String archive) {
    return provider("layer_3_hot_provider", new JsonString(hot))
        .provider("layer_3_cold_provider", new JsonString(cold))
        .provider("layer_3_archive_provider", new JsonString(archive));
  }

  /** With further clouds of a layer, such as {@code layer_3_hot_provider}, during a change. */
  public Twin previous(String layer, String... clouds) {
    JsonArray names = new JsonArray(Stream.of(clouds).<JsonValue>map(JsonString::new).toList());
    return with(
        "previous",
        json.object("previous").orElse(JsonObject.EMPTY).toBuilder().put(layer, names).build());
  }

  /** With another value in {@code config}. */
  public Twin config(String key, JsonValue value) {
    return with("config", json.object("config").orElseThrow().toBuilder().put(key, value).build());
  }

  /** With a function that processes a device's events. */
  public Twin processor(String device, String function) {
    return with(
        "processors",
        json.object("processors").orElseThrow().toBuilder().put(device, function).build());
  }

  /** With rules, as {@code config_events.json} has them. */
  public Twin rules(String... rules) {
    return with(
        "config_events",
        object("{\"r\": [" + String.join(",", rules) + "]}").array("r").orElseThrow());
  }

  /** With a rule that is evaluated on the events of press-1, and of no other device. */
  public Twin ruleOfPress() {
    return rules(
        "{\"condition\": \"hall.press.temperature > DOUBLE(30)\","
            + " \"action\": {\"type\": \"function\", \"functionName\": \"alarm\"}}");
  }

  public Twin mode(String mode) {
    return with(
        "config", json.object("config").orElseThrow().toBuilder().put("mode", mode).build());
  }

  /** With a part replaced. */
  public Twin with(String part, JsonValue value) {
    json = json.toBuilder().put(part, value).build();
    return this;
  }

  public Twin without(String part) {
    json = json.toBuilder().remove(part).build();
    return this;
  }

  public String json() {
    return Json.text(json);
  }

  /** JSON text as an object. */
  public static JsonObject object(String text) {
    return (JsonObject) value(text);
  }

  /** JSON text as a list. */
  public static JsonArray array(String text) {
    return (JsonArray) value(text);
  }

  /** JSON text as a value. */
  public static JsonValue value(String text) {
    try {
      return Json.parse(text);
    } catch (JsonSyntaxException e) {
      throw new AssertionError(e);
    }
  }

  /** As a function reads it. */
  public TwinInfo read() {
    return new TwinInfoSource().read(new Environment(Map.of("DIGITAL_TWIN_INFO", json())));
  }
}
