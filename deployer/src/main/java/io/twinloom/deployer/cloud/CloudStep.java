package io.twinloom.deployer.cloud;

import io.twinloom.deployer.Progress;

/**
 * Something that a deployment makes beside Terraform, after it, and that {@link CloudAccount#undo}
 * takes away again before Terraform does. It may be made again at any time: what is there already
 * is changed to what it should be.
 */
public interface CloudStep {

  /** Its name in the journal; stays the same over versions. */
  String id();

  /** Whether what it makes sends a token of a connection, and is made again when that changes. */
  default boolean holdsTokens() {
    return false;
  }

  /** Makes it, or changes it to what the project says now. */
  void make(Progress progress);
}
