package io.twinloom.model.cloud;

import io.twinloom.json.JsonObject;
import io.twinloom.json.Located;
import io.twinloom.model.ProblemCollector;
import io.twinloom.model.error.ModelError;
import io.twinloom.model.reading.Members;
import io.twinloom.model.reading.Quoting;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What Logic Apps refuses of a workflow that it is given.
 *
 * @see <a
 *     href="https://learn.microsoft.com/azure/logic-apps/logic-apps-workflow-definition-language">
 *     Workflow Definition Language</a>
 */
final class LogicApp {
  private static final String SCHEMA =
      "https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#";
  private static final Pattern KNOWN_SCHEMA =
      Pattern.compile(
          "https?://schema\\.management\\.azure\\.com/(?:providers/Microsoft\\.Logic/)?schemas/"
              + "\\d{4}-\\d{2}-\\d{2}(?:-preview)?/(?i:workflowdefinition)\\.json#?");
  private static final String FIX =
      "Write {\"definition\": {\"$schema\": \""
          + SCHEMA
          + "\", \"triggers\": {…}, \"actions\": {…}}}.";

  private LogicApp() {}

  static void check(Located root, ProblemCollector problems) {
    Members top = Members.of(root, problems, FIX);
    if (top == null) {
      return;
    }
    boolean isBare = root.member("triggers") != null || root.member("actions") != null;
    Located definition =
        top.required("definition", isBare ? "Put what is here into {\"definition\": …}." : FIX);
    Members members = definition == null ? null : Members.of(definition, problems, FIX);
    if (members == null) {
      return;
    }
    schema(members, problems);
    parts(members.required("triggers", FIX), problems);
    Located actions = members.required("actions", FIX);
    parts(actions, problems);
    if (actions != null) {
      order(actions, problems);
    }
  }

  private static void schema(Members definition, ProblemCollector problems) {
    String schema = definition.text("$schema", "Write \"" + SCHEMA + "\".");
    Located at = definition.optional("$schema");
    if (schema != null && at != null && !KNOWN_SCHEMA.matcher(schema).matches()) {
      problems.error(
          ModelError.WORKFLOW_SHAPE,
          at,
          "\"$schema\" is " + Quoting.quoted(schema) + ", which is not that of Logic Apps.",
          "Write \"" + SCHEMA + "\".");
    }
  }

  /** Triggers or actions: objects, each with its type. */
  private static void parts(@Nullable Located at, ProblemCollector problems) {
    if (at == null || Members.of(at, problems, FIX) == null) {
      return;
    }
    for (Located part : at.members().values()) {
      Members members = Members.of(part, problems, "Write {\"type\": \"Http\", …}.");
      if (members != null) {
        members.text("type", "Write the type, such as \"Request\" or \"Http\".");
      }
    }
  }

  /** What an action runs after must be another action. */
  private static void order(Located actions, ProblemCollector problems) {
    Set<String> names = actions.members().keySet();
    for (Map.Entry<String, Located> action : actions.members().entrySet()) {
      Located after = action.getValue().member("runAfter");
      if (after == null || !(after.value() instanceof JsonObject)) {
        continue;
      }
      for (Map.Entry<String, Located> before : after.members().entrySet()) {
        if (!names.contains(before.getKey()) || before.getKey().equals(action.getKey())) {
          problems.error(
              ModelError.WORKFLOW_SHAPE,
              before.getValue(),
              "\"runAfter\" names "
                  + Quoting.quoted(before.getKey())
                  + ", which is no other action beside this one.",
              "Write the name of an action." + Quoting.hint(before.getKey(), names));
        }
      }
    }
  }
}
