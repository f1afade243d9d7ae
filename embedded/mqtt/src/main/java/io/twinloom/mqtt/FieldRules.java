package io.twinloom.mqtt;

import io.netty.handler.codec.mqtt.MqttFixedHeader;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.handler.codec.mqtt.MqttSubscriptionOption;
import io.netty.handler.codec.mqtt.MqttSubscriptionOption.RetainedHandlingPolicy;
import io.netty.handler.codec.mqtt.MqttTopicSubscription;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What MQTT forbids in single fields of packets and a decoder lets pass. Its methods give the rule
 * that is broken, null where none is.
 *
 * @see <a href="https://docs.oasis-open.org/mqtt/mqtt/v5.0/os/mqtt-v5.0-os.html">MQTT 5</a>
 */
final class FieldRules {

  /** What ill-formed UTF-8 is decoded to. */
  private static final char ILL_FORMED = '\uFFFD';

  private FieldRules() {}

  /** Whether a text of a packet is ill-formed UTF-8 or has U+0000 (MQTT-1.5.4-1, 1.5.4-2). */
  static boolean malformed(String text) {
    return text.indexOf(ILL_FORMED) >= 0 || text.indexOf(0) >= 0;
  }

  /** Of a CONNECT's properties (3.1.2.11). */
  static @Nullable String ofConnect(MqttProperties properties) {
    if (properties.getProperty(MqttProperties.AUTHENTICATION_DATA) != null
        && properties.getProperty(MqttProperties.AUTHENTICATION_METHOD) == null) {
      return "There is authentication data without an authentication method";
    }
    if (Handshake.number(properties, MqttProperties.REQUEST_PROBLEM_INFORMATION, 1) > 1
        || Handshake.number(properties, MqttProperties.REQUEST_RESPONSE_INFORMATION, 0) > 1) {
      return "A request for information is 0 or 1";
    }
    return null;
  }

  /** Of a PUBLISH (MQTT-3.3.1-2). */
  static @Nullable String ofPublish(MqttFixedHeader header) {
    return header.isDup() && header.qosLevel() == MqttQoS.AT_MOST_ONCE
        ? "A message of QoS 0 is never sent again, so it has no DUP flag"
        : null;
  }

  /** Of the properties of a PUBLISH or a will (3.3.2.3). */
  static @Nullable String ofMessage(MqttProperties properties) {
    if (properties.isEmpty()) {
      return null;
    }
    if (properties.getProperty(MqttProperties.SUBSCRIPTION_IDENTIFIER) != null) {
      return "A client sends no subscription identifier with a message";
    }
    if (Handshake.number(properties, MqttProperties.PAYLOAD_FORMAT_INDICATOR, 0) > 1) {
      return "A payload format indicator is 0 or 1";
    }
    String response =
        MessageProperties.value(properties, MqttProperties.RESPONSE_TOPIC, String.class);
    return response != null && Topic.malformed(response)
        ? "A response topic is a topic's name, without wildcards"
        : null;
  }

  /** Of a SUBSCRIBE (MQTT-3.8.3-4; MQTT 3.1.1, 3.8.3-4: the other bits are reserved there). */
  static @Nullable String ofSubscribe(List<MqttTopicSubscription> filters, boolean version5) {
    for (MqttTopicSubscription one : filters) {
      MqttSubscriptionOption option = one.option();
      if (!version5
          && (option.isNoLocal()
              || option.isRetainAsPublished()
              || option.retainHandling() != RetainedHandlingPolicy.SEND_AT_SUBSCRIBE)) {
        return "The options of MQTT 5 are reserved bits in MQTT 3.1.1";
      }
      if (option.isNoLocal() && TopicFilter.shared(one.topicFilter())) {
        return "A shared subscription has no No Local option";
      }
    }
    return null;
  }
}
