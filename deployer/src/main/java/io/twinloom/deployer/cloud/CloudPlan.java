package io.twinloom.deployer.cloud;

import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import io.twinloom.model.Connections;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** What follows from what is deployed already. */
final class CloudPlan {

  private CloudPlan() {}

  /** The ids of the connections of a plan. */
  static List<String> connections(JsonObject plan) {
    List<String> ids = new ArrayList<>();
    for (JsonValue connection : plan.array("connections").orElse(JsonArray.EMPTY)) {
      if (connection instanceof JsonObject o) {
        o.text("id").ifPresent(ids::add);
      }
    }
    return ids;
  }

  /** The tokens of connections, by their ids. */
  static Map<String, String> tokens(Connections connections) {
    Map<String, String> tokens = new LinkedHashMap<>();
    connections.byId().forEach((id, c) -> tokens.put(id, c.token()));
    return tokens;
  }

  /**
   * What is to be applied before {@code wanted}: receivers accept all of it, senders still send
   * what they sent. Of several tokens the first is sent, all are accepted.
   *
   * @param applied by connection, what the functions have now
   * @return empty where every token that is to be sent is accepted already
   */
  static Optional<Map<String, String>> acceptingFirst(
      Map<String, String> applied, Map<String, String> wanted) {
    Map<String, String> accepting = new LinkedHashMap<>();
    boolean anyIsNew = false;
    for (Map.Entry<String, String> want : wanted.entrySet()) {
      List<String> have = list(applied.getOrDefault(want.getKey(), ""));
      List<String> all = list(want.getValue());
      boolean isNew = !have.isEmpty() && !all.isEmpty() && !have.contains(all.getFirst());
      anyIsNew |= isNew;
      if (isNew) {
        List<String> first = new ArrayList<>(List.of(have.getFirst()));
        new TreeSet<>(all).stream().filter(t -> !first.contains(t)).forEach(first::add);
        accepting.put(want.getKey(), String.join(",", first));
      } else {
        accepting.put(want.getKey(), want.getValue());
      }
    }
    return anyIsNew ? Optional.of(accepting) : Optional.empty();
  }

  /** Whether a token that is accepted now is not accepted any more afterwards. */
  static boolean drops(Map<String, String> applied, Map<String, String> wanted) {
    return wanted.entrySet().stream()
        .anyMatch(
            want ->
                !list(want.getValue()).containsAll(list(applied.getOrDefault(want.getKey(), ""))));
  }

  private static List<String> list(String tokens) {
    List<String> list = new ArrayList<>();
    for (String token : tokens.split(",", -1)) {
      if (!token.isBlank()) {
        list.add(token.strip());
      }
    }
    return list;
  }
}
