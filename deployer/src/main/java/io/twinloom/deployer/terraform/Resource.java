package io.twinloom.deployer.terraform;

import io.twinloom.json.JsonNumber;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonString;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A thing that Terraform manages.
 *
 * @param address where it stands in the HCL, such as {@code module.aws.aws_s3_bucket.cold[0]}
 * @param type the provider's word for what it is
 * @param name what it is called: its key where there are several, or its module's, else its name in
 *     the HCL
 */
record Resource(String address, String type, String name) {

  static final Resource UNKNOWN = new Resource("", "", "");

  /** What people wait for or have to decide on, in their words; everything else goes with these. */
  private static final Map<String, String> NOTABLE =
      Map.ofEntries(
          Map.entry("aws_lambda_function", "function"),
          Map.entry("aws_dynamodb_table", "table"),
          Map.entry("aws_s3_bucket", "bucket"),
          Map.entry("aws_iot_topic_rule", "topic rule"),
          Map.entry("aws_sfn_state_machine", "workflow"),
          Map.entry("awscc_iottwinmaker_workspace", "TwinMaker workspace"),
          Map.entry("awscc_iottwinmaker_scene", "TwinMaker scene"),
          Map.entry("aws_grafana_workspace", "Grafana workspace"),
          Map.entry("aws_cloudwatch_metric_alarm", "alarm"));

  /** The key of the innermost module that has one. */
  private static final Pattern MODULE = Pattern.compile(".*module\\.\\w+\\[\"([^\"]*)\"]");

  private static final Pattern ADDRESS =
      Pattern.compile("(?:.*\\.)?([a-z0-9]+_[a-z0-9_]+)\\.([\\w-]+)(?:\\[\"?([^\"]*)\"?])?");

  /** Reads the resource of a message. */
  static Resource of(JsonObject json) {
    String key =
        switch (json.get("resource_key")) {
          case JsonString text -> text.value();
          case JsonNumber ignored -> "";
          case null, default -> "";
        };
    String address = json.text("addr").orElse("");
    String name = json.text("resource_name").orElse("");
    return new Resource(
        address,
        json.text("resource_type").orElse(""),
        key.isEmpty() ? moduleKey(address).orElse(name) : key);
  }

  private static Optional<String> moduleKey(String address) {
    Matcher module = MODULE.matcher(address);
    return module.lookingAt() ? Optional.of(module.group(1)) : Optional.empty();
  }

  /** Reads an address. */
  static Resource at(String address) {
    Matcher parts = ADDRESS.matcher(address);
    if (!parts.matches()) {
      return new Resource(address, "", "");
    }
    boolean isKeyed = parts.group(3) != null && !parts.group(3).matches("\\d+");
    String name = isKeyed ? parts.group(3) : moduleKey(address).orElse(parts.group(2));
    return new Resource(address, parts.group(1), name);
  }

  boolean isNotable() {
    return NOTABLE.containsKey(type);
  }

  /** Such as {@code function mill-dispatcher}. */
  String words() {
    String noun =
        NOTABLE.getOrDefault(type, type.substring(type.indexOf('_') + 1).replace('_', ' ').strip());
    return (noun + " " + name.replace('_', ' ')).strip();
  }
}
