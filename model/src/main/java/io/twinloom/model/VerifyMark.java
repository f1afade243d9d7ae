package io.twinloom.model;

import io.twinloom.model.json.JsonObject;

/** What marks a measurement of {@code verify}: it goes a measurement's way, and is none. */
public final class VerifyMark {

  /** The member that marks a measurement; its value tells this one from others. */
  public static final String MEMBER = "_verify";

  private VerifyMark() {}

  /** Whether a measurement is marked. */
  public static boolean isOn(JsonObject measurement) {
    return measurement.has(MEMBER);
  }
}
