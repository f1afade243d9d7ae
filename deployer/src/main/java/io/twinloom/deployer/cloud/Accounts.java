package io.twinloom.deployer.cloud;

import io.twinloom.deployer.PreparedProject;
import io.twinloom.deployer.Progress;
import io.twinloom.deployer.cloud.CloudAccount.Identity;
import io.twinloom.deployer.cloud.Provisioner.Order;
import io.twinloom.deployer.error.DeployerError;
import io.twinloom.json.JsonObject;
import io.twinloom.model.Provider;
import io.twinloom.model.TwinloomException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The accounts that one piece of work is done in; closed with it. */
final class Accounts implements AutoCloseable {

  private final Map<Provider, CloudAccount> all;
  private final Map<String, String> regions = new TreeMap<>();

  Accounts(Map<Provider, CloudAccount> all) {
    this.all = Collections.unmodifiableMap(new TreeMap<>(all));
  }

  Map<Provider, CloudAccount> all() {
    return all;
  }

  /**
   * The account of a cloud.
   *
   * @throws TwinloomException if Twinloom knows no way to that cloud
   */
  CloudAccount of(Provider cloud) {
    CloudAccount account = all.get(cloud);
    if (account == null) {
      throw new TwinloomException(
          DeployerError.CLOUD_NOT_THERE,
          "There is no way to " + cloud.id() + " from here.",
          cloud.id(),
          "Use the version of Twinloom that the twin was deployed with.");
    }
    return account;
  }

  /** Asks each cloud who the credentials are, before anything is made. */
  void identify(DeploymentLedger ledger, Progress progress) {
    all.forEach(
        (cloud, account) -> {
          Identity identity = account.identity();
          progress.step(
              cloud.id()
                  + ": account "
                  + identity.account()
                  + " in "
                  + identity.region()
                  + ", as "
                  + identity.principal());
          ledger.enter(cloud, identity);
          regions.put(cloud.id(), identity.region());
          identity
              .otherRegions()
              .forEach((service, region) -> regions.put(cloud.id() + "_" + service, region));
        });
  }

  /** Where each cloud's part is made, as the HCL names it; known once they were identified. */
  Map<String, String> regions() {
    return Map.copyOf(regions);
  }

  Order order(Path folder, Set<String> secrets) {
    Map<String, String> credentials = new HashMap<>();
    all.values().forEach(account -> credentials.putAll(account.terraformEnvironment()));
    return new Order(folder, all.keySet(), credentials, secrets);
  }

  /** What can be done on each cloud, with what Terraform gave back. */
  Map<Provider, AccountOperations> operations(PreparedProject project, JsonObject outputs) {
    Map<Provider, AccountOperations> operations = new TreeMap<>();
    all.forEach(
        (cloud, account) ->
            operations.put(
                cloud,
                account.operations(
                    new Deployment(project, outputs.object(cloud.id()).orElse(JsonObject.EMPTY)))));
    return operations;
  }

  @Override
  public void close() {
    all.values().forEach(CloudAccount::close);
  }
}
