package io.twinloom.deployer.terraform;

import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What Terraform's state says stands, for the tests of other packages. */
public final class Standing {

  private Standing() {}

  /** The addresses of all that is managed. */
  public static List<String> addresses(Path folder) {
    return addresses(folder, Map.of());
  }

  /**
   * The same.
   *
   * @param more settings with which the folder's providers were found
   */
  public static List<String> addresses(Path folder, Map<String, String> more) {
    List<String> addresses = new ArrayList<>();
    TfCheck.show(folder, more)
        .object("values")
        .flatMap(values -> values.object("root_module"))
        .ifPresent(root -> add(root, addresses));
    return addresses;
  }

  private static void add(JsonObject module, List<String> addresses) {
    for (JsonValue value : module.array("resources").orElse(JsonArray.EMPTY)) {
      if (value instanceof JsonObject resource
          && resource.text("mode").filter("managed"::equals).isPresent()) {
        resource.text("address").ifPresent(addresses::add);
      }
    }
    for (JsonValue value : module.array("child_modules").orElse(JsonArray.EMPTY)) {
      if (value instanceof JsonObject child) {
        add(child, addresses);
      }
    }
  }
}
