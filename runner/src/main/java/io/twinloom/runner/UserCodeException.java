package io.twinloom.runner;

/**
 * User code could not be loaded, failed, or returned what cannot be used. The message says so in
 * one line, for people, and there is nothing else in it: no stack trace, no cause.
 */
public final class UserCodeException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** Where it went wrong. */
  public enum Stage {
    /** Its class could not be loaded or made: no event was given to it. */
    LOADING,
    /** It was given an event. */
    RUNNING
  }

  private final Stage stage;

  UserCodeException(Stage stage, String message) {
    super(message, null, false, false);
    this.stage = stage;
  }

  public Stage stage() {
    return stage;
  }
}
