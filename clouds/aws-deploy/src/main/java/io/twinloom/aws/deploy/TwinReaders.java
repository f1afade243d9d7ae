package io.twinloom.aws.deploy;

import io.twinloom.deployer.cloud.Deployment;
import io.twinloom.json.JsonObject;
import io.twinloom.model.FunctionKind;
import io.twinloom.model.TwinloomException;
import io.twinloom.topology.DeployedFunction;
import java.util.List;

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
    List<DeployedFunction> readers = deployment.project().topology().twinReaders();
    return new TwinReaders(
        arn(
            deployment.outputs(),
            readers,
            List.of(
                FunctionKind.HISTORY_READER, FunctionKind.DATA_CONNECTOR, FunctionKind.HOT_READER)),
        arn(
            deployment.outputs(),
            readers,
            List.of(FunctionKind.DATA_CONNECTOR_LAST_ENTRY, FunctionKind.HOT_READER_LAST_ENTRY)));
  }

  /** That of the first kind that there is. */
  private static String arn(
      JsonObject outputs, List<DeployedFunction> readers, List<FunctionKind> kinds) {
    return kinds.stream()
        .flatMap(kind -> readers.stream().filter(f -> f.kind() == kind))
        .findFirst()
        .flatMap(
            f ->
                outputs
                    .object("functions")
                    .flatMap(all -> all.object(f.name()))
                    .flatMap(one -> one.text("arn")))
        .orElseThrow(
            () ->
                new TwinloomException(
                    AwsDeployError.TWIN_NO_READER,
                    "A function that the twin's values are read through is not deployed.",
                    kinds.getFirst().id(),
                    "Deploy the twin again."));
  }
}
