package io.twinloom.functions.settings;

import io.twinloom.functions.error.ConfigurationError;
import io.twinloom.model.ReceiverUrl;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
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
   * A whole number from 1 to 999,999,999; empty where it is missing.
   *
   * @throws ConfigurationError if it is none
   */
  public Optional<Integer> number(String name) {
    return optional(name)
        .map(
            text -> {
              if (!text.matches("[1-9]\\d{0,8}")) {
                throw ConfigurationError.bad(name, "it is not a whole number from 1 on.");
              }
              return Integer.valueOf(text);
            });
  }

  /**
   * A time in whole seconds, from 1; empty where it is missing.
   *
   * @throws ConfigurationError if it is none
   */
  public Optional<Duration> seconds(String name) {
    return number(name).map(Duration::ofSeconds);
  }

  /**
   * The address of a remote function, if one is set.
   *
   * @throws ConfigurationError if it is none that a token may be sent to; it shows nothing of it
   * @see ReceiverUrl
   */
  public Optional<URI> url(String name) {
    return optional(name).map(text -> url(name, text));
  }

  private static URI url(String name, String text) {
    URI url;
    try {
      url = new URI(text);
    } catch (URISyntaxException e) {
      throw ConfigurationError.bad(name, "it is not a URL.");
    }
    ReceiverUrl.Fault fault = ReceiverUrl.fault(url).orElse(null);
    if (fault == null) {
      return url;
    }
    throw ConfigurationError.bad(
        name,
        switch (fault) {
          case USER_INFO -> "it holds a user name or password.";
          case NO_HOST -> "it is not an absolute https URL.";
          case UNENCRYPTED ->
              "it is neither an https URL nor an http URL on loopback, and a token must not travel"
                  + " unencrypted.";
        });
  }

  @Override
  public String toString() {
    return "Environment" + variables.keySet();
  }
}
