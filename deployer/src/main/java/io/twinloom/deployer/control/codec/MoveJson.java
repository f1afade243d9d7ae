package io.twinloom.deployer.control.codec;

import io.twinloom.deployer.control.MoveReport;
import io.twinloom.deployer.control.MoveReport.Left;
import io.twinloom.deployer.control.MoveReport.Moved;
import io.twinloom.json.JsonObject;
import java.util.List;

/** {@link MoveReport} as JSON, which is also what a mover answers. */
public final class MoveJson {

  private MoveJson() {}

  /** Writes it. */
  public static JsonObject write(MoveReport report) {
    JsonObject.Builder json =
        JsonObject.builder()
            .put("items", report.moved().items())
            .put("chunks", report.moved().chunks())
            .put("bytes", report.moved().bytes())
            .put(
                "left",
                Members.array(
                    report.left(),
                    one ->
                        JsonObject.builder().put("key", one.key()).put("why", one.why()).build()));
    if (report.leftCount() > report.left().size()) {
      json.put("left_count", report.leftCount());
    }
    report.open().ifPresent(why -> json.put("open", why));
    if (report.busy()) {
      json.put("busy", true);
    }
    report.suspended().ifPresent(why -> json.put("suspended", why));
    return json.build();
  }

  /** Reads it. */
  public static MoveReport read(JsonObject json) {
    List<Left> left =
        Members.list(
            json, "left", one -> new Left(Members.text(one, "key"), Members.text(one, "why")));
    return new MoveReport(
        new Moved(
            Members.number(json, "items"),
            Members.number(json, "chunks"),
            Members.number(json, "bytes")),
        left,
        Math.max(left.size(), Members.number(json, "left_count")),
        json.text("open"),
        Members.flag(json, "busy"),
        json.text("suspended"));
  }
}
