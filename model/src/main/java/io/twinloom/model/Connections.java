package io.twinloom.model;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * {@code config_inter_cloud.json}: the connections between clouds by their ids. Holds secrets: its
 * text never shows a token.
 */
public record Connections(Map<String, Connection> byId) {

  /** No connection. */
  public static final Connections NONE = new Connections(Map.of());

  public Connections {
    byId = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(byId));
  }

  /**
   * One connection.
   *
   * @param provider the receiver's cloud
   * @param function the receiver's function, such as {@code hot-writer}
   * @param token at least 32 characters; several during rotation, separated by commas, the newest
   *     first
   * @param batches whether one request to the receiver may hold several events
   */
  public record Connection(
      Provider provider, String function, URI url, String token, boolean batches) {

    /** A connection each of whose requests holds one event. */
    public Connection(Provider provider, String function, URI url, String token) {
      this(provider, function, url, token, false);
    }

    /** The same with another token. */
    public Connection withToken(String other) {
      return new Connection(provider, function, url, other, batches);
    }

    @Override
    public String toString() {
      return provider.id() + " " + function + " " + url.getHost();
    }
  }
}
