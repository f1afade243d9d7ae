package io.twinloom.deployer.cloud;

import io.twinloom.deployer.terraform.PlannedChanges;

/** Is asked before anything on a cloud is changed. */
@FunctionalInterface
public interface Confirmation {

  /** Whether these changes are to be made. */
  boolean of(PlannedChanges changes);
}
