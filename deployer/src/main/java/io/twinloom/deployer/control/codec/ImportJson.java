package io.twinloom.deployer.control.codec;

import io.twinloom.deployer.control.ImportReport;
import io.twinloom.deployer.control.ImportReport.Refusal;
import io.twinloom.json.JsonObject;

/** What became of imported items, as JSON. */
public final class ImportJson {

  private ImportJson() {}

  /** Writes it. */
  public static JsonObject write(ImportReport report) {
    return JsonObject.builder()
        .put("stored", report.stored())
        .put("present", report.present())
        .put("refused", Members.array(report.refused(), ImportJson::write))
        .put("pending", report.pending())
        .build();
  }

  private static JsonObject write(Refusal refusal) {
    return JsonObject.builder()
        .put("index", refusal.index())
        .put("code", refusal.code())
        .put("what", refusal.what())
        .put("fix", refusal.fix())
        .build();
  }

  /** Reads it. */
  public static ImportReport read(JsonObject json) {
    return new ImportReport(
        Members.number(json, "stored"),
        Members.number(json, "present"),
        Members.list(
            json,
            "refused",
            one ->
                new Refusal(
                    (int) Members.number(one, "index"),
                    Members.text(one, "code"),
                    Members.text(one, "what"),
                    Members.text(one, "fix"))),
        Members.number(json, "pending"));
  }
}
