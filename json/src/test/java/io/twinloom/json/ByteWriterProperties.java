package io.twinloom.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Bytes are written as the library's generator writes them. */
class ByteWriterProperties {

  @Provide
  static Arbitrary<JsonValue> trees() {
    return JsonTrees.values(2);
  }

  @Property(tries = 5_000)
  void itWritesWhatTheGeneratorWrites(@ForAll("trees") JsonValue tree) throws IOException {
    assertThat(Json.bytes(tree)).isEqualTo(generated(tree));
    JsonValue other = new JsonString("x".repeat(3_000));
    assertThat(Json.bytesOfEach(List.of(other, tree, other)))
        .containsExactly(Json.bytes(other), Json.bytes(tree), Json.bytes(other));
  }

  @Example
  void longTextsAreWrittenAlike() throws IOException {
    for (String end : new String[] {"", "\"", "ü", "\ud83d\ude00", "\ud83d", "\n"}) {
      JsonValue text = new JsonString("x".repeat(5_000) + end);
      assertThat(Json.bytes(text)).isEqualTo(generated(text));
    }
  }

  private static byte[] generated(JsonValue tree) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonGenerator generator = Json.FACTORY.createGenerator(out, JsonEncoding.UTF8)) {
      TreeWriter.write(generator, tree);
    }
    return out.toByteArray();
  }
}
