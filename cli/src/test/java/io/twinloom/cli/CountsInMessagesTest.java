package io.twinloom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * A number of things in a message is made by {@code Count}, on the page by {@code plural}, which
 * know that one of them is no plural. Limits may be written as they are: they are constants, and
 * never one.
 */
class CountsInMessagesTest {

  private static final List<String> MODULES =
      List.of(
          "model",
          "topology",
          "cost",
          "functions",
          "packaging",
          "deployer",
          "server",
          "cli",
          "clouds");

  private static final String THINGS =
      "(item|message|chunk|event|function|store|device|problem|warning|error|dead letter|letter"
          + "|connection|rule|layer|file|measurement|phase|line|time|row|value|entitie|attempt"
          + "|second|minute|hour|day|request|project|token|word|cloud|user|session|result|entrie"
          + "|part|object|archive|permission|schedule|type|client|version|image|test)s";

  /**
   * A value that is not a constant, followed by things, or a place for a number followed by some.
   */
  private static final Pattern COUNTED =
      Pattern.compile(
          "(?<![A-Z0-9_])[a-z]\\w*(\\(\\))?\\)*\\s*\\+\\s*\"(?: more| other| further)? "
              + THINGS
              + "\\b|%,?d "
              + THINGS
              + "\\b");

  private static final Pattern PLURAL_BY_HAND =
      Pattern.compile("== 1L? \\? \"[^\"\\n]*\" : [^;\\n]{0,40}?\"[^\"\\n]*" + THINGS + "\\b");

  /**
   * The same on the web page, whose helper is {@code plural}: a value in a template, then things.
   */
  private static final Pattern COUNTED_ON_PAGE =
      Pattern.compile(
          "\\$\\{[^{}]*}(?:</b>|</span>)? (?:more |other |further )?"
              + THINGS
              + "\\b(?!=)|} ?\\$\\{[^{}?]*=== 1 \\?");

  private static final Path PAGE = Path.of("../server/src/main/resources/io/twinloom/server/web");

  @Test
  void oneThingIsNeverAPlural() throws IOException {
    for (String module : MODULES) {
      try (Stream<Path> files = Files.walk(Path.of("..", module))) {
        files
            .filter(file -> file.toString().replace('\\', '/').matches(".*/src/main/.*\\.java"))
            .filter(file -> !file.endsWith("Count.java") && !isExample(file))
            .forEach(file -> look(file, COUNTED, PLURAL_BY_HAND));
      }
    }
  }

  @Test
  void oneThingIsNeverAPluralOnThePage() throws IOException {
    try (Stream<Path> files = Files.walk(PAGE)) {
      List<Path> scripts =
          files
              .filter(file -> file.toString().endsWith(".js") && !isVendored(file))
              .filter(file -> !file.endsWith("lib/format.js"))
              .toList();
      assertThat(scripts).hasSizeGreaterThan(20);
      scripts.forEach(file -> look(file, COUNTED_ON_PAGE));
    }
  }

  private static boolean isVendored(Path file) {
    return file.startsWith(PAGE.resolve("vendor"));
  }

  private static boolean isExample(Path file) {
    return file.toString().contains("examples");
  }

  private static void look(Path file, Pattern... patterns) {
    String text;
    try {
      text = Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    for (Pattern pattern : patterns) {
      assertThat(pattern.matcher(text).results().map(MatchResult::group))
          .as("counts not made by Count or plural in %s", file)
          .isEmpty();
    }
  }
}
