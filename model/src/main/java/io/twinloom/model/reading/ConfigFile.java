package io.twinloom.model.reading;

import io.twinloom.json.JsonString;
import io.twinloom.json.Located;
import io.twinloom.model.Names;
import io.twinloom.model.ProblemCollector;
import io.twinloom.model.TwinConfig;
import io.twinloom.model.TwinConfig.Mode;
import io.twinloom.model.TwinConfig.Signing;
import io.twinloom.model.TwinConfig.SigningMode;
import io.twinloom.model.error.ModelError;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code config.json}. */
final class ConfigFile {
  static final String PATH = "config.json";

  /** A thousand years: a cut-off so long ago still has a year of four digits. */
  private static final int MAX_DAYS = 365_000;

  private static final List<String> MODES = List.of("DEBUG", "PRODUCTION");
  private static final List<String> SIGNING = List.of("off", "on", "strict");

  private ConfigFile() {}

  static @Nullable TwinConfig read(Located root, ProblemCollector problems) {
    Members members = Members.of(root, problems, "Write {\"digital_twin_name\": \"my-twin\", …}.");
    if (members == null) {
      return null;
    }
    String name = name(members, problems);
    Integer hot = days(members, "hot_storage_size_in_days", 30);
    Integer cold = days(members, "cold_storage_size_in_days", 90);
    Mode mode = mode(members, problems);
    boolean history = members.flag("history_over_tiers", true);
    boolean compress = members.flag("compress_chunks", false);
    Signing signing = signing(members.optional("signed_connections"), problems);
    members.done();
    return name == null || hot == null || cold == null || mode == null
        ? null
        : new TwinConfig(name, hot, cold, mode, history, compress, signing);
  }

  private static @Nullable String name(Members members, ProblemCollector problems) {
    String fix = "Write a name of 1 to 40 of the characters a-z A-Z 0-9 - _, such as \"my-twin\".";
    String name = members.text("digital_twin_name", fix);
    Located at = members.optional("digital_twin_name");
    if (name == null || at == null) {
      return null;
    }
    if (!Names.isTwinName(name)) {
      problems.error(
          ModelError.NAME_ILLEGAL,
          at,
          Quoting.quoted(name) + " cannot be the name of a twin: resources are named after it.",
          fix);
      return null;
    }
    return name;
  }

  private static @Nullable Integer days(Members members, String key, int example) {
    return members.wholeNumber(
        key, 1, MAX_DAYS, "Write a whole number of days, at least 1, such as " + example + ".");
  }

  private static @Nullable Mode mode(Members members, ProblemCollector problems) {
    String fix = "Write \"DEBUG\" (logs may hold payloads) or \"PRODUCTION\".";
    String mode = members.text("mode", fix);
    Located at = members.optional("mode");
    if (mode == null || at == null) {
      return null;
    }
    return switch (mode) {
      case "DEBUG" -> Mode.DEBUG;
      case "PRODUCTION" -> Mode.PRODUCTION;
      default -> {
        problems.error(
            ModelError.VALUE_UNKNOWN,
            at,
            "\"mode\" is " + Quoting.quoted(mode) + ", which is not a mode.",
            Quoting.write(mode, MODES));
        yield null;
      }
    };
  }

  private static Signing signing(@Nullable Located at, ProblemCollector problems) {
    if (at == null) {
      return new Signing(SigningMode.OFF, Map.of());
    }
    if (!at.isObject()) {
      return new Signing(signingMode(at, problems), Map.of());
    }
    Map<String, SigningMode> byConnection = new LinkedHashMap<>();
    for (Map.Entry<String, Located> member : at.members().entrySet()) {
      String id = member.getKey();
      if (!id.startsWith("_comment")) {
        if (ConnectionId.of(id) == null) {
          problems.nameWarning(
              ModelError.CONNECTION_UNKNOWN,
              member.getValue(),
              Quoting.quoted(id) + " is the id of no connection, so this has no effect.",
              "Write an id as 'twinloom plan' shows it, such as \"aws_l1_to_azure_l2\".");
        }
        byConnection.put(id, signingMode(member.getValue(), problems));
      }
    }
    return new Signing(SigningMode.OFF, byConnection);
  }

  private static SigningMode signingMode(Located at, ProblemCollector problems) {
    if (at.value() instanceof JsonString text) {
      switch (text.value()) {
        case "off":
          return SigningMode.OFF;
        case "on":
          return SigningMode.ON;
        case "strict":
          return SigningMode.STRICT;
        default:
          break;
      }
    }
    problems.error(
        ModelError.VALUE_UNKNOWN,
        at,
        Members.name(at) + " is " + Quoting.shown(at.value()) + ", which is not a way of signing.",
        Quoting.write(at.value() instanceof JsonString s ? s.value() : "", SIGNING)
            .concat(" An object may give one of these for each connection id."));
    return SigningMode.OFF;
  }
}
