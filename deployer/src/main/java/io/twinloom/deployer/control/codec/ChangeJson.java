package io.twinloom.deployer.control.codec;

import io.twinloom.deployer.control.ChangeReport;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;

/** {@link ChangeReport} as JSON. */
public final class ChangeJson {

  private ChangeJson() {}

  /** Writes it. */
  public static JsonObject write(ChangeReport report) {
    return JsonObject.builder()
        .put("changed", JsonArray.ofTexts(report.changed()))
        .put("exchanged", JsonArray.ofTexts(report.exchanged()))
        .build();
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IllegalArgumentException if it is something else
   */
  public static ChangeReport read(JsonObject json) {
    return new ChangeReport(Members.texts(json, "changed"), Members.texts(json, "exchanged"));
  }
}
