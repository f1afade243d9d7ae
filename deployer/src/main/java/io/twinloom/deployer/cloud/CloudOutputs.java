package io.twinloom.deployer.cloud;

import io.twinloom.deployer.PrivateFiles;
import io.twinloom.json.JsonObject;
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

  private static final String CERTIFICATE = "certificate";
  private static final String PRIVATE_KEY = "private_key";

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

  /** Writes down what later commands need, the devices' keys apart and owner-only. */
  void keep(CloudDataFolder folder) {
    JsonObject.Builder index = JsonObject.builder();
    devices
        .members()
        .keySet()
        .forEach(id -> devices.object(id).ifPresent(d -> index.put(id, kept(d, folder))));
    folder.deviceIndex().write(index.build());
    JsonObject.Builder addresses = JsonObject.builder();
    endpoints.forEach((name, url) -> addresses.put(name, url.toString()));
    folder.outputs().write(clouds.toBuilder().put("endpoints", addresses.build()).build());
  }

  private static JsonObject kept(JsonObject device, CloudDataFolder folder) {
    JsonObject.Builder open = JsonObject.builder();
    device
        .members()
        .forEach(
            (key, value) -> {
              if (!key.equals(CERTIFICATE) && !key.equals(PRIVATE_KEY)) {
                open.put(key, value);
              }
            });
    Path own = folder.devices().resolve(device.text("client_id").orElse("device"));
    PrivateFiles.makeFolder(own);
    write(device, CERTIFICATE, own.resolve("certificate.pem"), open);
    write(device, PRIVATE_KEY, own.resolve("private.key"), open);
    return open.build();
  }

  private static void write(JsonObject device, String key, Path file, JsonObject.Builder open) {
    device
        .text(key)
        .ifPresent(
            pem -> {
              PrivateFiles.write(file, pem.getBytes(StandardCharsets.UTF_8));
              open.put(key + "_file", file.toAbsolutePath().toString());
            });
  }
}
