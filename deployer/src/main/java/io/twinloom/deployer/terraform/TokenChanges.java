package io.twinloom.deployer.terraform;

import io.twinloom.deployer.terraform.PlannedChanges.Action;
import io.twinloom.deployer.terraform.PlannedChanges.Change;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonBoolean;
import io.twinloom.json.JsonNull;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonString;
import io.twinloom.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Tells the tokens in a plan from what else it holds. A token is the value of a setting whose name
 * ends in {@code _TOKEN}, wherever a cloud keeps a function's settings.
 *
 * @see <a href="https://developer.hashicorp.com/terraform/internals/json-format">JSON output
 *     format: change representation</a>
 */
final class TokenChanges {

  private static final String TOKEN = "_TOKEN";

  private TokenChanges() {}

  /**
   * What a plan would do beside changing tokens.
   *
   * @param shown what {@code terraform show -json} says of it
   */
  static List<Change> others(JsonObject shown, TerraformParts parts) {
    List<Change> others = new ArrayList<>();
    for (JsonValue value : shown.array("resource_changes").orElse(JsonArray.EMPTY)) {
      if (value instanceof JsonObject resource
          && resource.text("mode").orElse("").equals("managed")) {
        JsonObject change = resource.object("change").orElse(JsonObject.EMPTY);
        Set<String> actions = texts(change.get("actions"));
        if (!actions.equals(Set.of("no-op")) && !isTokensAlone(actions, change)) {
          String address = resource.text("address").orElse("");
          others.add(new Change(action(actions), Resource.at(address, parts)));
        }
      }
    }
    return others;
  }

  private static Set<String> texts(@Nullable JsonValue value) {
    Set<String> texts = new TreeSet<>();
    if (value instanceof JsonArray list) {
      list.forEach(v -> texts.add(v instanceof JsonString text ? text.value() : ""));
    }
    return texts;
  }

  private static Action action(Set<String> actions) {
    if (actions.contains("delete")) {
      return actions.contains("create") ? Action.REPLACE : Action.REMOVE;
    }
    return actions.contains("create") ? Action.ADD : Action.CHANGE;
  }

  private static boolean isTokensAlone(Set<String> actions, JsonObject change) {
    return actions.equals(Set.of("update"))
        && differInTokens(
            "", change.get("before"), change.get("after"), change.get("after_unknown"));
  }

  /** What is known only afterwards is said by the change that it comes from. */
  private static boolean differInTokens(
      String name,
      @Nullable JsonValue before,
      @Nullable JsonValue after,
      @Nullable JsonValue unknown) {
    if (unknown == JsonBoolean.TRUE || Objects.equals(absentIfNull(before), absentIfNull(after))) {
      return true;
    }
    if (before instanceof JsonObject was && after instanceof JsonObject is) {
      Set<String> names = new TreeSet<>(was.members().keySet());
      names.addAll(is.members().keySet());
      return names.stream()
          .allMatch(n -> differInTokens(n, was.get(n), is.get(n), member(unknown, n)));
    }
    if (before instanceof JsonArray was && after instanceof JsonArray is) {
      return was.size() == is.size() && elementsDifferInTokens(name, was, is, unknown);
    }
    return name.endsWith(TOKEN);
  }

  private static boolean elementsDifferInTokens(
      String name, JsonArray was, JsonArray is, @Nullable JsonValue unknown) {
    for (int i = 0; i < was.size(); i++) {
      @Nullable JsonValue unknownElement =
          unknown instanceof JsonArray list && i < list.size() ? list.values().get(i) : null;
      if (!differInTokens(name, was.values().get(i), is.values().get(i), unknownElement)) {
        return false;
      }
    }
    return true;
  }

  private static @Nullable JsonValue member(@Nullable JsonValue value, String name) {
    return value instanceof JsonObject object ? object.get(name) : null;
  }

  private static @Nullable JsonValue absentIfNull(@Nullable JsonValue value) {
    return value == JsonNull.NULL ? null : value;
  }
}
