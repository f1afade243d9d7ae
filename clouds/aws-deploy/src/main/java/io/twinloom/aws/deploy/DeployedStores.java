package io.twinloom.aws.deploy;

import io.twinloom.aws.store.DynamoHotStore;
import io.twinloom.aws.store.DynamoSeenDevices;
import io.twinloom.aws.store.S3ObjectStore;
import io.twinloom.aws.store.S3ObjectStore.Tier;
import io.twinloom.aws.store.StateTable;
import io.twinloom.deployer.change.TouchedData;
import io.twinloom.deployer.cloud.Deployment;
import io.twinloom.deployer.cloud.StoreContents;
import io.twinloom.deployer.control.TierSize;
import io.twinloom.deployer.error.DeployerError;
import io.twinloom.functions.port.ObjectStore;
import io.twinloom.model.Layer;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.cloud.KnownClouds;
import io.twinloom.topology.Store;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What of a twin's stores is in an account of AWS. */
record DeployedStores(AwsDeployClients clients, Deployment deployment, InstantSource clock) {

  /** What was made for a purpose: the name of its bucket. */
  Optional<String> bucket(String purpose) {
    return deployment.outputs().object("buckets").flatMap(b -> b.text(purpose));
  }

  /** The hot store, where it is here. */
  Optional<DynamoHotStore> hot() {
    return table().map(name -> new DynamoHotStore(clients.dynamoDb, name));
  }

  private Optional<String> table() {
    return deployment.project().topology().stores().stream()
        .filter(s -> s.kind() == Store.Kind.HOT)
        .findFirst()
        .flatMap(s -> deployment.outputs().object("stores").flatMap(all -> all.text(s.name())));
  }

  /** The store of a colder tier, where it is here. */
  Optional<ObjectStore> chunks(Layer tier) {
    return tier == Layer.L3_COLD
        ? bucket("cold").map(b -> new S3ObjectStore(clients.s3, b, Tier.COLD, clock))
        : bucket("archive").map(b -> new S3ObjectStore(clients.s3, b, Tier.ARCHIVE, clock));
  }

  /** What is noted of the devices that use this cloud, where it was ever noted. */
  Optional<DynamoSeenDevices> seenDevices() {
    return deployment
        .outputs()
        .text("state_table")
        .map(name -> new DynamoSeenDevices(new StateTable(clients.dynamoDb, name)));
  }

  /** The content of a tier's store. */
  StoreContents contents(Layer tier) {
    return tier == Layer.L3_HOT ? AwsContents.of(hot()) : AwsContents.ofChunks(chunks(tier));
  }

  TouchedData.Stored held(Layer tier, String name, boolean counted) {
    return tier == Layer.L3_HOT
        ? StoredFigures.ofItems(clients.dynamoDb, table(), name, counted)
        : StoredFigures.ofChunks(chunks(tier), name);
  }

  /** The sizes of all that are here, as the cloud says. */
  List<TierSize> sizes() {
    List<TierSize> tiers = new ArrayList<>();
    table()
        .map(name -> StoredFigures.described(clients.dynamoDb, name).itemCount())
        .ifPresent(items -> tiers.add(new TierSize.Items(Layer.L3_HOT, KnownClouds.AWS, items)));
    for (Layer layer : List.of(Layer.L3_COLD, Layer.L3_ARCHIVE)) {
      chunks(layer)
          .map(StoredFigures::of)
          .ifPresent(
              held ->
                  tiers.add(
                      new TierSize.Chunks(
                          layer, KnownClouds.AWS, held.count(), held.bytes(), held.bytes())));
    }
    return tiers;
  }

  /** The failure of an order that needs a store which is not here. */
  static TwinloomException absent(String what, Layer tier) {
    return new TwinloomException(
        DeployerError.CLOUD_NOT_DEPLOYED,
        what + " is not on AWS.",
        tier.configKey(),
        "Deploy the twin: the project has changed since.");
  }
}
