package io.twinloom.deployer.terraform;

import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import io.twinloom.model.Provider;
import java.util.Map;
import java.util.TreeMap;

/**
 * Things by their clouds, and there by their names: while a twin changes, two clouds may have
 * something of one name. Not for threads.
 */
public final class ByCloud {

  private final Map<String, JsonObject.Builder> clouds = new TreeMap<>();

  /** Adds a thing. */
  public void put(Provider cloud, String name, JsonValue thing) {
    clouds.computeIfAbsent(cloud.id(), id -> JsonObject.builder()).put(name, thing);
  }

  /** All of them; a cloud without any is left out. */
  public JsonObject json() {
    JsonObject.Builder all = JsonObject.builder();
    clouds.forEach((cloud, things) -> all.put(cloud, things.build()));
    return all.build();
  }
}
