package io.twinloom.deployer.cloud;

import io.twinloom.deployer.change.DeployedState;
import io.twinloom.deployer.change.DeployedState.LayerState;
import io.twinloom.json.JsonObject;
import io.twinloom.model.Layer;
import io.twinloom.model.Provider;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the devices of a twin connect with, on each cloud that lets them in: those of a layer 1 that
 * has moved know their new address one by one.
 *
 * @param current the cloud of layer 1, where that is known
 * @param clouds by cloud, the devices by their ids
 */
record DeviceIndex(Optional<Provider> current, Map<Provider, JsonObject> clouds) {

  DeviceIndex {
    clouds = Map.copyOf(clouds);
  }

  /** What is kept on this machine. */
  static DeviceIndex of(CloudDataFolder folder) {
    return new DeviceIndex(
        DeploymentRecord.read(folder.outputs().read()).flatMap(DeviceIndex::layerOne),
        byCloud(folder.deviceIndex().read()));
  }

  private static Optional<Provider> layerOne(DeployedState state) {
    return state
        .change()
        .map(change -> change.phase().layout().placement().l1())
        .or(() -> Optional.ofNullable(state.layers().get(Layer.L1)).map(LayerState::current));
  }

  /**
   * What Terraform gave out, or was kept of it; an earlier release did so by device alone, each of
   * which named its cloud.
   */
  static Map<Provider, JsonObject> byCloud(JsonObject given) {
    Map<Provider, JsonObject.Builder> clouds = new LinkedHashMap<>();
    given
        .members()
        .forEach(
            (key, value) -> {
              JsonObject found = value instanceof JsonObject object ? object : JsonObject.EMPTY;
              Optional<Provider> named = found.text("cloud").flatMap(Provider::of);
              if (named.isPresent()) {
                in(clouds, named.get()).put(key, found);
              } else {
                Provider.of(key)
                    .ifPresent(
                        cloud ->
                            found
                                .members()
                                .forEach((id, device) -> in(clouds, cloud).put(id, device)));
              }
            });
    Map<Provider, JsonObject> all = new LinkedHashMap<>();
    clouds.forEach((cloud, devices) -> all.put(cloud, devices.build()));
    return all;
  }

  private static JsonObject.Builder in(Map<Provider, JsonObject.Builder> clouds, Provider cloud) {
    return clouds.computeIfAbsent(cloud, c -> JsonObject.builder());
  }

  /** What a device connects with where layer 1 is, or else where it may still connect. */
  Optional<JsonObject> find(String device) {
    return current
        .map(cloud -> clouds.getOrDefault(cloud, JsonObject.EMPTY))
        .flatMap(devices -> devices.object(device))
        .or(
            () ->
                clouds.values().stream()
                    .flatMap(devices -> devices.object(device).stream())
                    .findFirst());
  }
}
