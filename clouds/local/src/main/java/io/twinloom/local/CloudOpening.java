package io.twinloom.local;

import io.twinloom.functions.port.InvocationLog;
import io.twinloom.local.LocalOptions.Listener;
import io.twinloom.local.store.KnownStores;
import io.twinloom.model.FunctionKind;
import io.twinloom.model.Provider;
import io.twinloom.model.TwinloomException;
import io.twinloom.topology.DeployedFunction;
import io.twinloom.topology.Topology;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Opens the stores and addresses of the clouds of a twin.
 *
 * @param opened the clouds by then, asked once they are all open
 */
record CloudOpening(
    Topology topology, LocalOptions options, Function<Provider, @Nullable LocalCloud> opened) {

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
                      devices(provider),
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
    stores.remember(clouds.keySet().stream().map(Provider::id).collect(Collectors.toSet()));
    return clouds;
  }

  private LocalCloud.Devices devices(Provider provider) {
    Optional<String> dispatcher =
        topology
            .function(FunctionKind.DISPATCHER)
            .filter(f -> f.cloud() == provider)
            .map(DeployedFunction::name);
    return new LocalCloud.Devices(
        topology.twin(), dispatcher, options.port(Listener.MQTT, provider), this::devicesElsewhere);
  }

  private String devicesElsewhere() {
    Provider cloud = topology.function(FunctionKind.DISPATCHER).orElseThrow().cloud();
    @Nullable LocalCloud there = opened.apply(cloud);
    return "The devices of this twin are on "
        + cloud.id()
        + (there == null ? "" : ": connect to " + there.mqtt());
  }
}
