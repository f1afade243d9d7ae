package io.twinloom.functions.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.json.CanonicalJson;
import io.twinloom.json.Json;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class EventIdProperties {

  @Provide
  Arbitrary<JsonObject> objects() {
    return Messages.objects();
  }

  @Property
  void theOrderOfKeysDoesNotMatter(@ForAll("objects") JsonObject message, @ForAll long seed) {
    JsonObject shuffled = (JsonObject) shuffled(message, new Random(seed));
    assertThat(EventId.of(shuffled)).isEqualTo(EventId.of(message)).hasSize(11);
  }

  @Property
  void theCanonicalFormIsTheSameMessage(@ForAll("objects") JsonObject message) {
    assertThat(Json.parseObject(CanonicalJson.bytes(message))).isEqualTo(message);
  }

  @Property
  void anotherValueMakesAnotherId(@ForAll("objects") JsonObject message, @ForAll int value) {
    JsonObject a = message.toBuilder().put("x", value).build();
    JsonObject b = message.toBuilder().put("x", value + 1L).build();
    assertThat(EventId.of(a)).isNotEqualTo(EventId.of(b));
  }

  @Property
  void theSizeIsThatOfWhatIsWritten(@ForAll("objects") JsonObject message) {
    assertThat(JsonSize.of(message)).isEqualTo(CanonicalJson.bytes(message).length);
  }

  private static JsonValue shuffled(JsonValue value, Random random) {
    return switch (value) {
      case JsonObject object -> {
        List<Map.Entry<String, JsonValue>> members = new ArrayList<>(object.members().entrySet());
        Collections.shuffle(members, random);
        JsonObject.Builder built = JsonObject.builder();
        members.forEach(m -> built.put(m.getKey(), shuffled(m.getValue(), random)));
        yield built.build();
      }
      case JsonArray array ->
          new JsonArray(array.values().stream().map(v -> shuffled(v, random)).toList());
      default -> value;
    };
  }
}
