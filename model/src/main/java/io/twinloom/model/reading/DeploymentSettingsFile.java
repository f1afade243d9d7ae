package io.twinloom.model.reading;

import io.twinloom.json.JsonNumber;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonString;
import io.twinloom.json.Located;
import io.twinloom.model.ProblemCollector;
import io.twinloom.model.error.ModelError;
import io.twinloom.model.trace.TraceSampling;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code terraform_settings.json}: variables of the HCL that have defaults there. */
final class DeploymentSettingsFile {
  static final String PATH = "terraform_settings.json";

  /** How many days logs may be kept: the log services of clouds take no others. */
  private static final List<Integer> RETENTION_DAYS =
      List.of(
          1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557,
          2922, 3288, 3653);

  private static final int WEEK_SECONDS = 604_800;

  /** One trace in so many at the rarest. */
  private static final int RAREST_TRACE = 1_000_000;

  private final Members members;
  private final ProblemCollector problems;
  private final JsonObject.Builder values = JsonObject.builder();

  private DeploymentSettingsFile(Members members, ProblemCollector problems) {
    this.members = members;
    this.problems = problems;
  }

  /** What is set and right, by the variables' names. */
  static JsonObject read(Located root, ProblemCollector problems) {
    Members members = Members.of(root, problems, "Write {\"log_retention_days\": 30}.");
    return members == null
        ? JsonObject.EMPTY
        : new DeploymentSettingsFile(members, problems).read();
  }

  private JsonObject read() {
    whole("batch_window_seconds", 0, 300, 1);
    whole("put_off_limit_seconds", 60, WEEK_SECONDS, 21_600);
    whole("mover_runs", 1, 16, 1);
    retention("log_retention_days");
    whole("trace_sampling", 1, RAREST_TRACE, TraceSampling.DEFAULT.oneIn());
    flag("xray");
    texts("tags");
    members.done();
    return values.build();
  }

  private @Nullable Integer whole(String name, int from, int to, int usual) {
    Located at = members.optional(name);
    Integer value =
        at == null
            ? null
            : members.wholeNumber(
                name,
                from,
                to,
                "Write a whole number from " + from + " to " + to + ", such as " + usual + ".");
    if (value != null) {
      values.put(name, JsonNumber.of(value));
    }
    return value;
  }

  private void flag(String name) {
    if (members.optional(name) != null) {
      values.put(name, members.flag(name, false));
    }
  }

  private void retention(String name) {
    Located at = members.optional(name);
    Integer days = whole(name, RETENTION_DAYS.getFirst(), RETENTION_DAYS.getLast(), 30);
    if (at != null && days != null && !RETENTION_DAYS.contains(days)) {
      problems.error(
          ModelError.VALUE_RANGE,
          at,
          Members.name(at) + " is " + days + ", for which no cloud keeps logs.",
          "Write one of "
              + String.join(", ", RETENTION_DAYS.stream().map(String::valueOf).toList())
              + ".");
    }
  }

  private void texts(String name) {
    Located at = members.optional(name);
    String fix = "Write an object of texts, such as {\"cost-centre\": \"17\"}.";
    if (at == null || Members.of(at, problems, fix) == null) {
      return;
    }
    for (Map.Entry<String, Located> member : at.members().entrySet()) {
      if (!(member.getValue().value() instanceof JsonString)) {
        problems.error(
            ModelError.VALUE_TYPE,
            member.getValue(),
            Members.notA("a text", member.getValue()),
            fix);
      }
    }
    values.put(name, at.value());
  }
}
