package io.twinloom.functions.settings;

import io.twinloom.functions.error.ConfigurationError;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.Optional;

/**
 * A function's environment. Values are stripped; a blank one counts as absent. Holds secrets: its
 * text never shows a value.
 */
public final class Environment {
  private final Map<String, String> variables;

  public Environment(Map<String, String> variables) {
    this.variables = Map.copyOf(variables);
  }

  /** The value, or empty where it is missing or blank. */
  public Optional<String> optional(String name) {
    return Optional.ofNullable(variables.get(name)).map(String::strip).filter(v -> !v.isEmpty());
  }

  /**
   * The value.
   *
   * @throws ConfigurationError naming the variable, if it is missing or blank
   */
  public String required(String name) {
    return optional(name).orElseThrow(() -> ConfigurationError.missing(name));
  }

  /**
   * A switch, off where it is missing.
   *
   * @throws ConfigurationError if it is neither {@code true} nor {@code false}
   */
  public boolean flag(String name) {
    return switch (optional(name).orElse("false")) {
      case "true" -> true;
      case "false" -> false;
      default -> throw ConfigurationError.bad(name, "it is neither true nor false.");
    };
  }

  /**
   * The address of a remote function, if one is set.
   *
   * @throws ConfigurationError if it is no absolute HTTP address
   */
  public Optional<URI> url(String name) {
    return optional(name).map(text -> url(name, text));
  }

  private static URI url(String name, String text) {
    try {
      URI url = new URI(text);
      if (url.getHost() != null
          && ("https".equalsIgnoreCase(url.getScheme())
              || "http".equalsIgnoreCase(url.getScheme()))) {
        return url;
      }
    } catch (URISyntaxException e) {
      throw ConfigurationError.bad(name, "it is not a URL.");
    }
    throw ConfigurationError.bad(name, "it is not an absolute http or https URL.");
  }

  @Override
  public String toString() {
    return "Environment" + variables.keySet();
  }
}
