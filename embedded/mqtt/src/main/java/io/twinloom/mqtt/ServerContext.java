package io.twinloom.mqtt;

import io.netty.channel.EventLoop;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the connections of one server have in common. Confined to the event loop; how many
 * connections there are may be asked from anywhere.
 */
record ServerContext(
    MqttServerOptions options,
    EventLog events,
    Handshake handshake,
    Sessions sessions,
    MessageRouter router,
    Wills wills,
    InFlightBytes inFlight,
    Set<Connection> connections) {

  /** Reads the stored sessions, so it blocks. */
  static ServerContext of(MqttServerOptions options, EventLoop loop) {
    EventLog events = new EventLog(options.log(), options.clock());
    Sessions sessions = new Sessions(options, loop, events);
    MessageRouter router = new MessageRouter(sessions, events);
    return new ServerContext(
        options,
        events,
        new Handshake(options, events),
        sessions,
        router,
        new Wills(router, loop, options.clock(), events),
        new InFlightBytes(options.limits()),
        ConcurrentHashMap.newKeySet());
  }

  MqttLimits limits() {
    return options.limits();
  }

  InstantSource clock() {
    return options.clock();
  }
}
