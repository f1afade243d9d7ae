package io.twinloom.json;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Any JSON, with what is seldom in it. */
final class JsonTrees {

  private JsonTrees() {}

  /** Texts with escapes, halves of pairs, and characters of one to four bytes. */
  static Arbitrary<String> texts() {
    Arbitrary<String> plain = Arbitraries.strings().withCharRange(' ', '~').ofMaxLength(70);
    Arbitrary<String> any =
        Arbitraries.strings()
            .withChars('\0', '\b', '\t', '\n', '\f', '\r', '\u001f', '"', '\\', '/', '\u007f')
            .withChars('a', 'é', 'ß', '€', '\ud83d', '\ude00', '\uffff')
            .ofMaxLength(20);
    return Arbitraries.oneOf(plain, any, Arbitraries.just("\ud83d\ude00 ä"));
  }

  private static Arbitrary<JsonValue> leaves() {
    Arbitrary<JsonValue> numbers =
        Arbitraries.of("0", "-0", "12", "-1.50", "2E-7", "1e+10", "0.5e3").map(JsonNumber::new);
    return Arbitraries.oneOf(
        texts().map(JsonString::new),
        numbers,
        Arbitraries.of(JsonBoolean.TRUE, JsonBoolean.FALSE, JsonNull.NULL));
  }

  static Arbitrary<JsonValue> values(int depth) {
    if (depth == 0) {
      return leaves();
    }
    Arbitrary<List<JsonValue>> several =
        Arbitraries.lazy(() -> values(depth - 1)).list().ofMaxSize(20);
    Arbitrary<JsonValue> lists = several.map(JsonArray::new);
    Arbitrary<JsonValue> objects =
        Combinators.combine(several, texts().list().ofMaxSize(20)).as(JsonTrees::object);
    return Arbitraries.frequencyOf(Tuple.of(3, leaves()), Tuple.of(1, lists), Tuple.of(2, objects));
  }

  private static JsonValue object(List<JsonValue> values, List<String> names) {
    List<String> taken = new ArrayList<>(names);
    JsonObject.Builder object = JsonObject.builder();
    for (int i = 0; i < values.size(); i++) {
      object.put(i < taken.size() ? taken.get(i) : "member" + i, values.get(i));
    }
    return object.build();
  }
}
