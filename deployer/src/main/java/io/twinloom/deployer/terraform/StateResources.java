package io.twinloom.deployer.terraform;

import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonString;
import io.twinloom.json.JsonValue;
import io.twinloom.model.Provider;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the state knows of, and what of it can be removed while something stays.
 *
 * @see <a href="https://developer.hashicorp.com/terraform/internals/json-format">JSON output
 *     format</a>
 */
final class StateResources {

  /** Terraform's own bucket of packages holds none of the twin's data. */
  static final String DEPLOYMENT = "deployment";

  private static final Pattern MODULE = Pattern.compile("module\\.([a-z0-9]+).*");

  /** The attributes that may hold a thing's name on its cloud. */
  private static final List<String> NAMES = List.of("bucket", "name", "id");

  private static final Pattern SUFFIX = Pattern.compile("-[0-9a-f]{8}$");

  /**
   * A thing that is managed.
   *
   * @param behind what it depends on, without keys
   */
  private record Managed(Resource resource, JsonObject values, Set<String> behind) {

    /** Its address without keys: dependencies are between the blocks of the HCL. */
    String block() {
      return resource.address().replaceAll("\\[[^\\]]*]", "");
    }
  }

  private final List<Managed> managed;
  private final Map<String, String> namesInPlan;

  private StateResources(List<Managed> managed, Map<String, String> namesInPlan) {
    this.managed = List.copyOf(managed);
    this.namesInPlan = Map.copyOf(namesInPlan);
  }

  /** Reads what {@code show -json} says of a state. */
  static StateResources of(JsonObject shown, TerraformParts parts) {
    JsonObject values = shown.object("values").orElse(JsonObject.EMPTY);
    List<Managed> managed = new ArrayList<>();
    values.object("root_module").ifPresent(root -> add(root, parts, managed));
    return new StateResources(managed, namesInPlan(values));
  }

  private static void add(JsonObject module, TerraformParts parts, List<Managed> to) {
    for (JsonObject resource : objects(module, "resources")) {
      if (resource.text("mode").filter("managed"::equals).isPresent()) {
        Set<String> behind = new HashSet<>();
        for (JsonValue address : resource.array("depends_on").orElse(JsonArray.EMPTY)) {
          if (address instanceof JsonString text) {
            behind.add(text.value());
          }
        }
        to.add(
            new Managed(
                Resource.at(resource.text("address").orElse(""), parts),
                resource.object("values").orElse(JsonObject.EMPTY),
                behind));
      }
    }
    objects(module, "child_modules").forEach(child -> add(child, parts, to));
  }

  private static List<JsonObject> objects(JsonObject of, String name) {
    return of.array(name).orElse(JsonArray.EMPTY).values().stream()
        .filter(JsonObject.class::isInstance)
        .map(JsonObject.class::cast)
        .toList();
  }

  /**
   * The stores' names in the plan by {@code CLOUD:NAME ON THE CLOUD}, as the HCL gives them out.
   */
  private static Map<String, String> namesInPlan(JsonObject values) {
    Map<String, String> names = new HashMap<>();
    JsonObject clouds =
        values
            .object("outputs")
            .flatMap(outputs -> outputs.object("clouds"))
            .flatMap(output -> output.object("value"))
            .orElse(JsonObject.EMPTY);
    for (String cloud : clouds.members().keySet()) {
      JsonObject stores =
          clouds.object(cloud).flatMap(c -> c.object("stores")).orElse(JsonObject.EMPTY);
      for (String name : stores.members().keySet()) {
        stores.text(name).ifPresent(there -> names.put(cloud + ":" + there, name));
      }
    }
    return names;
  }

  /** What of it holds data of the twin. */
  List<StoredData> stored() {
    return managed.stream().filter(StateResources::holdsData).map(this::stored).toList();
  }

  private static boolean holdsData(Managed one) {
    return one.resource().holdsData() && !one.resource().name().equals(DEPLOYMENT);
  }

  private StoredData stored(Managed one) {
    String address = one.resource().address();
    Matcher module = MODULE.matcher(address);
    String cloud =
        module.matches()
            ? Provider.of(module.group(1)).map(Provider::id).orElse(module.group(1))
            : "";
    String name =
        NAMES.stream()
            .map(attribute -> one.values().text(attribute).orElse(""))
            .map(there -> namesInPlan.get(cloud + ":" + there))
            .filter(Objects::nonNull)
            .findFirst()
            .orElseGet(() -> nameOf(one));
    return new StoredData(cloud, name, one.resource().words(), address);
  }

  /** Its name on the cloud, without what makes that unique in the world. */
  private static String nameOf(Managed one) {
    return NAMES.stream()
        .map(attribute -> one.values().text(attribute).orElse(""))
        .filter(name -> !name.isEmpty())
        .findFirst()
        .map(name -> SUFFIX.matcher(name).replaceFirst(""))
        .orElse(one.resource().name());
  }

  /**
   * The addresses of all that can go while these stay: not what they are made of, and not what only
   * protects them, such as a bucket's public access block. Terraform removes what depends on any
   * instance of a block with the block, so all instances stay together.
   */
  List<String> besides(Collection<StoredData> kept) {
    Set<String> stays = new HashSet<>();
    Deque<Managed> waiting = new ArrayDeque<>();
    for (StoredData store : kept) {
      find(store.address()).ifPresent(waiting::add);
    }
    for (Managed store : List.copyOf(waiting)) {
      managed.stream().filter(one -> isPartOf(one, store)).forEach(waiting::add);
    }
    for (Managed one; (one = waiting.poll()) != null; ) {
      if (stays.add(one.resource().address())) {
        Set<String> behind = one.behind();
        managed.stream().filter(other -> behind.contains(other.block())).forEach(waiting::add);
      }
    }
    return managed.stream()
        .map(one -> one.resource().address())
        .filter(address -> !stays.contains(address))
        .toList();
  }

  private Optional<Managed> find(String address) {
    return managed.stream().filter(one -> one.resource().address().equals(address)).findFirst();
  }

  /** The parts of a thing are types of their own, whose names begin with its type's. */
  private static boolean isPartOf(Managed part, Managed whole) {
    return part.resource().type().startsWith(whole.resource().type() + "_")
        && part.behind().contains(whole.block())
        && key(part).equals(key(whole));
  }

  private static String key(Managed one) {
    String address = one.resource().address();
    int bracket = address.lastIndexOf('[');
    return address.endsWith("]") && bracket > 0 ? address.substring(bracket) : "";
  }
}
