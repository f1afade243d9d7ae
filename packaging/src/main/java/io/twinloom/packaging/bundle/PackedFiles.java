package io.twinloom.packaging.bundle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The files of an archive, in the order of their paths, wherever each comes from. */
public final class PackedFiles {

  /** A file's content, read when it is needed. */
  @FunctionalInterface
  public interface Content {
    byte[] bytes() throws IOException;
  }

  private final SortedMap<String, Content> files = new TreeMap<>();

  /** Adds a file of this content. */
  public PackedFiles add(String path, byte[] content) {
    return add(path, () -> content);
  }

  PackedFiles addFile(String path, Path file) {
    return add(path, () -> Files.readAllBytes(file));
  }

  /** Adds what is below a folder, by its path in there. */
  public PackedFiles addFolder(Path folder) throws IOException {
    return addBelow("", folder);
  }

  /** Adds what is below a folder. */
  PackedFiles addFolder(String path, Path folder) throws IOException {
    return addBelow(path + "/", folder);
  }

  private PackedFiles addBelow(String prefix, Path folder) throws IOException {
    List<Path> below;
    try (Stream<Path> all = Files.walk(folder)) {
      below = all.filter(Files::isRegularFile).toList();
    }
    for (Path file : below) {
      String inside = folder.relativize(file).toString().replace('\\', '/');
      addFile(prefix + inside, file);
    }
    return this;
  }

  PackedFiles addAll(Map<String, byte[]> others) {
    others.forEach(this::add);
    return this;
  }

  /** Adds a file whose content is read when it is written. */
  public PackedFiles add(String path, Content content) {
    if (files.put(path, content) != null) {
      throw new IllegalStateException("an archive has two files " + path);
    }
    return this;
  }

  SortedMap<String, Content> byPath() {
    return Collections.unmodifiableSortedMap(files);
  }
}
