package io.twinloom.model.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.model.ProjectFiles;
import io.twinloom.model.TwinloomException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ZipProperties {

  @Property(tries = 100)
  void aDamagedZipIsRefusedOrReadButNothingLeavesTheFolder(
      @ForAll int place, @ForAll byte value, @ForAll("names") List<String> names)
      throws IOException {
    Path dir = Files.createTempDirectory("zip");
    Path zip = Zips.of(dir.resolve("x.zip"), names.stream().distinct().toArray(String[]::new));
    byte[] bytes = Files.readAllBytes(zip);
    bytes[Math.floorMod(place, bytes.length)] = value;
    Files.write(zip, bytes);
    Path inside = Files.createDirectory(dir.resolve("inside"));

    try (ProjectFiles files = ProjectSource.open(zip)) {
      files.extract("", inside.resolve("out"));
    } catch (TwinloomException e) {
      assertThat(e.code()).startsWith("TL-");
      assertThat(inside).isEmptyDirectory();
    } catch (IOException e) {
      assertThat(inside).isEmptyDirectory();
    }

    try (var top = Files.list(dir)) {
      assertThat(top.map(f -> f.getFileName().toString()))
          .containsExactlyInAnyOrder("x.zip", "inside");
    }
    deleteAll(dir);
  }

  @Provide
  Arbitrary<List<String>> names() {
    return Arbitraries.of(
            "config.json",
            "a/b.py",
            "../up",
            "/root",
            "a",
            "b/../../up",
            "a/..",
            "x/y/z",
            "..",
            "é")
        .list()
        .ofMinSize(1)
        .ofMaxSize(4);
  }

  private static void deleteAll(Path dir) throws IOException {
    try (var all = Files.walk(dir)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
