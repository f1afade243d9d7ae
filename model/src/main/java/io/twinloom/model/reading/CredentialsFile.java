package io.twinloom.model.reading;

import io.twinloom.json.JsonString;
import io.twinloom.json.Located;
import io.twinloom.model.ProblemCollector;
import io.twinloom.model.Provider;
import io.twinloom.model.error.ModelError;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * {@code config_credentials.json}: its shape only. Any value may come from the environment or from
 * the cloud's own default chain instead, so what is missing is a warning at most. No message shows
 * a value.
 */
final class CredentialsFile {
  static final String PATH = "config_credentials.json";

  private CredentialsFile() {}

  /** The clouds that the file has anything for. */
  static Set<Provider> read(Located root, ProblemCollector problems) {
    Set<Provider> clouds = new LinkedHashSet<>();
    String fix = "Write {" + objects() + "}, or delete the file.";
    Members top = Members.ofSecret(root, problems, fix);
    if (top == null) {
      return clouds;
    }
    for (Provider cloud : Provider.all()) {
      Located at = null;
      for (String name : cloud.credentialsNames()) {
        at = at == null ? top.optional(name) : at;
      }
      if (at != null && cloud(cloud, at, problems)) {
        clouds.add(cloud);
      }
    }
    top.done();
    return clouds;
  }

  private static String objects() {
    return Provider.all().stream()
        .map(cloud -> "\"" + cloud.credentialsNames().get(0) + "\": {…}")
        .collect(Collectors.joining(", "));
  }

  private static boolean cloud(Provider cloud, Located at, ProblemCollector problems) {
    Members members =
        Members.ofSecret(at, problems, "Write an object with the cloud's credentials.");
    if (members == null) {
      return false;
    }
    boolean anything = false;
    for (String key : cloud.conventions().credentials().alone()) {
      anything |= isGiven(members.optional(key), problems);
    }
    List<String> together = cloud.conventions().credentials().together();
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
