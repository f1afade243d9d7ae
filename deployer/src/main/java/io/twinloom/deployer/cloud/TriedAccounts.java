package io.twinloom.deployer.cloud;

import io.twinloom.deployer.change.StoreTrial;
import io.twinloom.json.JsonObject;
import io.twinloom.model.Connections;
import io.twinloom.model.Layer;
import io.twinloom.model.Provider;
import io.twinloom.model.TwinConfig.SigningMode;
import io.twinloom.topology.Connection;
import io.twinloom.topology.DeployedFunction;
import java.util.Map;
import java.util.random.RandomGenerator;

/** The clouds that carry anything of the twin, for the trial of a store. */
record TriedAccounts(Map<Provider, AccountOperations> clouds, RandomGenerator random)
    implements StoreTrial.Clouds {

  @Override
  public void post(
      Connection connection,
      Connections.Connection over,
      SigningMode signing,
      byte[] body,
      String trace) {
    cloud(connection.from()).post(over, signing, body, trace, random);
  }

  @Override
  public JsonObject call(DeployedFunction function, JsonObject event) {
    return cloud(function.cloud()).call(function, event) instanceof JsonObject answer
        ? answer
        : JsonObject.EMPTY;
  }

  @Override
  public void remove(Provider cloud, Layer tier, String device, String time) {
    cloud(cloud).contents(tier).removeAt(device, time);
  }

  StoreContents contents(Provider cloud, Layer tier) {
    return cloud(cloud).contents(tier);
  }

  private AccountOperations cloud(Provider provider) {
    AccountOperations cloud = clouds.get(provider);
    if (cloud == null) {
      throw new IllegalStateException(provider.id() + " has no account here");
    }
    return cloud;
  }
}
