package io.twinloom.model.reading;

import io.twinloom.json.JsonString;
import io.twinloom.json.Located;
import io.twinloom.model.Provider;
import io.twinloom.model.error.ModelError;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code config_credentials.json}: its shape only. Any value may come from the environment or from
 * the cloud's own default chain instead, so what is missing is a warning at most. No message shows
 * a value.
 */
final class CredentialsFile {
  static final String PATH = "config_credentials.json";

  /** Keys that go together: one without the others is of no use. */
  private static final Map<Provider, List<String>> TOGETHER =
      Map.of(
          Provider.AWS, List.of("aws_access_key_id", "aws_secret_access_key"),
          Provider.AZURE, List.of("azure_client_id", "azure_client_secret", "azure_tenant_id"),
          Provider.GOOGLE, List.of());

  private static final Map<Provider, List<String>> ALONE =
      Map.of(
          Provider.AWS, List.of("aws_session_token", "aws_region"),
          Provider.AZURE,
              List.of(
                  "azure_subscription_id",
                  "azure_region",
                  "azure_region_iothub",
                  "azure_region_digital_twin"),
          Provider.GOOGLE, List.of("gcp_credentials_file", "gcp_project_id", "gcp_region"));

  private CredentialsFile() {}

  /** The clouds that the file has anything for. */
  static Set<Provider> read(Located root, ProblemCollector problems) {
    Set<Provider> clouds = EnumSet.noneOf(Provider.class);
    String fix = "Write {\"aws\": {…}, \"azure\": {…}, \"gcp\": {…}}, or delete the file.";
    Members top = Members.ofSecret(root, problems, fix);
    if (top == null) {
      return clouds;
    }
    for (Provider cloud : Provider.values()) {
      Located at = top.optional(cloud.connectionId());
      if (at == null && cloud == Provider.GOOGLE) {
        at = top.optional("google");
      }
      if (at != null && cloud(cloud, at, problems)) {
        clouds.add(cloud);
      }
    }
    top.done();
    return clouds;
  }

  private static boolean cloud(Provider cloud, Located at, ProblemCollector problems) {
    Members members =
        Members.ofSecret(at, problems, "Write an object with the cloud's credentials.");
    if (members == null) {
      return false;
    }
    boolean anything = false;
    for (String key : ALONE.getOrDefault(cloud, List.of())) {
      anything |= isGiven(members.optional(key), problems);
    }
    List<String> together = TOGETHER.getOrDefault(cloud, List.of());
    String lacking = null;
    String given = null;
    for (String key : together) {
      if (isGiven(members.optional(key), problems)) {
        given = key;
      } else if (lacking == null) {
        lacking = key;
      }
    }
    members.done();
    if (given != null && lacking != null) {
      problems.warning(
          ModelError.CREDENTIALS_INCOMPLETE,
          at,
          "\"" + given + "\" is given, but \"" + lacking + "\" is not.",
          "Add \"" + lacking + "\", or take both from the environment.");
    }
    return anything || given != null;
  }

  private static boolean isGiven(@Nullable Located at, ProblemCollector problems) {
    if (at == null) {
      return false;
    }
    if (at.value() instanceof JsonString text) {
      return !text.value().isBlank();
    }
    problems.error(
        ModelError.VALUE_TYPE,
        at,
        Members.name(at) + " is " + at.value().kind() + ", not a text.",
        "Write it in quotation marks, or delete it and take it from the environment.");
    return true;
  }
}
