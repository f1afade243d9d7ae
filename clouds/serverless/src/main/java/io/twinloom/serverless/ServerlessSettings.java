package io.twinloom.serverless;

import io.twinloom.functions.error.ConfigurationError;
import io.twinloom.functions.settings.Environment;
import io.twinloom.functions.tier.HotToColdMover;
import io.twinloom.model.FunctionKind;
import io.twinloom.model.function.FunctionSpec;
import io.twinloom.model.function.Need;
import io.twinloom.model.trace.TraceSampling;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a function reads from its environment on a functions service besides its own settings: which
 * function it is, and what it uses of its cloud.
 *
 * @param kind which function it is
 * @param name what other functions call it by
 * @param resources the names of the tables, buckets and so on behind the ports that it needs and
 *     that are on its cloud
 * @param sampling which traces have a line in the log for each invocation
 */
public record ServerlessSettings(
    FunctionKind kind, String name, Map<Need, String> resources, TraceSampling sampling) {

  private static final String KIND = "TWINLOOM_FUNCTION_KIND";
  private static final String NAME = "TWINLOOM_FUNCTION_NAME";
  private static final String TIME_LIMIT = "MOVER_TIME_LIMIT_SECONDS";

  /** Each of a mover's lanes holds a few chunks, in a function of 1,024 MB. */
  private static final String LANES_AT_ONCE = "4";

  public ServerlessSettings {
    resources = Map.copyOf(resources);
  }

  /**
   * Reads a function's settings.
   *
   * @param variables by port, the cloud's variable with the name of what is behind it
   * @throws ConfigurationError if one that this kind of function cannot do without is missing
   */
  public static ServerlessSettings of(Environment environment, Map<Need, String> variables) {
    FunctionKind kind =
        FunctionKind.of(environment.required(KIND))
            .orElseThrow(() -> ConfigurationError.bad(KIND, "there is no function of that kind."));
    FunctionSpec spec = FunctionSpec.of(kind);
    Map<Need, String> resources = new EnumMap<>(Need.class);
    variables.forEach(
        (need, variable) -> {
          if (spec.requires(need)) {
            resources.put(need, environment.required(variable));
          } else if (spec.needs(need)) {
            environment.optional(variable).ifPresent(name -> resources.put(need, name));
          }
        });
    return new ServerlessSettings(
        kind,
        environment.required(NAME),
        resources,
        environment
            .number(TraceSampling.SETTING)
            .map(TraceSampling::new)
            .orElse(TraceSampling.DEFAULT));
  }

  /** The name in an environment that could not be read as a whole; empty if there is none. */
  public static String nameIn(Map<String, String> variables) {
    return variables.getOrDefault(NAME, "");
  }

  /** The name of what is behind a port; empty where the function does not use it here. */
  public Optional<String> resource(Need need) {
    return Optional.ofNullable(resources.get(need));
  }

  /**
   * The variables of a function that continues in its next run where it stopped: it ends by itself
   * after this time, if they do not say when, and moves items in lanes, since a cloud's store takes
   * only so much of one device at a time.
   *
   * @param seconds less than what the cloud gives it
   */
  public static Map<String, String> limited(
      FunctionKind kind, Map<String, String> variables, int seconds) {
    if (!FunctionSpec.of(kind).needs(Need.MOVE_PLANS)) {
      return variables;
    }
    Map<String, String> limited = new HashMap<>(variables);
    limited.putIfAbsent(TIME_LIMIT, Integer.toString(seconds));
    limited.putIfAbsent(HotToColdMover.Settings.LANES, LANES_AT_ONCE);
    return limited;
  }
}
