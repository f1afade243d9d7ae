package io.twinloom.deployer.control.codec;

import io.twinloom.deployer.control.RotationReport;
import io.twinloom.deployer.control.RotationReport.Rotated;
import io.twinloom.deployer.control.TokenList;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;

/** {@link TokenList} and {@link RotationReport} as JSON. */
public final class TokensJson {

  private TokensJson() {}

  /** Writes the connections' tokens by their fingerprints. */
  public static JsonObject write(TokenList list) {
    return JsonObject.builder()
        .put(
            "tokens",
            Members.array(
                list.tokens(),
                t ->
                    JsonObject.builder()
                        .put("id", t.id())
                        .put("provider", t.provider().id())
                        .put("function", t.function())
                        .put("url", t.url().toString())
                        .put("fingerprints", JsonArray.ofTexts(t.fingerprints()))
                        .build()))
        .build();
  }

  /** Writes which connections have new tokens. */
  public static JsonObject write(RotationReport report) {
    return JsonObject.builder()
        .put(
            "rotated",
            Members.array(
                report.rotated(),
                one ->
                    JsonObject.builder()
                        .put("id", one.id())
                        .put("formerValid", one.formerValid())
                        .build()))
        .build();
  }

  /** Reads what {@link #write(RotationReport)} wrote. */
  public static RotationReport readRotation(JsonObject json) {
    return new RotationReport(
        Members.list(
            json,
            "rotated",
            one -> new Rotated(Members.text(one, "id"), Members.flag(one, "formerValid"))));
  }
}
