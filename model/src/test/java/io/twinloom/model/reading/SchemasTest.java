package io.twinloom.model.reading;

import static io.twinloom.model.reading.TestProject.good;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.twinloom.json.Json;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonString;
import io.twinloom.json.JsonSyntaxException;
import io.twinloom.json.JsonValue;
import io.twinloom.model.DataType;
import io.twinloom.model.Layer;
import io.twinloom.model.Problem;
import io.twinloom.model.Provider;
import io.twinloom.model.error.ErrorCode;
import io.twinloom.model.error.ModelError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** The JSON Schemas of the project's files say what the reader says. */
class SchemasTest {

  private static final Path FOLDER = Path.of("../docs/schemas");

  private static final Map<String, String> FILES =
      new TreeMap<>(
          Map.of(
              ConfigFile.PATH, "config",
              ProvidersFile.PATH, "config_providers",
              DevicesFile.PATH, "config_iot_devices",
              EventsFile.PATH, "config_events",
              OptimizationFile.PATH, "config_optimization",
              UserFile.PATH, "config_user",
              HierarchyFiles.NEUTRAL, "hierarchy",
              PayloadsFile.PATH, "payloads"));

  /** What a schema can see: the rest is about other values, other files, or code. */
  private static final Set<ErrorCode> SHAPE =
      Set.of(
          ModelError.VALUE_TYPE,
          ModelError.VALUE_BLANK,
          ModelError.VALUE_RANGE,
          ModelError.VALUE_UNKNOWN,
          ModelError.KEY_MISSING,
          ModelError.KEY_UNKNOWN,
          ModelError.DATATYPE_UNKNOWN,
          ModelError.PROVIDER_UNKNOWN,
          ModelError.EMAIL,
          ModelError.HIERARCHY_SHAPE,
          ModelError.NAME_ILLEGAL);

  private static final Map<String, Schema> SCHEMAS = schemas();

  @Test
  void everySchemaBelongsToAFile() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      assertThat(files.map(f -> f.getFileName().toString().replace(".schema.json", "")))
          .containsExactlyInAnyOrderElementsOf(FILES.values());
    }
  }

  @Test
  void everySchemaAcceptsTheGoodProject() {
    for (String file : FILES.keySet()) {
      if (good().size(file) > 0) {
        assertThat(complaints(file, text(file))).as(file).isEmpty();
      }
    }
  }

  @Property(tries = 1000)
  void aSchemaAcceptsWhatTheReaderAcceptsAndNothingElse(
      @ForAll("goodFiles") String file,
      @ForAll int place,
      @ForAll("change") UnaryOperator<JsonValue> change) {
    String text = changed(text(file), place, change);
    List<Problem> shape =
        good().with(file, text).read().problems().stream()
            .filter(p -> p.file().equals(file))
            .filter(p -> SHAPE.contains(p.error()))
            .toList();

    assertThat(complaints(file, text).isEmpty())
        .as("%s%n%s%nreader: %s%nschema: %s", file, text, shape, complaints(file, text))
        .isEqualTo(shape.isEmpty());
  }

  @Test
  void theChoicesOfTheSchemasAreThoseOfTheCode() {
    JsonObject providers = json("config_providers").object("properties").orElseThrow();
    assertThat(providers.members().keySet())
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(Stream.of("$schema"), Arrays.stream(Layer.values()).map(Layer::configKey))
                .toList());
    assertThat(choices(providers.object(Layer.L1.configKey()).orElseThrow()))
        .contains("aws", "azure", "google")
        .allSatisfy(cloud -> assertThat(Provider.of(cloud)).isPresent());
    assertThat(
            choices(
                json("config_iot_devices")
                    .object("$defs")
                    .flatMap(d -> d.object("dataType"))
                    .orElseThrow()))
        .containsExactlyElementsOf(Arrays.stream(DataType.values()).map(Enum::name).toList());
  }

  @Provide
  Arbitrary<String> goodFiles() {
    return Arbitraries.of(FILES.keySet().stream().filter(f -> good().size(f) > 0).toList());
  }

  /** Values that are right in one place and wrong in another; members that come and go. */
  @Provide
  Arbitrary<UnaryOperator<JsonValue>> change() {
    Arbitrary<UnaryOperator<JsonValue>> other =
        Arbitraries.of(
                "null",
                "true",
                "0",
                "7",
                "-1",
                "2.5",
                "1000000",
                "4000000000",
                "\"\"",
                "\" \"",
                "\"aws\"",
                "\"none\"",
                "\"gcp\"",
                "\"oven-1\"",
                "\"a name\"",
                "\"entity\"",
                "\"component\"",
                "\"DOUBLE\"",
                "\"BOOLEAN\"",
                "\"DEBUG\"",
                "\"mqtt\"",
                "\"workflow\"",
                "\"function\"",
                "[]",
                "{}",
                "[{}]",
                "{\"_comment\": 1}")
            .map(text -> value -> parsed(text));
    return Arbitraries.oneOf(
        other,
        Arbitraries.of(
            value -> withMember(value, "extra"),
            value -> withMember(value, "_comment_1"),
            SchemasTest::withoutAMember));
  }

  /** The text with one of its values, or of its objects' members, changed. */
  private static String changed(String text, int place, UnaryOperator<JsonValue> change) {
    JsonValue root = parsed(text);
    int[] countdown = {Math.floorMod(place, size(root))};
    return Json.text(changed(root, countdown, change));
  }

  private static JsonValue changed(
      JsonValue value, int[] countdown, UnaryOperator<JsonValue> change) {
    if (countdown[0]-- == 0) {
      return change.apply(value);
    }
    if (value instanceof JsonObject object) {
      Map<String, JsonValue> members = new LinkedHashMap<>();
      object.members().forEach((k, v) -> members.put(k, changed(v, countdown, change)));
      return JsonObject.of(members);
    }
    if (value instanceof JsonArray array) {
      return new JsonArray(
          array.values().stream().map(v -> changed(v, countdown, change)).toList());
    }
    return value;
  }

  private static int size(JsonValue value) {
    if (value instanceof JsonObject object) {
      return 1 + object.members().values().stream().mapToInt(SchemasTest::size).sum();
    }
    return value instanceof JsonArray array
        ? 1 + array.values().stream().mapToInt(SchemasTest::size).sum()
        : 1;
  }

  private static JsonValue withMember(JsonValue value, String name) {
    return value instanceof JsonObject object ? object.toBuilder().put(name, true).build() : value;
  }

  private static JsonValue withoutAMember(JsonValue value) {
    if (!(value instanceof JsonObject object) || object.members().isEmpty()) {
      return value;
    }
    Map<String, JsonValue> members = new LinkedHashMap<>(object.members());
    members.remove(members.keySet().iterator().next());
    return JsonObject.of(members);
  }

  private static JsonValue parsed(String text) {
    try {
      return Json.parse(text.getBytes(UTF_8));
    } catch (JsonSyntaxException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static String text(String file) {
    return new String(good().read(file).orElseThrow(), UTF_8);
  }

  private static List<String> complaints(String file, String text) {
    return SCHEMAS.get(FILES.get(file)).validate(text, InputFormat.JSON).stream()
        .map(Object::toString)
        .toList();
  }

  private static List<String> choices(JsonObject schema) {
    return schema.array("enum").orElseThrow().values().stream()
        .map(v -> v instanceof JsonString s ? s.value() : v.toString())
        .toList();
  }

  private static Map<String, Schema> schemas() {
    SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    Map<String, Schema> schemas = new TreeMap<>();
    FILES.values().forEach(n -> schemas.put(n, registry.getSchema(source(n), InputFormat.JSON)));
    return schemas;
  }

  private static JsonObject json(String name) {
    return Json.parseObject(source(name).getBytes(UTF_8));
  }

  private static String source(String name) {
    try {
      return Files.readString(FOLDER.resolve(name + ".schema.json"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
