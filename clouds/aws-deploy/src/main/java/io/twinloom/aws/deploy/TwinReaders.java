package io.twinloom.aws.deploy;

import io.twinloom.deployer.cloud.Deployment;
import io.twinloom.json.JsonObject;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.cloud.KnownClouds;
import io.twinloom.topology.DeployedFunction;
import io.twinloom.topology.Topology;

/**
 * The functions that TwinMaker reads values through, by their ARNs: the reader of all tiers where
 * the twin has one, and else the hot readers where they are on AWS too, or the data connectors,
 * which ask them across clouds.
 *
 * @param ranges answers range queries
 * @param newest answers with newest values
 */
record TwinReaders(String ranges, String newest) {

  static TwinReaders of(Deployment deployment) {
    Topology topology = deployment.project().topology();
    return new TwinReaders(
        arn(deployment.outputs(), topology.rangeReader(KnownClouds.AWS)),
        arn(deployment.outputs(), topology.newestReader(KnownClouds.AWS)));
  }

  private static String arn(JsonObject outputs, DeployedFunction reader) {
    return outputs
        .object("functions")
        .flatMap(all -> all.object(reader.name()))
        .flatMap(one -> one.text("arn"))
        .orElseThrow(
            () ->
                new TwinloomException(
                    AwsDeployError.TWIN_NO_READER,
                    "A function that the twin's values are read through is not deployed.",
                    reader.name(),
                    "Deploy the twin again."));
  }
}
