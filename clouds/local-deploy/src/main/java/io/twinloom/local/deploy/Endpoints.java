package io.twinloom.local.deploy;

import io.twinloom.json.JsonObject;
import io.twinloom.local.LocalClouds;
import io.twinloom.model.Provider;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * {@code endpoints.json}: the process that runs a twin, and where it is reached.
 *
 * @param api the address of its server for other processes
 * @param devices the cloud of layer 1, which devices connect to
 */
record Endpoints(
    ProcessId process,
    String twin,
    URI api,
    Provider devices,
    Map<Provider, LocalClouds.Endpoint> clouds) {
  Endpoints {
    clouds = Map.copyOf(clouds);
  }

  /** Where devices connect. */
  URI deviceChannel() {
    LocalClouds.Endpoint endpoint = clouds.get(devices);
    if (endpoint == null) {
      throw new IllegalStateException("a running twin has all its clouds");
    }
    return endpoint.mqtt();
  }

  /** The same with devices on another cloud. */
  Endpoints withDevices(Provider cloud) {
    return new Endpoints(process, twin, api, cloud, clouds);
  }

  JsonObject toJson() {
    JsonObject.Builder each = JsonObject.builder();
    for (Provider provider : Provider.all()) {
      LocalClouds.Endpoint endpoint = clouds.get(provider);
      if (endpoint != null) {
        each.put(
            provider.id(),
            JsonObject.builder()
                .put("http", endpoint.http().toString())
                .put("mqtt", endpoint.mqtt().toString())
                .build());
      }
    }
    return process
        .writeTo(JsonObject.builder())
        .put("twin", twin)
        .put("api", api.toString())
        .put("devices", devices.id())
        .put("clouds", each.build())
        .build();
  }

  /** Reads what {@link #toJson} wrote; empty where it is something else. */
  static Optional<Endpoints> of(JsonObject json) {
    try {
      Map<Provider, LocalClouds.Endpoint> clouds = new TreeMap<>();
      JsonObject each = json.object("clouds").orElse(JsonObject.EMPTY);
      for (Provider provider : Provider.all()) {
        each.object(provider.id())
            .ifPresent(
                e ->
                    clouds.put(
                        provider,
                        new LocalClouds.Endpoint(
                            URI.create(e.text("http").orElse("")),
                            URI.create(e.text("mqtt").orElse("")))));
      }
      Optional<ProcessId> process = ProcessId.readFrom(json);
      Optional<URI> api = json.text("api").map(URI::create);
      Optional<Provider> devices = json.text("devices").flatMap(Provider::of);
      return process.isEmpty() || api.isEmpty() || devices.isEmpty()
          ? Optional.empty()
          : Optional.of(
              new Endpoints(
                  process.get(), json.text("twin").orElse(""), api.get(), devices.get(), clouds));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
