package io.twinloom.deployer.cloud;

import io.twinloom.deployer.PrivateFiles;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonString;
import io.twinloom.model.Provider;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What Terraform gives back: {@code endpoints}, {@code clouds}, and {@code device_credentials},
 * which are secret and go to files of their own.
 */
record CloudOutputs(Map<String, URI> endpoints, JsonObject clouds, JsonObject devices) {

  static CloudOutputs of(JsonObject outputs) {
    Map<String, URI> endpoints = new LinkedHashMap<>();
    JsonObject urls = outputs.object("endpoints").orElse(JsonObject.EMPTY);
    urls.members()
        .keySet()
        .forEach(
            name ->
                urls.text(name).ifPresent(url -> endpoints.put(name, URI.create(trimmed(url)))));
    return new CloudOutputs(
        endpoints,
        outputs.object("clouds").orElse(JsonObject.EMPTY),
        outputs.object("device_credentials").orElse(JsonObject.EMPTY));
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
    JsonObject.Builder addresses = JsonObject.builder();
    endpoints.forEach((name, url) -> addresses.put(name, url.toString()));
    folder.outputs().write(this.clouds.toBuilder().put("endpoints", addresses.build()).build());
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
