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
    JsonObject devices,
    Optional<JsonObject> deployment) {

  static CloudOutputs of(JsonObject outputs) {
    return new CloudOutputs(
        endpoints(outputs),
        outputs.object("clouds").orElse(JsonObject.EMPTY),
        outputs.object("device_credentials").orElse(JsonObject.EMPTY),
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
    devices
        .members()
        .keySet()
        .forEach(
            id ->
                devices
                    .object(id)
                    .ifPresent(d -> index.put(id, kept(d, folder, secrets(d, clouds)))));
    folder.deviceIndex().write(index.build());
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

  private static Map<String, String> secrets(
      JsonObject device, Map<Provider, CloudSupport> clouds) {
    return device
        .text("cloud")
        .flatMap(Provider::of)
        .map(clouds::get)
        .map(cloud -> cloud.devices().secretFiles())
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "a device's credentials name no cloud that is known here: "
                        + device.members().keySet()));
  }

  private static JsonObject kept(
      JsonObject device, CloudDataFolder folder, Map<String, String> secrets) {
    JsonObject.Builder open = JsonObject.builder();
    Path own = folder.devices().resolve(device.text("client_id").orElse("device"));
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
