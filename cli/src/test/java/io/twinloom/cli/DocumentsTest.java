package io.twinloom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the pages of the repository say about one another and about tests. */
class DocumentsTest {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Path DECISIONS = ROOT.resolve("docs/decisions");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s]+)(#[^)]*)?\\)");
  private static final Pattern TEST =
      Pattern.compile("`([A-Z]\\w*(?:Test|Properties))(?:#(\\w+))?`");
  private static final Pattern RECORD = Pattern.compile("(\\d{4})-[a-z0-9-]+\\.md");
  private static final Pattern HEAD =
      Pattern.compile(
          "# (\\d+)\\. (.+)\n\nDate: (\\d{4}-\\d\\d-\\d\\d) · "
              + "Status: (accepted|superseded by \\d+) · Area: .+\n\n## Context\n");

  @Test
  void everyLinkOfAPageLeadsToAFile() throws IOException {
    List<String> broken = new ArrayList<>();
    for (Path page : pages()) {
      Matcher link = LINK.matcher(Files.readString(page));
      while (link.find()) {
        String to = link.group(1);
        if (!to.contains("://") && !Files.exists(page.resolveSibling(to))) {
          broken.add(ROOT.relativize(page) + " -> " + to);
        }
      }
    }
    assertThat(broken).isEmpty();
  }

  @Test
  void everyTestThatThePageOfTestsNamesIsOneThatThereIs() throws IOException {
    Map<String, String> tests = tests();
    List<String> unknown = new ArrayList<>();
    Matcher named = TEST.matcher(Files.readString(ROOT.resolve("docs/testing.md")));
    int count = 0;
    while (named.find()) {
      String source = tests.get(named.group(1));
      String method = named.group(2);
      if (source == null || method != null && !source.contains(" " + method + "(")) {
        unknown.add(named.group());
      }
      count++;
    }
    assertThat(unknown).isEmpty();
    assertThat(count).isGreaterThan(100);
  }

  @Test
  void decisionsAreNumberedFromOneWithoutGaps() throws IOException {
    List<Integer> ids = records().stream().map(r -> id(r)).toList();

    assertThat(ids).hasSizeGreaterThan(90);
    assertThat(ids).isEqualTo(IntStream.rangeClosed(1, ids.size()).boxed().toList());
  }

  @Test
  void theIndexOfDecisionsHasTheTitleDateAndStatusOfEachRecord() throws IOException {
    String index = Files.readString(DECISIONS.resolve("README.md"));
    for (Path record : records()) {
      Matcher head = HEAD.matcher(Files.readString(record));

      assertThat(head.lookingAt()).as("%s begins as records do", record).isTrue();
      assertThat(Integer.parseInt(head.group(1))).as("%s", record).isEqualTo(id(record));
      assertThat(index)
          .contains(
              "| %s | [%s](%s) | %s | %s |\n"
                  .formatted(
                      head.group(1),
                      head.group(2),
                      record.getFileName(),
                      head.group(3),
                      head.group(4)));
    }
  }

  private static int id(Path record) {
    Matcher name = RECORD.matcher(record.getFileName().toString());
    assertThat(name.matches()).as("%s is named NNNN-title.md", record).isTrue();
    return Integer.parseInt(name.group(1));
  }

  private static List<Path> records() throws IOException {
    try (Stream<Path> files = Files.list(DECISIONS)) {
      return files.filter(f -> !f.endsWith("README.md")).sorted().toList();
    }
  }

  /** The sources of the test classes by their names. */
  private static Map<String, String> tests() throws IOException {
    Map<String, String> tests = new HashMap<>();
    for (Path root : below(ROOT, 5, f -> f.endsWith("src/test/java"))) {
      for (Path file : below(root, Integer.MAX_VALUE, f -> f.toString().endsWith(".java"))) {
        String name = file.getFileName().toString().replace(".java", "");
        tests.merge(name, Files.readString(file), String::concat);
      }
    }
    return tests;
  }

  private static List<Path> below(Path root, int depth, Predicate<Path> wanted) throws IOException {
    try (Stream<Path> found = Files.find(root, depth, (f, attributes) -> wanted.test(f))) {
      return found.toList();
    }
  }

  private static List<Path> pages() throws IOException {
    List<Path> pages = new ArrayList<>();
    try (Stream<Path> top = Files.list(ROOT);
        Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
      Stream.concat(top, docs).filter(f -> f.toString().endsWith(".md")).forEach(pages::add);
    }
    pages.add(ROOT.resolve("terraform/README.md"));
    return pages;
  }
}
