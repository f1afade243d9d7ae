package io.twinloom.deployer.terraform;

import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonBoolean;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Keeps a function what it is when it becomes exposed, or is not exposed any more. In a cloud's HCL
 * exposed functions are instances of the blocks {@code receiver}, all others of the blocks {@code
 * other} of the same types, and Terraform takes another block for another thing: it would remove
 * the function and make one of the same name.
 *
 * @see <a href="https://developer.hashicorp.com/terraform/language/block/moved">The moved block</a>
 */
final class FunctionMoves {

  private static final Pattern BLOCK =
      Pattern.compile("(?m)^resource \"(\\w+)\" \"(receiver|other)\"");

  private FunctionMoves() {}

  /**
   * A file of {@code moved} blocks: for each function on a cloud the block that it is not in, and
   * the one that it is in. Where nothing is at the former, the block says nothing.
   */
  static JsonObject of(String cloud, JsonObject functions) {
    Set<String> types = types(cloud);
    List<JsonValue> moved = new ArrayList<>();
    functions
        .members()
        .forEach(
            (name, function) -> {
              boolean exposed =
                  function instanceof JsonObject f && f.get("exposed") == JsonBoolean.TRUE;
              for (String type : types) {
                moved.add(
                    JsonObject.builder()
                        .put("from", address(cloud, type, exposed ? "other" : "receiver", name))
                        .put("to", address(cloud, type, exposed ? "receiver" : "other", name))
                        .build());
              }
            });
    return JsonObject.builder().put("moved", new JsonArray(moved)).build();
  }

  private static String address(String cloud, String type, String block, String name) {
    return "module." + cloud + "." + type + "." + block + "[\"" + name + "\"]";
  }

  /** The types of which a cloud's HCL has both blocks. */
  static Set<String> types(String cloud) {
    Set<String> receivers = new TreeSet<>();
    Set<String> others = new TreeSet<>();
    for (String file : TerraformFiles.list(cloud + "/")) {
      String text = new String(TerraformFiles.source(cloud + "/" + file), StandardCharsets.UTF_8);
      Matcher block = BLOCK.matcher(text);
      while (block.find()) {
        (block.group(2).equals("receiver") ? receivers : others).add(block.group(1));
      }
    }
    receivers.retainAll(others);
    return receivers;
  }
}
