/**
 * An embedded MQTT server: MQTT 3.1.1 and 5 over TCP or TLS, with persistent sessions. It
 * acknowledges a QoS 1 publish when its owner has it, and the publishes of one connection in their
 * order. {@link io.twinloom.mqtt.MqttServer} is the way in; what it needs of its owner is the
 * interfaces {@link io.twinloom.mqtt.TopicRouter}, {@link io.twinloom.mqtt.SessionStore}, {@link
 * io.twinloom.mqtt.MqttLog} and {@link io.twinloom.mqtt.Authenticator}.
 *
 * <p>It knows nothing of twins or devices, and is no broker of its own: topics are those that its
 * owner routes.
 *
 * <p>Not supported: QoS 2, retained messages, topic aliases, subscription identifiers, shared
 * subscriptions, enhanced authentication (AUTH), MQTT 3.1, WebSockets. An MQTT 5 client that uses
 * one of these is refused or disconnected with the standard's reason code; a subscription with QoS
 * 2 gets QoS 1. With MQTT 3.1.1 the retain flag is ignored and QoS 2 ends the connection.
 */
@NullMarked
package io.twinloom.mqtt;

import org.jspecify.annotations.NullMarked;
