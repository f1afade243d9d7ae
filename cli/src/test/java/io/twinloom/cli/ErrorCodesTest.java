package io.twinloom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.twinloom.json.Json;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import io.twinloom.model.error.ErrorCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The codes of all modules together, and the page that is made of them. */
class ErrorCodesTest {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  /** What the names of all enums of codes end with. */
  static final String SUFFIX = "Error";

  private static final Path PAGE = ROOT.resolve("docs/errors.md");

  private static final Path TABLE =
      ROOT.resolve("server/src/main/resources/io/twinloom/server/error-codes.json");

  private static final String HEAD =
      """
      # Errors

      Every error that a command, an endpoint or a log shows has one of these codes. The command
      ends with 1 (3 where the project is invalid); an endpoint answers with the status in the
      table. "Retry" says whether the same again, without a change, can succeed. The fix here is the
      general one: an error often names a more specific one.

      This page is generated from the enums that implement `ErrorCode`. After a change, write it anew:
      `mvn -Pquick -pl cli -am test -Dtest=ErrorCodesTest -Dsurefire.failIfNoSpecifiedTests=false -Dtwinloom.docs.write`

      | code | meaning | fix | status | retry |
      |---|---|---|---|---|
      """;

  private static List<ErrorCode> codes;

  @BeforeAll
  static void find() throws ClassNotFoundException {
    List<ErrorCode> all = new ArrayList<>();
    ClassFileImporter importer =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(file -> file.contains(SUFFIX + ".class"));
    for (JavaClass found : importer.importPackages("io.twinloom")) {
      Class<?> type = Class.forName(found.getName());
      if (type.isEnum() && ErrorCode.class.isAssignableFrom(type)) {
        for (Object constant : type.getEnumConstants()) {
          all.add((ErrorCode) constant);
        }
      }
    }
    all.sort(Comparator.comparing(ErrorCode::code));
    codes = all;
  }

  @Test
  void thePageOfErrorsIsThatOfTheCodes() throws IOException {
    String page =
        codes.stream()
            .map(
                c ->
                    "| `%s` | %s | %s | %d | %s |\n"
                        .formatted(
                            c.code(),
                            cell(c.facts().meaning()),
                            cell(c.fix()),
                            c.httpStatus(),
                            c.retryable() ? "yes" : "no"))
            .collect(Collectors.joining("", HEAD, ""));
    if (System.getProperty("twinloom.docs.write") != null) {
      Files.writeString(PAGE, page);
    }
    assertThat(PAGE).hasContent(page);
  }

  @Test
  void theServerKnowsEveryCodeThatAProblemCanLeadTo() throws IOException {
    List<JsonValue> rows =
        codes.stream()
            .<JsonValue>map(
                c ->
                    JsonObject.builder()
                        .put("code", c.code())
                        .put("status", c.httpStatus())
                        .put("meaning", c.facts().meaning())
                        .put("fix", c.fix())
                        .put("retryable", c.retryable())
                        .build())
            .toList();
    String table =
        Json.pretty(JsonObject.builder().put("codes", new JsonArray(rows)).build()) + "\n";
    if (System.getProperty("twinloom.docs.write") != null) {
      Files.writeString(TABLE, table);
    }
    assertThat(TABLE).hasContent(table);
  }

  @Test
  void noCodeIsThatOfTwoConstants() {
    assertThat(codes).extracting(ErrorCode::code).doesNotHaveDuplicates().hasSizeGreaterThan(100);
  }

  @Test
  void everyCodeSaysWhatItMeansAndWhatToDo() {
    assertThat(codes)
        .allSatisfy(
            c -> {
              assertThat(c.facts().meaning()).endsWith(".");
              assertThat(c.fix()).endsWith(".");
              assertThat(c.httpStatus()).isBetween(200, 599);
            });
  }

  @Test
  void noCodeIsWrittenAsTextInTheProduct() throws IOException {
    Pattern text = Pattern.compile("[\"']TL-");
    assertThat(sources())
        .filteredOn(f -> !f.endsWith("model/error/ErrorCode.java"))
        .isNotEmpty()
        .allSatisfy(f -> assertThat(Files.readString(f)).doesNotContainPattern(text));
  }

  @Test
  void everyCodeIsUsed() throws IOException {
    Pattern use = Pattern.compile("\\w+\\.[A-Z0-9_]+\\b|\"[A-Z0-9_]+\"");
    Set<String> used =
        sources().stream()
            .flatMap(f -> use.matcher(read(f)).results())
            .map(MatchResult::group)
            .collect(Collectors.toSet());
    assertThat(codes)
        .filteredOn(c -> !c.name().startsWith("HTTP_"))
        .allMatch(
            c ->
                used.contains(c.getClass().getSimpleName() + "." + c.name())
                    || used.contains("\"" + c.name() + "\""));
  }

  private static String cell(String text) {
    return text.replace("|", "\\|");
  }

  private static List<Path> sources() throws IOException {
    List<Path> all = new ArrayList<>();
    for (Path root : below(ROOT, 4, f -> f.endsWith("src/main"))) {
      all.addAll(below(root, Integer.MAX_VALUE, f -> f.toString().matches(".*\\.(java|py)")));
    }
    return all;
  }

  private static List<Path> below(Path root, int depth, Predicate<Path> wanted) throws IOException {
    try (Stream<Path> found = Files.find(root, depth, (f, attributes) -> wanted.test(f))) {
      return found.toList();
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
