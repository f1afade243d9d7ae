package io.twinloom.topology;

import io.twinloom.model.FunctionKind;
import io.twinloom.model.Layer;
import io.twinloom.model.Project;
import io.twinloom.model.StoreLegs.Copy;

/**
 * What carries a twin's newest values over uses: the former graph on its own cloud, or, where the
 * former service keeps no values, the readers of the history; and of the updaters the new one.
 */
record TwinCopying(Project project) {

  /** Whether a function of a layer uses another one at all; all but the one that copies do. */
  boolean isUsed(FunctionKind caller, Layer layer, FunctionKind callee) {
    return caller != FunctionKind.TWIN_COPIER
        || callee == FunctionKind.TWIN_UPDATER
        || layer != Layer.L4;
  }

  /** Whether a function invokes another one of its own cloud. */
  boolean isInvoked(DeployedFunction caller, FunctionKind callee) {
    if (caller.kind() == FunctionKind.TWIN_COPIER && callee == FunctionKind.TWIN_UPDATER) {
      return project.legs().of(Layer.L4).copy().map(Copy::to).stream()
          .anyMatch(to -> to == caller.cloud());
    }
    return isUsed(caller.kind(), caller.layer(), callee);
  }
}
