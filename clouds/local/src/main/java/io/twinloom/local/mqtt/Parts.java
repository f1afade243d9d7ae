package io.twinloom.local.mqtt;

import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the connections of one channel have in common. Confined to the event loop; how many
 * connections there are may be asked from anywhere.
 */
record Parts(
    String twin,
    Limits limits,
    InstantSource clock,
    ChannelLog log,
    Handshake handshake,
    Sessions sessions,
    Router router,
    Wills wills,
    Load load,
    Set<Connection> connections) {

  Parts(
      String twin,
      Limits limits,
      InstantSource clock,
      ChannelLog log,
      Handshake handshake,
      Sessions sessions,
      Router router,
      Wills wills) {
    this(
        twin,
        limits,
        clock,
        log,
        handshake,
        sessions,
        router,
        wills,
        new Load(limits),
        ConcurrentHashMap.newKeySet());
  }
}
