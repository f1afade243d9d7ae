package io.twinloom.deployer.cloud;

import io.twinloom.deployer.Progress;

/**
 * Something that a deployment makes beside Terraform, after it, and that destroying undoes before
 * it. Both may be run again at any time: what is there already is changed to what it should be,
 * what is gone already is gone.
 */
public interface CloudStep {

  /** Its name in the journal; stays the same over versions. */
  String id();

  /** Makes it, or changes it to what the project says now. */
  void make(Progress progress);

  /** Takes it away. */
  void undo(Progress progress);
}
