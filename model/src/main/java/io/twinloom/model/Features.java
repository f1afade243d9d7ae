package io.twinloom.model;

/** The switches of {@code config_optimization.json}; all off where the file is absent. */
public record Features(
    boolean useEventChecking,
    boolean triggerNotificationWorkflow,
    boolean returnFeedbackToDevice,
    boolean integrateErrorHandling,
    boolean needs3DModel) {

  /** Everything off. */
  public static final Features NONE = new Features(false, false, false, false, false);
}
