package io.twinloom.model;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** The files of a project, from a folder or a ZIP; paths have forward slashes and no leading one. */
public interface ProjectFiles extends AutoCloseable {

  /** What the project was read from, as the user named it. */
  String source();

  /** Every regular file below a folder ({@code ""}: all), sorted. */
  List<String> below(String folder);

  /** A file's bytes, or empty where there is no such file. */
  Optional<byte[]> read(String path) throws IOException;

  @Override
  void close() throws IOException;
}
