package io.twinloom.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonString;
import io.twinloom.json.JsonValue;
import io.twinloom.server.api.ApiDocument.Operation;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ApiDocumentTest {

  private static final Pattern PARAMETER = Pattern.compile("\\{(\\w+)}");

  private final ApiDocument document = ApiDocument.current();

  @Test
  void theDocumentIsReadOnce() {
    assertThat(ApiDocument.current()).isSameAs(document);
  }

  @Test
  void everyOperationHasAnIdOfItsOwn() {
    List<String> ids = document.operations().stream().map(Operation::id).toList();

    assertThat(ids).hasSizeGreaterThan(60).doesNotHaveDuplicates().doesNotContain("");
  }

  @Test
  void everyReferenceLeadsSomewhereAndEverySchemaIsUsed() {
    Set<String> references = new TreeSet<>();
    collect(document.json(), references);

    assertThat(references).allSatisfy(r -> assertThat(find(r)).as(r).isNotNull());
    Set<String> used = new TreeSet<>();
    references.stream()
        .filter(r -> r.startsWith("#/components/schemas/"))
        .forEach(r -> used.add(r.substring(r.lastIndexOf('/') + 1)));
    assertThat(document.schemas().keySet())
        .allMatch(name -> used.contains(name) || Set.of("SseTopics", "Otlp").contains(name));
  }

  @Test
  void everyParameterOfAPathIsDescribed() {
    for (Operation operation : document.operations()) {
      JsonObject described =
          document
              .json()
              .object("paths")
              .flatMap(p -> p.object(operation.path()))
              .flatMap(p -> p.object(operation.method().toLowerCase(java.util.Locale.ROOT)))
              .orElseThrow();
      String parameters = String.valueOf(described.get("parameters"));
      Matcher name = PARAMETER.matcher(operation.path());
      while (name.find()) {
        String shared =
            "parameters/" + name.group(1).substring(0, 1).toUpperCase(java.util.Locale.ROOT);
        assertThat(parameters)
            .as(operation.id())
            .containsAnyOf("\"name\":\"" + name.group(1) + "\"", shared);
      }
    }
  }

  private static void collect(JsonValue value, Set<String> references) {
    switch (value) {
      case JsonObject object ->
          object
              .members()
              .forEach(
                  (name, member) -> {
                    if (name.equals("$ref") && member instanceof JsonString text) {
                      references.add(text.value());
                    }
                    collect(member, references);
                  });
      case JsonArray array -> array.forEach(element -> collect(element, references));
      default -> {}
    }
  }

  private JsonValue find(String reference) {
    JsonValue at = document.json();
    for (String name : reference.substring(2).split("/")) {
      at = at instanceof JsonObject object ? object.get(name) : null;
    }
    return at;
  }
}
