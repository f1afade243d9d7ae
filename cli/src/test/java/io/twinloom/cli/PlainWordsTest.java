package io.twinloom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Code, comments, messages and pages use the field's words, which {@code docs/glossary.md} lists.
 * Here are those that stood in their place, with the words to write: they come back by themselves.
 */
class PlainWordsTest {

  /** What not to write, as a regular expression, and what to write. */
  private static final Map<String, String> WORDS = new LinkedHashMap<>();

  static {
    WORDS.put("told", "reported, given, configured, distinguished");
    WORDS.put("whoever", "the caller, the client, an operator");
    WORDS.put(
        "hand(s|ed|ing)? (it |them |an? \\w+ |the \\w+ )?on", "passes on, invokes asynchronously");
    WORDS.put("let(s|ting)? go", "acknowledges, releases");
    WORDS.put("(gives?|giving|given|gave) (it |them )?up", "dead-lettered, fails, ends");
    WORDS.put("takes? no more", "throttles, is full, accepts none");
    WORDS.put("is well|well again", "healthy, answers");
    WORDS.put("(is )?no json", "invalid JSON, is not a JSON object");
    WORDS.put("in vain", "for nothing");
    WORDS.put("deeds?", "action");
    WORDS.put("mend(s|ed|ing)?", "fix");
    WORDS.put("judge[sd]?", "evaluator, evaluates");
    WORDS.put("rehears(e|es|ed|al)", "priming");
  }

  private static final Pattern DISCOURAGED =
      Pattern.compile("\\b(" + String.join("|", WORDS.keySet()) + ")\\b", Pattern.CASE_INSENSITIVE);

  private static final Pattern LOOKED_AT =
      Pattern.compile(".*\\.(java|py|js|html|tf|md|sh)|.*/(twinloom|mvnw|run)");

  private static final Pattern LEFT_OUT =
      Pattern.compile(
          ".*/(target|vendor|\\.git|node_modules|axe-core[^/]*)/.*|.*/(PlainWordsTest.java|CHANGELOG.md)");

  @Test
  void nothingIsSaidInWordsOfOurOwn() throws IOException {
    List<String> found = new ArrayList<>();
    Path root = Path.of("..").toRealPath();
    try (Stream<Path> files = Files.walk(root)) {
      files
          .filter(Files::isRegularFile)
          .filter(file -> LOOKED_AT.matcher(slashes(file)).matches())
          .filter(file -> !LEFT_OUT.matcher(slashes(file)).matches())
          .forEach(file -> look(root, file, found));
    }
    assertThat(found).as("Instead of these write: %s", WORDS).isEmpty();
  }

  private static void look(Path root, Path file, List<String> found) {
    int number = 0;
    for (String line : lines(file)) {
      number++;
      Matcher matcher = DISCOURAGED.matcher(line);
      while (matcher.find()) {
        found.add(root.relativize(file) + ":" + number + ": " + matcher.group());
      }
    }
  }

  private static String slashes(Path file) {
    return file.toString().replace('\\', '/');
  }

  private static List<String> lines(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
