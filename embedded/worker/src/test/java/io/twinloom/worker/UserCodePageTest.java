package io.twinloom.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of docs/user-code.md do what they say. */
@Tag("full")
class UserCodePageTest {
  private static final Pattern EXAMPLE =
      Pattern.compile(
          "<!-- example: (\\S+) ([^\n]+) => ([^\n]+) -->\\n```\\w+\\n(.*?)```", Pattern.DOTALL);

  @TempDir Path folder;

  @Test
  void everyExampleGivesWhatThePageSays() throws IOException {
    String page = Files.readString(Path.of("../../docs/user-code.md"));
    List<MatchResult> examples = EXAMPLE.matcher(page).results().toList();
    assertThat(examples).hasSize(5);
    assertThat(page.split("```(python|java)", -1)).hasSize(1 + examples.size());

    try (UserCodeProject project = new UserCodeProject(folder)) {
      for (MatchResult example : examples) {
        add(project, example.group(1), example.group(4));
      }
      for (MatchResult example : examples) {
        assertThat(project.call(example.group(1), example.group(2)).toString())
            .as(example.group(1))
            .isEqualTo(example.group(3));
      }
    }
  }

  private static void add(UserCodeProject project, String file, String source) {
    if (file.endsWith(".java")) {
      project.javaClass(file, file.replace(".java", ""), source);
    } else {
      String form =
          UserCodeProject.FILES.entrySet().stream()
              .filter(known -> known.getValue().equals(file))
              .findFirst()
              .orElseThrow()
              .getKey();
      project.python(file, form, source);
    }
  }
}
