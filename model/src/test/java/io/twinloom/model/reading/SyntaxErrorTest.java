package io.twinloom.model.reading;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.json.JsonSyntaxException;
import io.twinloom.json.LocatedJson;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class SyntaxErrorTest {

  @Property(tries = 1000)
  void noMessageSpeaksToWhoeverProgramsTheParser(@ForAll("broken") String text) {
    Optional<SyntaxError> error = errorOf(text);
    if (error.isPresent()) {
      assertThat(error.get().message())
          .startsWith("Invalid JSON: at line ")
          .endsWith(".")
          .doesNotContain("`", "enable", "Feature", "Constraints", "CTRL-CHAR", "(code", "Object")
          .matches("[^\\p{Cc}]*");
    }
  }

  private static Optional<SyntaxError> errorOf(String text) {
    try {
      LocatedJson.parse(text);
      return Optional.empty();
    } catch (JsonSyntaxException e) {
      return Optional.of(SyntaxError.of(e));
    }
  }

  @Provide
  Arbitrary<String> broken() {
    return Arbitraries.of(
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "\"",
            "'",
            "\\",
            "\\x",
            "\\u00g",
            "NaN",
            "-Infinity",
            "nan",
            "+1",
            "01",
            ".5",
            "1.",
            "1e",
            "-",
            "//",
            "/*",
            "#",
            "\n",
            "\0",
            "\u001b",
            "\u00a0",
            "é",
            "😀",
            "“",
            "true",
            "null",
            "tru",
            "\"a\"",
            "1",
            " ",
            "e",
            "{\"a\":",
            "[1,")
        .list()
        .ofMinSize(1)
        .ofMaxSize(6)
        .map(parts -> String.join("", parts));
  }
}
