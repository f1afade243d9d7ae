package io.twinloom.topology;

import io.twinloom.model.FunctionKind;
import io.twinloom.model.Provider;

/**
 * A time at which a function runs by itself.
 *
 * @param id the function
 * @param kind which function that is
 * @param cron five fields, UTC: minute, hour, day of month, month, day of week
 */
public record Schedule(String name, FunctionId id, FunctionKind kind, String cron, String what) {

  static final String CONTINUE = "-continue";

  /** Whether it only ends a run that is still open, and begins none. */
  public boolean continues() {
    return name.endsWith(CONTINUE);
  }

  /** The function's name. */
  public String function() {
    return id.name();
  }

  /** Where the function is. */
  public Provider cloud() {
    return id.cloud();
  }
}
