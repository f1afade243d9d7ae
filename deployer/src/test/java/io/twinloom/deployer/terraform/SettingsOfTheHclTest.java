package io.twinloom.deployer.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.model.Problem;
import io.twinloom.model.reading.ProjectReader;
import io.twinloom.testkit.project.ProjectBuilder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code terraform_settings.json} may hold is said twice: by its reader and by the HCL. */
class SettingsOfTheHclTest {

  private static final Pattern RANGE =
      Pattern.compile("var\\.(\\w+) >= (\\d+) && var\\.\\1 <= (\\d+)");
  private static final Pattern LIST = Pattern.compile("contains\\(\\[([\\d, ]+)], var\\.(\\w+)\\)");

  @TempDir Path folder;

  private static List<MatchResult> conditions(Pattern form) {
    String variables = new String(TerraformFiles.source("variables.tf"), StandardCharsets.UTF_8);
    return form.matcher(variables).results().toList();
  }

  /** What the reader says may be written instead of a wrong value. */
  private List<String> fixesOf(String setting, int value) {
    Path project =
        ProjectBuilder.of("mill")
            .file("terraform_settings.json", "{\"" + setting + "\": " + value + "}")
            .writeTo(folder.resolve(setting));
    return ProjectReader.read(project).problems().stream().map(Problem::fix).toList();
  }

  @Test
  void theReaderNamesTheRangesThatTheHclTakes() {
    List<String> settings = new ArrayList<>();
    for (MatchResult range : conditions(RANGE)) {
      settings.add(range.group(1));
      assertThat(fixesOf(range.group(1), Integer.parseInt(range.group(3)) + 1))
          .singleElement()
          .asString()
          .startsWith(
              "Write a whole number from " + range.group(2) + " to " + range.group(3) + ",");
    }
    assertThat(settings)
        .containsExactlyInAnyOrder("batch_window_seconds", "put_off_limit_seconds", "mover_runs");
  }

  @Test
  void theReaderNamesTheDaysThatTheHclTakes() {
    List<MatchResult> lists = conditions(LIST);
    assertThat(lists).extracting(list -> list.group(2)).containsExactly("log_retention_days");
    assertThat(fixesOf("log_retention_days", 2))
        .containsExactly("Write one of " + lists.getFirst().group(1) + ".");
  }
}
