package io.twinloom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A file is read at a sitting. */
class SizesTest {

  private static final int LONGEST_FILE = 350;
  private static final int MEDIAN_FILE = 90;

  @Test
  void noSourceFileHasMoreLinesThanCanBeReadAtASitting() {
    assertThat(sources(".*/src/.*\\.(java|py|js|html|css)|.*/terraform/.*\\.tf"))
        .filteredOn(file -> lines(file) > LONGEST_FILE)
        .as("files of more than %d lines", LONGEST_FILE)
        .isEmpty();
  }

  @Test
  void mostSourceFilesAreShort() {
    List<Long> lines =
        sources(".*/src/main/.*\\.java").stream().map(SizesTest::lines).sorted().toList();
    assertThat(lines).hasSizeGreaterThan(1_000);
    assertThat(lines.get(lines.size() / 2)).isLessThan(MEDIAN_FILE);
  }

  private static List<Path> sources(String pattern) {
    try (Stream<Path> files = Files.walk(Path.of(".."))) {
      return files
          .filter(file -> file.toString().replace('\\', '/').matches(pattern))
          .filter(file -> !file.toString().matches(".*(/target/|/vendor/|axe-core).*"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long lines(Path file) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
