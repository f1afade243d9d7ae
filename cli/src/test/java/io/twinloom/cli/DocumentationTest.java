package io.twinloom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.cli.terminal.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the documentation tells its readers to type is what the program takes. */
class DocumentationTest {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");

  @Test
  void everyCommandThatTheDocumentationShowsIsOneThatThereIs() throws Exception {
    List<String> shown = commands();

    assertThat(shown).hasSizeGreaterThan(15);
    assertThat(shown)
        .allSatisfy(
            line -> {
              List<String> words = words(line);
              // With --help nothing runs, but an option or command that is unknown is still
              // refused.
              words.add("--help");
              CliRun run = CliRun.in(ROOT, words.toArray(String[]::new));
              assertThat(run.exitCode()).as("%s%n%s", line, run.err()).isEqualTo(ExitCode.DONE);
            });
  }

  /** The lines that begin with the launcher's call, without it and without a remark behind. */
  private static List<String> commands() throws IOException {
    List<String> commands = new ArrayList<>();
    List<Path> pages = new ArrayList<>(List.of(ROOT.resolve("README.md")));
    try (Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
      docs.filter(p -> p.toString().endsWith(".md")).forEach(pages::add);
    }
    for (Path page : pages) {
      for (String line : Files.readAllLines(page)) {
        String text = line.strip();
        if (text.startsWith("./twinloom ") && !text.startsWith("./twinloom bench")) {
          commands.add(text.substring("./twinloom ".length()).replaceFirst("\\s+#.*", ""));
        }
      }
    }
    return commands;
  }

  private static List<String> words(String line) {
    List<String> words = new ArrayList<>();
    Matcher matcher = WORD.matcher(line);
    while (matcher.find()) {
      words.add(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
    }
    return words;
  }
}
