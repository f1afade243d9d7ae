package io.twinloom.model;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The files of a project, from a folder or a ZIP; paths have forward slashes and no leading one.
 */
public interface ProjectFiles extends AutoCloseable {

  /** What the project was read from, as the user named it. */
  String source();

  /** Every regular file below a folder ({@code ""}: all), sorted. */
  List<String> below(String folder);

  /** A file's size in bytes, or -1 where there is no such file. */
  long size(String path);

  /**
   * What stands where a file could, such as {@code a folder}; empty where there is a file, or
   * nothing.
   */
  default Optional<String> otherThanFile(String path) {
    return size(path) >= 0 || below(path).isEmpty() ? Optional.empty() : Optional.of("a folder");
  }

  /**
   * A file's bytes, or empty where there is no such file.
   *
   * @throws IOException if it cannot be read, or is not what the archive says it is
   */
  Optional<byte[]> read(String path) throws IOException;

  /**
   * Writes every file below a folder ({@code ""}: all) to a directory, keeping the paths below that
   * folder. All is checked before anything is written; only regular files are made, none outside
   * the directory.
   *
   * @param directory made if it is not there
   * @throws IOException if a file cannot be read or written
   */
  void extract(String folder, Path directory) throws IOException;

  /**
   * What is wrong with the folder itself, such as a link that leaves it: it is not among the files.
   */
  default List<Problem> problems() {
    return List.of();
  }

  @Override
  void close() throws IOException;
}
