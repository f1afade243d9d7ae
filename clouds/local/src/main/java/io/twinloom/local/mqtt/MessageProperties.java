package io.twinloom.local.mqtt;

import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttProperties.BinaryProperty;
import io.netty.handler.codec.mqtt.MqttProperties.IntegerProperty;
import io.netty.handler.codec.mqtt.MqttProperties.MqttProperty;
import io.netty.handler.codec.mqtt.MqttProperties.StringPair;
import io.netty.handler.codec.mqtt.MqttProperties.StringProperty;
import io.netty.handler.codec.mqtt.MqttProperties.UserProperties;
import io.twinloom.json.Json;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonString;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an MQTT 5 publisher says about its message and every subscriber must be told unchanged
 * [MQTT-3.3.2-4, -15, -16, -17, -18, -20].
 *
 * @param format the payload format indicator
 */
record MessageProperties(
    @Nullable Integer format,
    @Nullable String contentType,
    @Nullable String responseTopic,
    byte @Nullable [] correlation,
    List<StringPair> user) {

  static final MessageProperties NONE = new MessageProperties(null, null, null, null, List.of());

  MessageProperties {
    user = List.copyOf(user);
  }

  static MessageProperties of(MqttProperties properties) {
    if (properties.isEmpty()) {
      return NONE;
    }
    List<StringPair> user = new ArrayList<>();
    for (MqttProperty<?> one : properties.getProperties(MqttProperties.USER_PROPERTY)) {
      if (one.value() instanceof StringPair pair) {
        user.add(pair);
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

  boolean isEmpty() {
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
      properties.add(new UserProperties(user));
    }
  }

  /** How many bytes they take in a packet, at most. */
  int size() {
    int size = 16 + 3 * length(contentType) + 3 * length(responseTopic);
    size += correlation == null ? 0 : correlation.length;
    for (StringPair pair : user) {
      size += 5 + 3 * (pair.key.length() + pair.value.length());
    }
    return size;
  }

  private static int length(@Nullable String text) {
    return text == null ? 0 : text.length();
  }

  /** As they are kept; null where there are none. */
  byte @Nullable [] toBytes() {
    if (isEmpty()) {
      return null;
    }
    JsonObject.Builder json = JsonObject.builder();
    if (format != null) {
      json.put("format", Integer.toString(format));
    }
    if (contentType != null) {
      json.put("content_type", contentType);
    }
    if (responseTopic != null) {
      json.put("response_topic", responseTopic);
    }
    if (correlation != null) {
      json.put("correlation", Base64.getEncoder().encodeToString(correlation));
    }
    List<String> texts = new ArrayList<>();
    for (StringPair pair : user) {
      texts.add(pair.key);
      texts.add(pair.value);
    }
    return Json.bytes(json.put("user", JsonArray.ofTexts(texts)).build());
  }

  /** Reads what {@link #toBytes} made. */
  static MessageProperties fromBytes(byte @Nullable [] bytes) {
    if (bytes == null) {
      return NONE;
    }
    JsonObject json = Json.parseObject(bytes);
    List<StringPair> user = new ArrayList<>();
    JsonArray texts = json.array("user").orElse(JsonArray.EMPTY);
    for (int i = 0; i + 1 < texts.size(); i += 2) {
      user.add(new StringPair(text(texts, i), text(texts, i + 1)));
    }
    return new MessageProperties(
        json.text("format").map(Integer::valueOf).orElse(null),
        json.text("content_type").orElse(null),
        json.text("response_topic").orElse(null),
        json.text("correlation").map(Base64.getDecoder()::decode).orElse(null),
        user);
  }

  private static String text(JsonArray texts, int index) {
    return texts.values().get(index) instanceof JsonString string ? string.value() : "";
  }
}
