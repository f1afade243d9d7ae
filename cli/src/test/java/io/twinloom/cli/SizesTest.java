package io.twinloom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A file is read at a sitting, and a constructor's parts can be distinguished. */
class SizesTest {

  private static final int LONGEST_FILE = 350;
  private static final int MEDIAN_FILE = 90;
  private static final int MOST_PARTS = 8;

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

  @Test
  void noConstructorHasMorePartsThanCanBeToldApartByTheirPlace() {
    List<String> tooLong =
        ProductClasses.ALL.stream()
            .filter(type -> !type.isAnonymousClass() && !type.isLocalClass())
            .flatMap(type -> type.getConstructors().stream())
            .filter(
                constructor ->
                    constructor.getRawParameterTypes().size() - hidden(constructor.getOwner())
                        > MOST_PARTS)
            .map(constructor -> constructor.getFullName())
            .toList();
    assertThat(tooLong).as("constructors of more than %d parts", MOST_PARTS).isEmpty();
  }

  /** What the compiler adds: an enum constant's name and number, an inner class's outer object. */
  private static int hidden(JavaClass type) {
    if (type.isEnum()) {
      return 2;
    }
    return type.isInnerClass() && !type.getModifiers().contains(JavaModifier.STATIC) ? 1 : 0;
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
