package io.twinloom.topology.plan;

import io.twinloom.json.Json;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonString;
import io.twinloom.json.JsonValue;
import io.twinloom.topology.Topology;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What changes from one plan to another: for {@code plan} against what is deployed. A plan is what
 * {@link PlanJson} gives, so a deployment only has to keep that.
 */
public record PlanDifference(List<Change> changes) {
  public PlanDifference {
    changes = List.copyOf(changes);
  }

  /** What happens to a thing. */
  public enum Kind {
    ADDED("+"),
    REMOVED("-"),
    CHANGED("~");

    private final String sign;

    Kind(String sign) {
      this.sign = sign;
    }
  }

  /**
   * One thing that changes.
   *
   * @param part what it is: function, store, schedule, topic or connection
   * @param name its name or id
   * @param details what changes of it, or where it is; for people
   */
  public record Change(Kind kind, String part, String name, String details) {}

  private static final String STORE = "store";

  /** The kinds of stores that hold a tier. */
  private static final Set<String> TIERS = Set.of("hot", "cold", "archive");

  /** The parts of a plan and what names a thing in them, in the order they are shown. */
  private static final Map<String, String> PARTS = parts();

  /** Reasons are for people: a thing is the same when only its reason reads differently. */
  private static final Set<String> IGNORED = Set.of("why", "what");

  private static final String CLOUD = "cloud";

  private static final String SCHEDULE = "schedule";

  private static Map<String, String> parts() {
    Map<String, String> parts = new LinkedHashMap<>();
    parts.put("function", "name");
    parts.put(STORE, "name");
    parts.put(SCHEDULE, "name");
    parts.put("topic", "name");
    parts.put("connection", "id");
    return parts;
  }

  /** What changes from {@code before} to {@code after}. */
  public static PlanDifference between(Topology before, Topology after) {
    return between(PlanJson.of(before), PlanJson.of(after));
  }

  /** What changes from {@code before} to {@code after}, both as {@link PlanJson} gives them. */
  public static PlanDifference between(JsonObject before, JsonObject after) {
    List<Change> changes = new ArrayList<>();
    PARTS.forEach(
        (part, key) -> {
          Set<String> ambiguous = repeated(before, part, key);
          ambiguous.addAll(repeated(after, part, key));
          Map<Named, JsonObject> old = things(before, part, key, ambiguous);
          Map<Named, JsonObject> fresh = things(after, part, key, ambiguous);
          Set<Named> names = new LinkedHashSet<>(old.keySet());
          names.addAll(fresh.keySet());
          for (Named name : names) {
            compare(part, name.name(), old.get(name), fresh.get(name), changes);
          }
        });
    return new PlanDifference(changes);
  }

  /**
   * What names a thing.
   *
   * @param cloud only where two clouds have one of this name: else one that is on another cloud now
   *     has moved
   */
  private record Named(String name, String cloud) {}

  private static List<JsonObject> all(JsonObject plan, String part) {
    return plan.array(part + "s").orElse(JsonArray.EMPTY).values().stream()
        .filter(JsonObject.class::isInstance)
        .map(JsonObject.class::cast)
        .toList();
  }

  private static Set<String> repeated(JsonObject plan, String part, String key) {
    Set<String> met = new HashSet<>();
    Set<String> again = new HashSet<>();
    for (JsonObject thing : all(plan, part)) {
      thing.text(key).filter(name -> !met.add(name)).ifPresent(again::add);
    }
    return again;
  }

  private static Map<Named, JsonObject> things(
      JsonObject plan, String part, String key, Set<String> ambiguous) {
    Map<Named, JsonObject> things = new LinkedHashMap<>();
    for (JsonObject thing : all(plan, part)) {
      String cloud = thing.text(CLOUD).orElse("");
      thing
          .text(key)
          .ifPresent(
              name -> things.put(new Named(name, ambiguous.contains(name) ? cloud : ""), thing));
    }
    return things;
  }

  private static void compare(
      String part,
      String name,
      @Nullable JsonObject old,
      @Nullable JsonObject fresh,
      List<Change> changes) {
    if (old == null && fresh != null) {
      changes.add(new Change(Kind.ADDED, part, name, place(fresh)));
    } else if (old != null && fresh == null) {
      changes.add(new Change(Kind.REMOVED, part, name, place(old)));
    } else if (old != null && fresh != null) {
      String details = details(part, old, fresh);
      if (!details.isEmpty()) {
        boolean moves = part.equals(STORE) && !place(old).equals(place(fresh));
        changes.add(
            new Change(Kind.CHANGED, part, name, moves ? details + "; " + dataOf(fresh) : details));
      }
    }
  }

  /** How much a tier holds decides what becomes of it, which no plan knows. */
  private static String dataOf(JsonObject store) {
    return TIERS.contains(store.text("kind").orElse(""))
        ? "its data is copied, or left there"
        : "its newest values move along on this machine only";
  }

  private static String place(JsonObject thing) {
    return thing
        .text(CLOUD)
        .map(cloud -> "on " + cloud)
        .or(() -> thing.text("receiver").map(receiver -> "to " + receiver))
        .orElse("");
  }

  private static String details(String part, JsonObject old, JsonObject fresh) {
    Set<String> keys = new LinkedHashSet<>(old.members().keySet());
    keys.addAll(fresh.members().keySet());
    keys.removeAll(IGNORED);
    if (part.equals(SCHEDULE)) {
      // It is where its function is, and that is said of the function.
      keys.remove(CLOUD);
    }
    List<String> details = new ArrayList<>();
    for (String key : keys) {
      String from = shown(old.get(key));
      String to = shown(fresh.get(key));
      if (!from.equals(to)) {
        details.add(key + " " + from + " → " + to);
      }
    }
    return String.join(", ", details);
  }

  private static String shown(@Nullable JsonValue value) {
    if (value == null) {
      return "nothing";
    }
    return value instanceof JsonString text ? text.value() : Json.text(value);
  }

  /** For people: one line a change, or that nothing changes. */
  public String text() {
    if (changes.isEmpty()) {
      return "Nothing changes.\n";
    }
    Page page = new Page();
    for (Change c : changes) {
      String left = c.kind().sign + " " + c.part();
      String name = c.details().isEmpty() ? c.name() : c.name() + ": " + c.details();
      page.row(left, 14, name);
    }
    return page.toString();
  }

  /** For programs: a list of {@code {"change", "part", "name", "details"}}. */
  public JsonArray json() {
    List<JsonValue> values = new ArrayList<>();
    for (Change c : changes) {
      values.add(
          JsonObject.builder()
              .put("change", c.kind().name().toLowerCase(Locale.ROOT))
              .put("part", c.part())
              .put("name", c.name())
              .put("details", c.details())
              .build());
    }
    return new JsonArray(values);
  }
}
