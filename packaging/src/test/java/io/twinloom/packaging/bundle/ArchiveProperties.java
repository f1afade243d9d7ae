package io.twinloom.packaging.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.model.files.FolderTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TimeZone;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** An archive depends on names and contents alone, and gives them back. */
class ArchiveProperties {

  @Provide
  Arbitrary<Map<String, byte[]>> files() {
    Arbitrary<String> names =
        Arbitraries.strings().withCharRange('a', 'f').withChars('é', ' ', '_').ofLength(6);
    Arbitrary<String> endings = Arbitraries.of(".py", ".class", ".jar", "");
    Arbitrary<String> paths =
        names
            .list()
            .ofMinSize(1)
            .ofMaxSize(3)
            .flatMap(l -> endings.map(e -> String.join("/", l) + e));
    Arbitrary<byte[]> contents = Arbitraries.bytes().array(byte[].class).ofMaxSize(3_000);
    return Arbitraries.maps(paths, contents).ofMaxSize(12).filter(ArchiveProperties::isPossible);
  }

  /** No file is also a folder. */
  private static boolean isPossible(Map<String, byte[]> files) {
    return files.keySet().stream()
        .noneMatch(a -> files.keySet().stream().anyMatch(b -> b.startsWith(a + "/")));
  }

  @Property(tries = 40)
  void theSameFilesAreTheSameBytesWhereverAndWheneverTheyLie(
      @ForAll("files") Map<String, byte[]> files, @ForAll long seed) throws IOException {
    TimeZone zone = TimeZone.getDefault();
    Path first = Files.createTempDirectory("one");
    Path second = Files.createTempDirectory("another");
    try {
      Path one = archive(files, first, new Random(seed), 1_000_000);
      TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Kiritimati"));
      Path another = archive(files, second, new Random(~seed), 900_000_000_000L);

      assertThat(another).hasSameBinaryContentAs(one);
      Map<String, byte[]> back = PackagedTwin.contents(one);
      assertThat(back.keySet())
          .isEqualTo(
              files.keySet().stream()
                  .map(p -> "x/" + p)
                  .collect(java.util.stream.Collectors.toCollection(java.util.TreeSet::new)));
      files.forEach((path, content) -> assertThat(back.get("x/" + path)).isEqualTo(content));
    } finally {
      TimeZone.setDefault(zone);
      FolderTree.delete(first);
      FolderTree.delete(second);
    }
  }

  private static Path archive(Map<String, byte[]> files, Path folder, Random order, long time)
      throws IOException {
    Path root = Files.createDirectory(folder.resolve("root"));
    List<String> paths = new ArrayList<>(files.keySet());
    Collections.shuffle(paths, order);
    for (String path : paths) {
      Path file = root.resolve(path);
      Files.createDirectories(file.getParent());
      Files.write(file, files.get(path));
      Files.setLastModifiedTime(file, FileTime.fromMillis(time));
    }
    Path zip = folder.resolve("made.zip");
    Archive.Size size = Archive.write(new PackedFiles().addFolder("x", root), zip);
    assertThat(size.files()).isEqualTo(files.size());
    assertThat(size.unpackedBytes())
        .isEqualTo(files.values().stream().mapToLong(content -> content.length).sum());
    return zip;
  }
}
