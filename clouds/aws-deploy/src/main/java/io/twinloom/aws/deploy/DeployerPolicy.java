package io.twinloom.aws.deploy;

import io.twinloom.json.Json;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What a deployer may do, as documents that are pasted into IAM. */
final class DeployerPolicy {

  /**
   * The most characters, without blanks, that a policy of a customer's own has.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html#reference_iam-quotas-entity-length">
   *     IAM quotas</a>
   */
  static final int LONGEST = 6_144;

  /** Which services take a role of the twin's. */
  static final List<String> ROLE_TAKERS =
      List.of(
          "grafana.amazonaws.com",
          "iot.amazonaws.com",
          "iottwinmaker.amazonaws.com",
          "lambda.amazonaws.com",
          "scheduler.amazonaws.com",
          "states.amazonaws.com");

  /** What {@code check-credentials} itself asks. */
  private static final String SIMULATE = "iam:SimulatePrincipalPolicy";

  /** Functions are tagged by the same actions. */
  private static final Set<String> TAGGING =
      Set.of("lambda:ListTags", "lambda:TagResource", "lambda:UntagResource");

  private DeployerPolicy() {}

  /** By what they can be limited to. */
  static Map<PolicyScope, Set<String>> byScope(Collection<String> actions) {
    Map<PolicyScope, Set<String>> byScope = new EnumMap<>(PolicyScope.class);
    for (String action : actions) {
      byScope.computeIfAbsent(PolicyScope.of(action), s -> new TreeSet<>()).add(action);
    }
    return byScope;
  }

  /** One document, or several where one would be longer than IAM takes. */
  static List<JsonObject> documents(Set<String> actions, TwinArns arns) {
    List<JsonObject> statements = new ArrayList<>();
    byScope(actions)
        .forEach(
            (scope, some) -> {
              Set<String> all = new TreeSet<>(some);
              if (scope == PolicyScope.ANYTHING) {
                all.add(SIMULATE);
              }
              if (scope == PolicyScope.EVENT_SOURCES) {
                all.addAll(TAGGING);
              }
              statements.add(statement(scope, all, arns));
            });
    if (!arns.foreignFunctions().isEmpty()) {
      statements.add(
          allow("ExistingFunctions", Set.of("lambda:InvokeFunction"), arns.foreignFunctions())
              .build());
    }
    return split(statements);
  }

  private static JsonObject statement(PolicyScope scope, Set<String> actions, TwinArns arns) {
    JsonObject.Builder statement = allow(sid(scope), actions, arns.of(scope));
    if (scope == PolicyScope.PASSED_ROLES) {
      JsonObject services =
          JsonObject.builder().put("iam:PassedToService", JsonArray.ofTexts(ROLE_TAKERS)).build();
      statement.put("Condition", JsonObject.builder().put("StringEquals", services).build());
    }
    return statement.build();
  }

  private static JsonObject.Builder allow(String sid, Set<String> actions, List<String> resources) {
    return JsonObject.builder()
        .put("Sid", sid)
        .put("Effect", "Allow")
        .put("Action", JsonArray.ofTexts(List.copyOf(new TreeSet<>(actions))))
        .put("Resource", JsonArray.ofTexts(resources));
  }

  /** Such as {@code PassedRoles}: an id has letters and digits. */
  private static String sid(PolicyScope scope) {
    StringBuilder sid = new StringBuilder();
    for (String word : scope.name().split("_", -1)) {
      sid.append(word.charAt(0)).append(word.substring(1).toLowerCase(java.util.Locale.ROOT));
    }
    return sid.toString();
  }

  private static List<JsonObject> split(List<JsonObject> statements) {
    List<JsonObject> documents = new ArrayList<>();
    List<JsonObject> some = new ArrayList<>();
    for (JsonObject statement : statements) {
      some.add(statement);
      if (some.size() > 1 && Json.text(document(some)).length() > LONGEST) {
        some.removeLast();
        documents.add(document(some));
        some = new ArrayList<>(List.of(statement));
      }
    }
    documents.add(document(some));
    return documents;
  }

  private static JsonObject document(List<JsonObject> statements) {
    return JsonObject.builder()
        .put("Version", "2012-10-17")
        .put("Statement", new JsonArray(List.copyOf(statements)))
        .build();
  }
}
