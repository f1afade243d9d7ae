package io.twinloom.local.mqtt;

import io.twinloom.json.Json;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonString;
import io.twinloom.mqtt.MessageProperties;
import io.twinloom.mqtt.MessageProperties.UserProperty;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The properties of a stored message as JSON; user properties are one list of names and values. */
final class MessagePropertiesJson {
  private MessagePropertiesJson() {}

  /** The properties as JSON; null where there are none. */
  static byte @Nullable [] write(MessageProperties properties) {
    if (properties.isEmpty()) {
      return null;
    }
    JsonObject.Builder json = JsonObject.builder();
    Integer format = properties.format();
    if (format != null) {
      json.put("format", Integer.toString(format));
    }
    String contentType = properties.contentType();
    if (contentType != null) {
      json.put("content_type", contentType);
    }
    String responseTopic = properties.responseTopic();
    if (responseTopic != null) {
      json.put("response_topic", responseTopic);
    }
    byte[] correlation = properties.correlation();
    if (correlation != null) {
      json.put("correlation", Base64.getEncoder().encodeToString(correlation));
    }
    List<String> texts = new ArrayList<>();
    for (UserProperty one : properties.user()) {
      texts.add(one.name());
      texts.add(one.value());
    }
    return Json.bytes(json.put("user", JsonArray.ofTexts(texts)).build());
  }

  /** Reads what {@link #write} made. */
  // NullAway does not see that the array may be null where the record comes from another module.
  @SuppressWarnings("NullAway")
  static MessageProperties read(byte @Nullable [] bytes) {
    if (bytes == null) {
      return MessageProperties.NONE;
    }
    JsonObject json = Json.parseObject(bytes);
    List<UserProperty> user = new ArrayList<>();
    JsonArray texts = json.array("user").orElse(JsonArray.EMPTY);
    for (int i = 0; i + 1 < texts.size(); i += 2) {
      user.add(new UserProperty(text(texts, i), text(texts, i + 1)));
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
