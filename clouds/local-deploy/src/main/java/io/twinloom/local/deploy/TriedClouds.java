package io.twinloom.local.deploy;

import io.twinloom.deployer.change.StoreTrial;
import io.twinloom.functions.settings.RemoteRouteSetting.Route.Remote;
import io.twinloom.functions.tier.ChunkKey;
import io.twinloom.json.JsonObject;
import io.twinloom.local.LocalCloud;
import io.twinloom.local.LocalClouds;
import io.twinloom.local.store.LocalObjectStore;
import io.twinloom.model.Connections;
import io.twinloom.model.Layer;
import io.twinloom.model.Provider;
import io.twinloom.model.TwinConfig.SigningMode;
import io.twinloom.topology.Connection;
import io.twinloom.topology.DeployedFunction;
import java.util.List;

/** The clouds of this machine, for the trial of a store. */
record TriedClouds(LocalClouds clouds) implements StoreTrial.Clouds {

  @Override
  public void post(
      Connection connection,
      Connections.Connection over,
      SigningMode signing,
      byte[] body,
      String trace) {
    var unused =
        cloud(connection.from())
            .senders()
            .to(new Remote(over.url(), List.of(over.token().split(",")), signing))
            .post(body, trace);
  }

  @Override
  public JsonObject call(DeployedFunction function, JsonObject event) {
    return cloud(function.cloud()).host().call(function.name(), event);
  }

  @Override
  public void remove(Provider provider, Layer tier, String device, String time) {
    LocalCloud cloud = cloud(provider);
    switch (tier) {
      case L3_HOT -> cloud.hotStore().remove(device, time);
      case L3_COLD -> remove(cloud.coldStore(), device, time);
      case L3_ARCHIVE -> remove(cloud.archiveStore(), device, time);
      case L1, L2, L4, L5 -> throw new IllegalArgumentException(tier.title());
    }
  }

  /** The receiver of the cold store makes the key, which says whether chunks are gzipped. */
  private static void remove(LocalObjectStore store, String device, String time) {
    store.delete(new ChunkKey(device, time, time, 0, false).text());
    store.delete(new ChunkKey(device, time, time, 0, true).text());
  }

  private LocalCloud cloud(Provider provider) {
    LocalCloud cloud = clouds.byProvider().get(provider);
    if (cloud == null) {
      throw new IllegalStateException(provider + " does not run");
    }
    return cloud;
  }
}
