package io.twinloom.deployer.control.codec;

import io.twinloom.deployer.control.VerifyReport;
import io.twinloom.deployer.control.VerifyReport.Hop;
import io.twinloom.json.JsonNull;
import io.twinloom.json.JsonNumber;
import io.twinloom.json.JsonObject;
import java.util.OptionalDouble;

/** {@link VerifyReport} as JSON. */
public final class VerifyJson {

  private VerifyJson() {}

  /** Writes it; milliseconds have two decimals. */
  public static JsonObject write(VerifyReport report) {
    return JsonObject.builder()
        .put("ok", report.ok())
        .put("device", report.device())
        .put("hops", Members.array(report.hops(), VerifyJson::hop))
        .build();
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IllegalArgumentException if it is something else
   */
  public static VerifyReport read(JsonObject json) {
    return new VerifyReport(
        Members.text(json, "device"), Members.list(json, "hops", VerifyJson::hop));
  }

  private static JsonObject hop(Hop hop) {
    JsonObject.Builder json =
        JsonObject.builder()
            .put("function", hop.function())
            .put("cloud", hop.cloud().id())
            .put("ok", hop.ok());
    if (hop.millis().isPresent()) {
      json.put("ms", Math.round(hop.millis().getAsDouble() * 100) / 100.0);
    } else {
      json.put("ms", JsonNull.NULL);
    }
    hop.detail().ifPresent(d -> json.put("detail", d));
    return json.build();
  }

  private static Hop hop(JsonObject json) {
    return new Hop(
        Members.text(json, "function"),
        Members.provider(json, "cloud"),
        Members.flag(json, "ok"),
        json.get("ms") instanceof JsonNumber n
            ? OptionalDouble.of(n.asDouble())
            : OptionalDouble.empty(),
        json.text("detail"));
  }
}
