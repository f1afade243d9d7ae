package io.twinloom.model.function;

/** How {@code verify} follows a marked measurement through a function. */
public enum VerifyStep {
  /** The measurement passes it on its way to the hot store. */
  INBOUND,
  /** It is invoked with the measurement once that is stored. */
  AFTER_STORING,
  /** The measurement is read back through it. */
  READ_BACK
}
