package io.twinloom.deployer.terraform;

import io.twinloom.json.JsonNumber;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonString;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A thing that Terraform manages.
 *
 * @param address where it stands in the HCL, such as {@code module.cloud.cloud_bucket.cold[0]}
 * @param type the provider's word for what it is
 * @param name what it is called: its key where there are several, or its module's, else its name in
 *     the HCL
 * @param noun what people call such a thing, where they know it as one of its own
 * @param holdsData whether measurements are in such a thing
 */
record Resource(
    String address, String type, String name, Optional<String> noun, boolean holdsData) {

  static final Resource UNKNOWN = new Resource("", "", "", Optional.empty(), false);

  /** The key of the innermost module that has one. */
  private static final Pattern MODULE = Pattern.compile(".*module\\.\\w+\\[\"([^\"]*)\"]");

  private static final Pattern ADDRESS =
      Pattern.compile("(?:.*\\.)?([a-z0-9]+_[a-z0-9_]+)\\.([\\w-]+)(?:\\[\"?([^\"]*)\"?])?");

  /** Reads the resource of a message. */
  static Resource of(JsonObject json, TerraformParts parts) {
    String key =
        switch (json.get("resource_key")) {
          case JsonString text -> text.value();
          case JsonNumber ignored -> "";
          case null, default -> "";
        };
    String address = json.text("addr").orElse("");
    String name = json.text("resource_name").orElse("");
    return of(
        address,
        json.text("resource_type").orElse(""),
        key.isEmpty() ? moduleKey(address).orElse(name) : key,
        parts);
  }

  private static Optional<String> moduleKey(String address) {
    Matcher module = MODULE.matcher(address);
    return module.lookingAt() ? Optional.of(module.group(1)) : Optional.empty();
  }

  /** The type in an address; empty where there is none. */
  static String typeAt(String address) {
    Matcher matched = ADDRESS.matcher(address);
    return matched.matches() ? matched.group(1) : "";
  }

  /** The name of the block in an address; empty where there is none. */
  static String blockAt(String address) {
    Matcher matched = ADDRESS.matcher(address);
    return matched.matches() ? matched.group(2) : "";
  }

  /** Reads an address. */
  static Resource at(String address, TerraformParts parts) {
    Matcher matched = ADDRESS.matcher(address);
    if (!matched.matches()) {
      return of(address, "", "", parts);
    }
    boolean isKeyed = matched.group(3) != null && !matched.group(3).matches("\\d+");
    String name = isKeyed ? matched.group(3) : moduleKey(address).orElse(matched.group(2));
    return of(address, matched.group(1), name, parts);
  }

  private static Resource of(String address, String type, String name, TerraformParts parts) {
    return new Resource(address, type, name, parts.noun(type), parts.holdsData(type));
  }

  boolean isNotable() {
    return noun.isPresent();
  }

  /** Such as {@code function mill-dispatcher}. */
  String words() {
    String word =
        noun.orElseGet(() -> type.substring(type.indexOf('_') + 1).replace('_', ' ').strip());
    return (word + " " + name.replace('_', ' ')).strip();
  }
}
