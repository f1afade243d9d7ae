package io.twinloom.topology;

/**
 * A time at which a function runs by itself.
 *
 * @param cron five fields, UTC: minute, hour, day of month, month, day of week
 */
public record Schedule(String name, String function, String cron, String what) {

  /** Whether it only ends a run that is still open, and begins none. */
  public boolean continues() {
    return name.endsWith(CONTINUE);
  }

  static final String CONTINUE = "-continue";
}
