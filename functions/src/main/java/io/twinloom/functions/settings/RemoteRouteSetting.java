package io.twinloom.functions.settings;

import io.twinloom.functions.error.ConfigurationError;
import io.twinloom.functions.settings.RemoteRouteSetting.Route.Local;
import io.twinloom.functions.settings.RemoteRouteSetting.Route.Remote;
import io.twinloom.model.Layer;
import io.twinloom.model.Provider;
import io.twinloom.model.TwinConfig.SigningMode;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A way from a layer to the next that crosses clouds or stays: the dual validation. It crosses only
 * if an address is set and the two layers have different providers.
 *
 * @param remote the connection's name within its variables, such as {@code WRITER} in {@code
 *     REMOTE_WRITER_URL}
 */
public record RemoteRouteSetting(String remote, Layer from, Layer to) {

  /** The variable with the token of a function that has one connection only. */
  public static final String ONLY_TOKEN = "INTER_CLOUD_TOKEN";

  private static final String PREFIX = "REMOTE_";

  /** Where the way leads. */
  public sealed interface Route {

    /** What is odd about it, to be logged at the start. */
    default List<String> warnings() {
      return List.of();
    }

    /**
     * To another cloud. The tokens are secrets: its text does not show them.
     *
     * @param tokens the connection's, the newest first; more than one during a rotation
     * @param signing whether requests are signed, and whether a token goes along
     * @param batches whether the receiver takes several events in one request
     */
    record Remote(URI url, List<String> tokens, SigningMode signing, boolean batches)
        implements Route {
      public Remote {
        tokens = List.copyOf(tokens);
      }

      /** A connection whose receiver takes one event in a request. */
      public Remote(URI url, List<String> tokens, SigningMode signing) {
        this(url, tokens, signing, false);
      }

      /** A connection with one token, whose requests are not signed. */
      public Remote(URI url, String token) {
        this(url, List.of(token), SigningMode.OFF);
      }

      /** The token to send. */
      public String token() {
        return tokens.getFirst();
      }

      @Override
      public String toString() {
        return "Remote[" + url.getHost() + "]";
      }
    }

    /**
     * To the function's own cloud.
     *
     * @param warning what is odd about it, to be logged at the start; empty where nothing is
     */
    record Local(String warning) implements Route {
      @Override
      public List<String> warnings() {
        return warning.isEmpty() ? List.of() : List.of(warning);
      }
    }
  }

  /** The variable with the address. */
  public String urlVariable() {
    return PREFIX + remote + "_URL";
  }

  /** The variable with the token. */
  public String tokenVariable() {
    return PREFIX + remote + "_TOKEN";
  }

  /** The variable that says whether its requests are signed. */
  public String signedVariable() {
    return PREFIX + remote + "_SIGNED";
  }

  /** The variable that says whether its receiver takes several events in one request. */
  public String batchesVariable() {
    return PREFIX + remote + "_BATCHES";
  }

  /** The tokens of a setting, which separates them by commas, the newest first. */
  public static List<String> tokens(String setting) {
    return Arrays.stream(setting.split(",", -1))
        .map(String::strip)
        .filter(token -> !token.isEmpty())
        .toList();
  }

  /**
   * Decides where the way leads.
   *
   * @param others the function's other connections: with one of them set, {@code INTER_CLOUD_TOKEN}
   *     could mean either, and is not read
   * @throws ConfigurationError if an address is set without token, or the providers are not both
   *     known
   */
  public Route route(Environment environment, TwinInfo twin, List<RemoteRouteSetting> others) {
    Optional<URI> url = environment.url(urlVariable());
    if (url.isEmpty()) {
      return new Local(differ(twin) ? missingUrl() : "");
    }
    String source = provider(twin, from);
    if (source.equals(provider(twin, to))) {
      return new Local(
          urlVariable()
              + " is set, but "
              + from.configKey()
              + " and "
              + to.configKey()
              + " are the same: it stays within this cloud.");
    }
    return new Remote(
        url.get(),
        tokens(environment, others),
        SigningSetting.ofSender(environment, signedVariable()),
        environment.flag(batchesVariable()));
  }

  private String missingUrl() {
    return from.configKey()
        + " and "
        + to.configKey()
        + " differ, but "
        + urlVariable()
        + " is not set: it stays within this cloud.";
  }

  /** Whether the two layers are known to be on one cloud. */
  public boolean staysOnOneCloud(TwinInfo twin) {
    return twin.providers().containsKey(from.configKey())
        && twin.providers().containsKey(to.configKey())
        && !differ(twin);
  }

  private boolean differ(TwinInfo twin) {
    String source = twin.providers().get(from.configKey());
    String target = twin.providers().get(to.configKey());
    return source != null && target != null && !same(source).equals(same(target));
  }

  /** The cloud of a layer, as the twin says it. */
  String provider(TwinInfo twin, Layer layer) {
    String name = twin.providers().get(layer.configKey());
    if (name == null) {
      throw ConfigurationError.bad(
          TwinInfoSource.VARIABLE,
          urlVariable() + " is set, but config_providers has no " + layer.configKey() + ".");
    }
    return same(name);
  }

  /** Whether two names are of one cloud. */
  static boolean isSame(String one, String other) {
    return same(one).equals(same(other));
  }

  /** A cloud's two names are one; apart from that names count as they are written. */
  private static String same(String name) {
    return Provider.of(name).map(Provider::id).orElse(name);
  }

  private List<String> tokens(Environment environment, List<RemoteRouteSetting> others) {
    Optional<String> own = environment.optional(tokenVariable());
    boolean only = others.stream().noneMatch(o -> environment.url(o.urlVariable()).isPresent());
    List<String> tokens =
        tokens(
            own.or(() -> only ? environment.optional(ONLY_TOKEN) : Optional.empty())
                .orElseThrow(
                    () -> ConfigurationError.missing(only ? ONLY_TOKEN : tokenVariable())));
    if (tokens.isEmpty()) {
      throw ConfigurationError.missing(tokenVariable());
    }
    return tokens;
  }
}
