package io.twinloom.mqtt;

import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttProperties.BinaryProperty;
import io.netty.handler.codec.mqtt.MqttProperties.IntegerProperty;
import io.netty.handler.codec.mqtt.MqttProperties.MqttProperty;
import io.netty.handler.codec.mqtt.MqttProperties.StringPair;
import io.netty.handler.codec.mqtt.MqttProperties.StringProperty;
import io.netty.handler.codec.mqtt.MqttProperties.UserProperties;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an MQTT 5 publisher says about its message, which every subscriber gets unchanged
 * [MQTT-3.3.2-4, -15, -16, -17, -18, -20].
 *
 * @param format the payload format indicator
 * @param correlation the correlation data
 */
public record MessageProperties(
    @Nullable Integer format,
    @Nullable String contentType,
    @Nullable String responseTopic,
    byte @Nullable [] correlation,
    List<UserProperty> user) {

  /** A user property; a name may occur more than once. */
  public record UserProperty(String name, String value) {}

  /** Those of a message that has none. */
  public static final MessageProperties NONE =
      new MessageProperties(null, null, null, null, List.of());

  public MessageProperties {
    user = List.copyOf(user);
  }

  static MessageProperties of(MqttProperties properties) {
    if (properties.isEmpty()) {
      return NONE;
    }
    List<UserProperty> user = new ArrayList<>();
    for (MqttProperty<?> one : properties.getProperties(MqttProperties.USER_PROPERTY)) {
      if (one.value() instanceof StringPair pair) {
        user.add(new UserProperty(pair.key, pair.value));
      }
    }
    return new MessageProperties(
        value(properties, MqttProperties.PAYLOAD_FORMAT_INDICATOR, Integer.class),
        value(properties, MqttProperties.CONTENT_TYPE, String.class),
        value(properties, MqttProperties.RESPONSE_TOPIC, String.class),
        value(properties, MqttProperties.CORRELATION_DATA, byte[].class),
        user);
  }

  /** The value of a property; null where it is absent. */
  static <T> @Nullable T value(MqttProperties properties, int id, Class<T> type) {
    MqttProperty<?> property = properties.getProperty(id);
    return property == null ? null : type.cast(property.value());
  }

  /** Whether there are none. */
  public boolean isEmpty() {
    return format == null
        && contentType == null
        && responseTopic == null
        && correlation == null
        && user.isEmpty();
  }

  /** Adds them to a packet's. */
  void addTo(MqttProperties properties) {
    if (format != null) {
      properties.add(new IntegerProperty(MqttProperties.PAYLOAD_FORMAT_INDICATOR, format));
    }
    if (contentType != null) {
      properties.add(new StringProperty(MqttProperties.CONTENT_TYPE, contentType));
    }
    if (responseTopic != null) {
      properties.add(new StringProperty(MqttProperties.RESPONSE_TOPIC, responseTopic));
    }
    if (correlation != null) {
      properties.add(new BinaryProperty(MqttProperties.CORRELATION_DATA, correlation));
    }
    if (!user.isEmpty()) {
      List<StringPair> pairs = new ArrayList<>();
      for (UserProperty one : user) {
        pairs.add(new StringPair(one.name(), one.value()));
      }
      properties.add(new UserProperties(pairs));
    }
  }

  /** How many bytes they take in a packet, at most. */
  int size() {
    int size = 16 + 3 * length(contentType) + 3 * length(responseTopic);
    size += correlation == null ? 0 : correlation.length;
    for (UserProperty one : user) {
      size += 5 + 3 * (one.name().length() + one.value().length());
    }
    return size;
  }

  private static int length(@Nullable String text) {
    return text == null ? 0 : text.length();
  }
}
