package io.twinloom.deployer.change;

import io.twinloom.deployer.PreparedProject;
import io.twinloom.json.JsonBoolean;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonString;
import io.twinloom.json.JsonValue;
import io.twinloom.model.TwinConfig;
import io.twinloom.model.TwinConfig.Signing;
import io.twinloom.model.TwinConfig.SigningMode;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The settings that a running twin takes in steps only, see {@link SettingSteps}: how chunks are
 * kept, and which requests are signed.
 */
public record SteppedSettings(boolean compressChunks, Signing signedConnections) {

  private static final String COMPRESS = "compressChunks";
  private static final String EVERYWHERE = "signing";
  private static final String BY_CONNECTION = "signingByConnection";

  /** Those of a version. */
  public static SteppedSettings of(PreparedProject version) {
    TwinConfig config = version.project().config();
    return new SteppedSettings(config.compressChunks(), config.signedConnections());
  }

  /** Another version with these. */
  public PreparedProject in(PreparedProject version) {
    TwinConfig now = version.project().config();
    TwinConfig with = now.withChunksAndSigning(compressChunks, signedConnections);
    return with.equals(now) ? version : version.with(with, version.project().fleet());
  }

  /** As they are written down. */
  public JsonObject toJson() {
    JsonObject.Builder connections = JsonObject.builder();
    signedConnections.byConnection().forEach((id, mode) -> connections.put(id, text(mode)));
    return JsonObject.builder()
        .put(COMPRESS, compressChunks)
        .put(EVERYWHERE, text(signedConnections.everywhere()))
        .put(BY_CONNECTION, connections.build())
        .build();
  }

  /**
   * Reads what {@link #toJson} has written.
   *
   * @throws IllegalArgumentException if it is something else
   */
  public static SteppedSettings of(JsonObject json) {
    if (!(json.get(COMPRESS) instanceof JsonBoolean compress)) {
      throw new IllegalArgumentException("\"" + COMPRESS + "\" is neither true nor false");
    }
    Map<String, SigningMode> connections = new LinkedHashMap<>();
    json.object(BY_CONNECTION)
        .orElseThrow(() -> new IllegalArgumentException("\"" + BY_CONNECTION + "\" is missing"))
        .members()
        .forEach((id, mode) -> connections.put(id, mode(id, mode)));
    return new SteppedSettings(
        compress.value(), new Signing(mode(EVERYWHERE, json.get(EVERYWHERE)), connections));
  }

  private static String text(SigningMode mode) {
    return mode.name().toLowerCase(Locale.ROOT);
  }

  private static SigningMode mode(String name, @Nullable JsonValue value) {
    return Stream.of(SigningMode.values())
        .filter(mode -> new JsonString(text(mode)).equals(value))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("\"" + name + "\" is no mode of signing"));
  }
}
