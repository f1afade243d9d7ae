package io.twinloom.cli.command;

import io.twinloom.cli.ExitCode;
import io.twinloom.cli.Output;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonBoolean;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import io.twinloom.model.Connections.Connection;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tokens}: the connections' tokens, never shown themselves. */
@Command(
    name = "tokens",
    description =
        "List the connections and how their tokens can be told apart, never the tokens; or give"
            + " connections new ones while the twin runs.")
final class TokensCommand extends DeployedCommand {

  private static final int FINGERPRINT_BYTES = 4;

  /** What to do with them. */
  enum Action {
    list,
    rotate
  }

  @Parameters(
      index = "1",
      arity = "0..1",
      defaultValue = "list",
      description = "list (the default) or rotate.")
  private Action action = Action.list;

  @Parameters(
      index = "2",
      arity = "0..1",
      paramLabel = "ID",
      description = "Rotate only this connection (default: all).")
  private @Nullable String connection;

  @Option(
      names = "--drop-former",
      description =
          "End former tokens at once, also those of dashboards, which may not have the new one.")
  private boolean dropFormer;

  @Override
  protected int run(Output output) {
    return action == Action.rotate ? rotate(output) : list(output);
  }

  private int rotate(Output output) {
    JsonObject result = running().rotateTokens(Optional.ofNullable(connection), dropFormer);
    List<String> lines = new ArrayList<>();
    for (JsonValue value : result.array("rotated").orElse(JsonArray.EMPTY)) {
      if (value instanceof JsonObject one) {
        boolean valid = one.get("formerValid") == JsonBoolean.TRUE;
        lines.add(
            String.format(
                Locale.ROOT,
                "%-40s %s",
                one.text("id").orElse(""),
                valid
                    ? "new token; the former one is valid until the next rotation"
                    : "new token"));
      }
    }
    if (lines.isEmpty()) {
      lines.add("No connections: all layers are on one cloud.");
    }
    output.result(result, lines);
    return ExitCode.DONE;
  }

  private int list(Output output) {
    List<JsonValue> tokens = new ArrayList<>();
    List<String> lines = new ArrayList<>();
    for (Map.Entry<String, Connection> entry : target().connections().byId().entrySet()) {
      Connection connection = entry.getValue();
      List<String> fingerprints =
          List.of(connection.token().split(",")).stream().map(t -> fingerprint(t.strip())).toList();
      tokens.add(
          JsonObject.builder()
              .put("id", entry.getKey())
              .put("provider", connection.provider().id())
              .put("function", connection.function())
              .put("url", connection.url().toString())
              .put("fingerprints", JsonArray.ofTexts(fingerprints))
              .build());
      lines.add(
          String.format(
              Locale.ROOT,
              "%-40s %-7s %-24s %s",
              entry.getKey(),
              connection.provider().id(),
              connection.function(),
              String.join(", ", fingerprints)));
    }
    if (lines.isEmpty()) {
      lines.add("No connections: nothing was deployed yet, or all layers are on one cloud.");
    }
    output.result(JsonObject.builder().put("tokens", new JsonArray(tokens)).build(), lines);
    return ExitCode.DONE;
  }

  /** The beginning of a token's digest: tells tokens apart and leads to none. */
  private static String fingerprint(String token) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, FINGERPRINT_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
