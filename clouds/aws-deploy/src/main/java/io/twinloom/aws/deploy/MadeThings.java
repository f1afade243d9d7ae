package io.twinloom.aws.deploy;

import io.twinloom.json.JsonObject;
import io.twinloom.model.FunctionKind;
import io.twinloom.model.cloud.KnownClouds;
import io.twinloom.model.function.FunctionSpec;
import io.twinloom.model.function.FunctionSpec.Runs;
import io.twinloom.topology.DeployedFunction;
import io.twinloom.topology.Store;
import io.twinloom.topology.Topology;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What of a twin is on AWS, by what it is called there.
 *
 * @param outputs of the deployment
 */
record MadeThings(Topology topology, JsonObject outputs) {

  /** More curves make no picture, and are requests that are paid for. */
  private static final int MOST_FUNCTIONS = 30;

  /** What a function is called on AWS. */
  String id(DeployedFunction function) {
    return outputs
        .object("functions")
        .flatMap(all -> all.object(function.name()))
        .flatMap(one -> one.text("id"))
        .orElse(function.cloudName());
  }

  /** The functions, Twinloom's own first; not all where there are many. */
  List<DeployedFunction> functions() {
    JsonObject all = outputs.object("functions").orElse(JsonObject.EMPTY);
    return topology.functions().stream()
        .filter(f -> f.cloud() == KnownClouds.AWS && all.has(f.name()))
        .sorted(Comparator.comparing(MadeThings::isUserCode))
        .limit(MOST_FUNCTIONS)
        .toList();
  }

  private static boolean isUserCode(DeployedFunction function) {
    return FunctionSpec.of(function.kind()).runs() == Runs.USER_CODE;
  }

  static Optional<DeployedFunction> of(List<DeployedFunction> functions, FunctionKind kind) {
    return functions.stream().filter(f -> f.kind() == kind).findFirst();
  }

  /** Those of the functions that have a queue. */
  List<DeployedFunction> queues() {
    return functions().stream().filter(f -> FunctionSpec.of(f.kind()).queued()).toList();
  }

  /** The bucket of a purpose. */
  Optional<String> bucket(String purpose) {
    return outputs.object("buckets").flatMap(buckets -> buckets.text(purpose));
  }

  Optional<String> hotTable() {
    JsonObject stores = outputs.object("stores").orElse(JsonObject.EMPTY);
    return topology.stores().stream()
        .filter(s -> s.cloud() == KnownClouds.AWS && s.kind() == Store.Kind.HOT)
        .flatMap(s -> stores.text(s.name()).stream())
        .findFirst();
  }
}
