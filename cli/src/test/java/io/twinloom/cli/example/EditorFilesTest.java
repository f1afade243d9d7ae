package io.twinloom.cli.example;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonString;
import io.twinloom.json.JsonValue;
import io.twinloom.model.reading.ProjectReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class EditorFilesTest {

  private static final List<String> NAMES = Examples.NAMES;

  @TempDir private Path folder;

  @ParameterizedTest
  @FieldSource("NAMES")
  void everyFileThatIsAnObjectNamesASchemaThatIsThere(String example) throws Exception {
    Path project = folder.resolve("twin");
    List<String> files = Examples.copy(example, project);

    int found = 0;
    for (String file : files) {
      if (file.startsWith("config")
          && Json.parse(Files.readAllBytes(project.resolve(file))) instanceof JsonObject content) {
        assertThat(project.resolve(content.text("$schema").orElseThrow())).isRegularFile();
        found++;
      }
    }
    assertThat(found).isGreaterThanOrEqualTo(2);
  }

  @ParameterizedTest
  @FieldSource("NAMES")
  void theSettingsNameASchemaForEveryConfigurationFile(String example) throws IOException {
    Path project = folder.resolve("twin");
    List<String> files = Examples.copy(example, project);
    JsonObject settings =
        Json.parseObject(Files.readAllBytes(project.resolve(".vscode/settings.json")));
    Map<String, String> schemas = new HashMap<>();
    for (JsonValue mapping : settings.array("json.schemas").orElseThrow()) {
      JsonObject one = (JsonObject) mapping;
      JsonString file = (JsonString) one.array("fileMatch").orElseThrow().values().getFirst();
      schemas.put(file.value(), one.text("url").orElseThrow());
    }

    assertThat(schemas.values()).allSatisfy(s -> assertThat(project.resolve(s)).isRegularFile());
    assertThat(schemas.keySet())
        .containsAll(
            files.stream()
                .filter(f -> f.endsWith(".json") && !f.startsWith("."))
                .map("/"::concat)
                .toList());
  }

  @ParameterizedTest
  @FieldSource("NAMES")
  void theReaderSaysNothingOfThem(String example) {
    Path project = folder.resolve("twin");
    Examples.copy(example, project);

    assertThat(ProjectReader.read(project).problems()).isEmpty();
  }
}
