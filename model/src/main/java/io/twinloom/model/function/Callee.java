package io.twinloom.model.function;

import io.twinloom.model.EventRule.ActionType;
import io.twinloom.model.FunctionKind;

/** A function that another invokes where both are on one cloud, and how that one knows its name. */
public sealed interface Callee {

  /** Which function. */
  FunctionKind kind();

  /**
   * Its name is in a setting.
   *
   * @param variable the environment variable
   */
  record Named(FunctionKind kind, String variable) implements Callee {}

  /**
   * What follows the twin's name in its name is in a setting.
   *
   * @param variable the environment variable
   */
  record Suffixed(FunctionKind kind, String variable) implements Callee {}

  /** Its name follows from the twin's, and that of a user's processor from the device's too. */
  record ByConvention(FunctionKind kind) implements Callee {}

  /**
   * A rule names it, and it may be one that is not the twin's.
   *
   * @param action the rules' type of action
   */
  record OfRule(FunctionKind kind, ActionType action) implements Callee {}

  /** The twin's workflow, which the cloud's own service runs. */
  record Workflow(FunctionKind kind) implements Callee {}
}
