package io.twinloom.cost.usage;

import io.twinloom.cost.error.CostError;
import io.twinloom.cost.estimate.Estimate;
import io.twinloom.json.Json;
import io.twinloom.json.JsonNumber;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import io.twinloom.model.ProjectFiles;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.text.Nearest;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads numbers of the usage: from a usage file, or from {@code result.inputParamsUsed} of {@code
 * config_optimization.json}, which has the same names.
 */
public final class UsageFile {

  private static final String INPUT = "config_optimization.json";

  private UsageFile() {}

  /**
   * The numbers of a usage file: an object of numbers, or of {@code {"low", "expected", "high"}}.
   *
   * @param name the file's name, for messages
   * @throws TwinloomException if a name is unknown, or a number is beyond its limits
   */
  public static Map<UsageKey, UsageValue> read(JsonObject file, String name) {
    Map<UsageKey, UsageValue> values = new EnumMap<>(UsageKey.class);
    for (Map.Entry<String, JsonValue> member : file.members().entrySet()) {
      String id = member.getKey();
      if (!id.startsWith("_comment") && !id.equals("$schema")) {
        String where = name + " /" + id;
        UsageKey key = UsageKey.of(id).orElseThrow(() -> unknown(id, where));
        values.put(key, UsageValue.of(estimate(key, member.getValue(), where), Origin.USAGE_FILE));
      }
    }
    return values;
  }

  /**
   * The numbers that a project's {@code config_optimization.json} has; none where there is no such
   * file.
   *
   * @throws IOException if it cannot be read
   */
  public static Map<UsageKey, UsageValue> readInput(ProjectFiles files) throws IOException {
    Optional<byte[]> bytes = files.read(INPUT);
    try {
      return bytes.isPresent() ? readInput(Json.parseObject(bytes.get())) : Map.of();
    } catch (IllegalArgumentException e) {
      // Validation speaks of a file that is not JSON.
      return Map.of();
    }
  }

  /**
   * The numbers that a project's {@code config_optimization.json} has. Other members are not about
   * usage, and a number that cannot be one is left out: validation speaks of the file.
   */
  public static Map<UsageKey, UsageValue> readInput(JsonObject optimization) {
    Map<UsageKey, UsageValue> values = new EnumMap<>(UsageKey.class);
    optimization
        .object("result")
        .flatMap(result -> result.object("inputParamsUsed"))
        .ifPresent(
            used ->
                used.members()
                    .forEach(
                        (id, value) ->
                            UsageKey.of(id)
                                .filter(key -> value instanceof JsonNumber)
                                .ifPresent(
                                    key -> {
                                      Estimate read = estimate(key, value, INPUT + " " + id);
                                      values.put(key, UsageValue.of(read, Origin.PROJECT_INPUT));
                                    })));
    return values;
  }

  private static Estimate estimate(UsageKey key, JsonValue value, String where) {
    if (value instanceof JsonObject levels) {
      Estimate estimate =
          new Estimate(
              number(key, levels.get("low"), where + "/low"),
              number(key, levels.get("expected"), where + "/expected"),
              number(key, levels.get("high"), where + "/high"));
      boolean falls = key == UsageKey.INTERVAL;
      int lower = estimate.low().compareTo(estimate.expected());
      int upper = estimate.expected().compareTo(estimate.high());
      if (falls ? lower < 0 || upper < 0 : lower > 0 || upper > 0) {
        throw new TwinloomException(
            CostError.USAGE_INVALID,
            key.id() + " has low, expected and high in the wrong order.",
            where,
            falls
                ? "\"low\" is what costs least: the longest interval."
                : "\"low\" is the least of the three.");
      }
      return estimate;
    }
    return Estimate.exactly(number(key, value, where));
  }

  private static BigDecimal number(UsageKey key, @Nullable JsonValue value, String where) {
    if (!(value instanceof JsonNumber number)) {
      throw invalid(key, "is not a number", where);
    }
    BigDecimal read = number.asDecimal();
    if (!key.allows(read)) {
      throw invalid(key, "is " + read.toPlainString() + ", which it cannot be", where);
    }
    return read;
  }

  private static TwinloomException invalid(UsageKey key, String what, String where) {
    return new TwinloomException(
        CostError.USAGE_INVALID,
        key.id() + " " + what + ".",
        where,
        "Write a number of "
            + key.unit()
            + " from "
            + key.least().toPlainString()
            + " to "
            + key.most().toPlainString()
            + ".");
  }

  private static TwinloomException unknown(String id, String where) {
    List<String> known = Arrays.stream(UsageKey.values()).map(UsageKey::id).toList();
    String near = Nearest.to(id, known).map(name -> "Did you mean " + name + "? ").orElse("");
    return new TwinloomException(
        CostError.USAGE_INVALID,
        "There is no number of this name.",
        where,
        near + "docs/cost.md lists the names.");
  }
}
