package io.twinloom.deployer.cloud;

import io.twinloom.deployer.PrivateFiles;
import io.twinloom.deployer.terraform.ByCloud;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonString;
import io.twinloom.model.Provider;
import io.twinloom.topology.FunctionId;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What Terraform gives back: {@code endpoints}, {@code clouds}, and {@code device_credentials},
 * which are secret and go to files of their own.
 */
record CloudOutputs(
    Map<FunctionId, URI> endpoints,
    JsonObject clouds,
    Map<Provider, JsonObject> devices,
    Optional<JsonObject> deployment) {

  static CloudOutputs of(JsonObject outputs) {
    return new CloudOutputs(
        endpoints(outputs),
        outputs.object("clouds").orElse(JsonObject.EMPTY),
        DeviceIndex.byCloud(outputs.object("device_credentials").orElse(JsonObject.EMPTY)),
        outputs.object(DeploymentRecord.NAME));
  }

  /** The member {@code endpoints}: the addresses of all receivers, by cloud and name. */
  static Map<FunctionId, URI> endpoints(JsonObject outputs) {
    Map<FunctionId, URI> endpoints = new LinkedHashMap<>();
    JsonObject clouds = outputs.object("endpoints").orElse(JsonObject.EMPTY);
    for (Provider cloud : Provider.all()) {
      JsonObject urls = clouds.object(cloud.id()).orElse(JsonObject.EMPTY);
      for (String name : urls.members().keySet()) {
        urls.text(name)
            .ifPresent(url -> endpoints.put(new FunctionId(cloud, name), URI.create(trimmed(url))));
      }
    }
    return endpoints;
  }

  private static String trimmed(String url) {
    return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
  }

  /**
   * Writes down what later commands need, the devices' keys apart and owner-only.
   *
   * @param clouds those that can be deployed to, which know what of a device is secret
   */
  void keep(CloudDataFolder folder, Map<Provider, CloudSupport> clouds) {
    JsonObject.Builder index = JsonObject.builder();
    devices.forEach((cloud, all) -> index.put(cloud.id(), kept(cloud, all, folder, clouds)));
    folder.deviceIndex().write(index.build());
    folder.retainDevices(devices.keySet());
    JsonObject.Builder kept = this.clouds.toBuilder().put("endpoints", addresses());
    deployment.ifPresent(record -> kept.put(DeploymentRecord.NAME, record));
    folder.outputs().write(kept.build());
  }

  private JsonObject addresses() {
    ByCloud addresses = new ByCloud();
    endpoints.forEach(
        (id, url) -> addresses.put(id.cloud(), id.name(), new JsonString(url.toString())));
    return addresses.json();
  }

  private static JsonObject kept(
      Provider cloud,
      JsonObject devices,
      CloudDataFolder folder,
      Map<Provider, CloudSupport> clouds) {
    CloudSupport support = clouds.get(cloud);
    if (support == null) {
      throw new IllegalStateException(
          "devices have credentials of a cloud that is not known here: " + cloud.id());
    }
    JsonObject.Builder kept = JsonObject.builder();
    for (String id : devices.members().keySet()) {
      JsonObject device = devices.object(id).orElse(JsonObject.EMPTY);
      Path own = folder.devices(cloud).resolve(device.text("client_id").orElse("device"));
      kept.put(id, kept(device, own, support.devices().secretFiles()));
    }
    return kept.build();
  }

  private static JsonObject kept(JsonObject device, Path own, Map<String, String> secrets) {
    JsonObject.Builder open = JsonObject.builder();
    PrivateFiles.makeFolder(own);
    device
        .members()
        .forEach(
            (key, value) -> {
              String file = secrets.get(key);
              if (file == null) {
                open.put(key, value);
              } else if (value instanceof JsonString secret) {
                Path path = own.resolve(file);
                PrivateFiles.write(path, secret.value().getBytes(StandardCharsets.UTF_8));
                open.put(key + "_file", path.toAbsolutePath().toString());
              }
            });
    return open.build();
  }
}
