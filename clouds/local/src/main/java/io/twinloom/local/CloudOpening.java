package io.twinloom.local;

import io.twinloom.functions.port.InvocationLog;
import io.twinloom.local.LocalOptions.Listener;
import io.twinloom.local.store.KnownStores;
import io.twinloom.model.Provider;
import io.twinloom.model.TwinloomException;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Opens the stores and addresses of the clouds of a twin. */
record CloudOpening(DeviceEndpoints devices, LocalOptions options) {

  /** The clouds share nothing, so their stores open side by side. */
  Map<Provider, LocalCloud> open(LocalCloud.Shared shared, Function<Provider, InvocationLog> logs) {
    Map<Provider, LocalCloud> clouds = new TreeMap<>();
    KnownStores stores = new KnownStores(options.data());
    stores.check(options.newStores());
    Map<Provider, CompletableFuture<LocalCloud>> opening = new TreeMap<>();
    for (Provider provider : Provider.all()) {
      opening.put(
          provider,
          CompletableFuture.supplyAsync(
              () ->
                  LocalCloud.open(
                      provider,
                      options,
                      shared,
                      logs.apply(provider),
                      devices.of(provider, options.port(Listener.MQTT, provider)),
                      options.port(Listener.HTTP, provider))));
    }
    CompletionException failed = null;
    for (Map.Entry<Provider, CompletableFuture<LocalCloud>> one : opening.entrySet()) {
      try {
        clouds.put(one.getKey(), one.getValue().join());
      } catch (CompletionException e) {
        failed = e;
      }
    }
    if (failed != null) {
      clouds.values().forEach(LocalCloud::close);
      throw failed.getCause() instanceof TwinloomException known ? known : failed;
    }
    clouds.forEach((provider, cloud) -> devices.contacts().open(provider, cloud.database()));
    stores.remember(clouds.keySet().stream().map(Provider::id).collect(Collectors.toSet()));
    return clouds;
  }
}
