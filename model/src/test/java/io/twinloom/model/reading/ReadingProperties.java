package io.twinloom.model.reading;

import static io.twinloom.model.reading.TestProject.good;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

class ReadingProperties {
  private static final List<String> FILES =
      List.of(
          ConfigFile.PATH,
          ProvidersFile.PATH,
          DevicesFile.PATH,
          EventsFile.PATH,
          OptimizationFile.PATH,
          ConnectionsFile.PATH,
          CredentialsFile.PATH,
          UserFile.PATH,
          PayloadsFile.PATH,
          HierarchyFiles.NEUTRAL,
          "state_machines/aws_step_function.json",
          "state_machines/azure_logic_app.json",
          "state_machines/google_cloud_workflow.yaml");

  @Property(tries = 300)
  void readingNeverThrowsWhateverBytesAFileHolds(
      @ForAll("files") String file, @ForAll byte[] bytes) {
    isSound(good().with(file, bytes).read());
  }

  @Property(tries = 600)
  void readingNeverThrowsWhateverJsonAFileHolds(
      @ForAll("files") String file, @ForAll("json") String json) {
    isSound(good().with(file, json).read());
  }

  @Property(tries = 500)
  void readingNeverThrowsWhereAGoodFileWasDamaged(
      @ForAll("goodFiles") String file, @ForAll int place, @ForAll("damage") String damage) {
    TestProject project = good();
    String text = new String(project.read(file).orElseThrow(), StandardCharsets.UTF_8);
    int at = Math.floorMod(place, text.length());
    int end = Math.min(text.length(), at + 1 + Math.floorMod(place >> 8, 12));

    isSound(project.with(file, text.substring(0, at) + damage + text.substring(end)).read());
  }

  private static void isSound(Reading reading) {
    assertThat(reading.problems())
        .allSatisfy(
            problem -> {
              assertThat(problem.code()).startsWith("TL-");
              assertThat(problem.line()).isGreaterThanOrEqualTo(0);
              assertThat(problem.message()).isNotBlank().doesNotContain("\n");
              assertThat(problem.fix()).isNotBlank();
            });
    assertThat(reading.isValid())
        .isEqualTo(reading.problems().stream().noneMatch(p -> p.severity().name().equals("ERROR")));
  }

  @Provide
  Arbitrary<String> files() {
    return Arbitraries.of(FILES);
  }

  @Provide
  Arbitrary<String> goodFiles() {
    return Arbitraries.of(FILES.stream().filter(f -> good().size(f) > 0).toList());
  }

  @Provide
  Arbitrary<String> damage() {
    return Arbitraries.of("", "{", "}", "[", "]", "\"", ",", "null", "1", "-", "\\u0000", "é");
  }

  /** JSON that has the keys and words of projects in the wrong places. */
  @Provide
  Arbitrary<String> json() {
    return tree(3);
  }

  private static Arbitrary<String> tree(int depth) {
    Arbitrary<String> leaf =
        Arbitraries.of(
            "null",
            "true",
            "0",
            "-1.5e400",
            "1e400",
            "\"\"",
            "\"aws\"",
            "\"oven-1\"",
            "\"entity\"",
            "\"component\"",
            "\"a.b.c > DOUBLE(1)\"",
            "\"\\ud800\"",
            "[]",
            "{}",
            "\"DOUBLE\"");
    if (depth == 0) {
      return leaf;
    }
    Arbitrary<String> below = tree(depth - 1);
    Arbitrary<String> name =
        Arbitraries.of(
            "id",
            "type",
            "name",
            "properties",
            "constProperties",
            "dataType",
            "value",
            "initValue",
            "condition",
            "action",
            "feedback",
            "iotDeviceId",
            "children",
            "relations",
            "target",
            "connections",
            "url",
            "token",
            "provider",
            "function",
            "result",
            "inputParamsUsed",
            "aws",
            "gcp",
            "digital_twin_name",
            "mode",
            "x/~y",
            "signed_connections",
            "functionName",
            "pathToCode",
            "StartAt",
            "States",
            "definition",
            "layer_1_provider",
            "hot_storage_size_in_days",
            "payload");
    Arbitrary<String> member = Combinators.combine(name, below).as((n, v) -> "\"" + n + "\": " + v);
    return Arbitraries.frequencyOf(
        Tuple.of(1, leaf),
        Tuple.of(2, member.list().ofMaxSize(5).map(list -> "{" + String.join(", ", list) + "}")),
        Tuple.of(2, below.list().ofMaxSize(3).map(list -> "[" + String.join(",\n", list) + "]")));
  }
}
