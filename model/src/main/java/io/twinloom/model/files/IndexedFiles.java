package io.twinloom.model.files;

import io.twinloom.model.ProjectFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Files that were listed once, when the project was opened.
 *
 * @param <E> where a file's bytes are
 */
abstract class IndexedFiles<E> implements ProjectFiles {
  private final String source;
  private final TreeMap<String, E> index;

  IndexedFiles(String source, TreeMap<String, E> index) {
    this.source = source;
    this.index = index;
  }

  /** The bytes of a file; the caller closes it. */
  abstract InputStream open(E file) throws IOException;

  /** How many bytes it has. */
  abstract long sizeOf(E file);

  @Override
  public String source() {
    return source;
  }

  @Override
  public List<String> below(String folder) {
    return new ArrayList<>(under(folder).keySet());
  }

  @Override
  public long size(String path) {
    E file = index.get(path);
    return file == null ? -1 : sizeOf(file);
  }

  @Override
  public Optional<byte[]> read(String path) throws IOException {
    E file = index.get(path);
    if (file == null) {
      return Optional.empty();
    }
    try (InputStream in = open(file)) {
      return Optional.of(exactly(path, in, sizeOf(file)));
    }
  }

  @Override
  public void extract(String folder, Path directory) throws IOException {
    NavigableMap<String, E> files = under(folder);
    for (var file : files.entrySet()) {
      try (InputStream in = open(file.getValue())) {
        check(file.getKey(), in, sizeOf(file.getValue()));
      }
    }
    Path root = directory.toAbsolutePath().normalize();
    int skip = folder.isEmpty() ? 0 : folder.length() + 1;
    for (var file : files.entrySet()) {
      Path target = root.resolve(file.getKey().substring(skip)).normalize();
      if (!target.startsWith(root)) {
        throw new IOException(file.getKey() + " would be written outside of " + directory);
      }
      Path parent = target.getParent();
      Files.createDirectories(parent == null ? root : parent);
      try (InputStream in = open(file.getValue())) {
        Files.copy(in, target);
      }
    }
    Files.createDirectories(root);
  }

  private NavigableMap<String, E> under(String folder) {
    // '0' follows '/' in Unicode: all paths below the folder stand between the two.
    return folder.isEmpty() ? index : index.subMap(folder + "/", false, folder + "0", false);
  }

  private static byte[] exactly(String path, InputStream in, long size) throws IOException {
    byte[] bytes = in.readNBytes((int) size);
    if (bytes.length != size || in.read() >= 0) {
      throw changed(path);
    }
    return bytes;
  }

  private static void check(String path, InputStream in, long size) throws IOException {
    byte[] buffer = new byte[64 * 1024];
    long seen = 0;
    int n;
    while ((n = in.read(buffer)) >= 0) {
      seen += n;
      if (seen > size) {
        throw changed(path);
      }
    }
    if (seen != size) {
      throw changed(path);
    }
  }

  private static IOException changed(String path) {
    return new IOException(path + " does not have the size that it was listed with");
  }
}
