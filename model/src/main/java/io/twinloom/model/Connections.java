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
   */
  public record Connection(Provider provider, String function, URI url, String token) {
    @Override
    public String toString() {
      return provider.id() + " " + function + " " + url.getHost();
    }
  }
}
