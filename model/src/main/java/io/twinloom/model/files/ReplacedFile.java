package io.twinloom.model.files;

import io.twinloom.model.Problem;
import io.twinloom.model.ProjectFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The files of a project with another content of one of them, to read the project as it would be.
 * The project itself stays as it is.
 *
 * @param path of a file that the project has
 */
@SuppressWarnings("ArrayRecordComponent") // Nothing compares files.
public record ReplacedFile(ProjectFiles files, String path, byte[] content)
    implements ProjectFiles {

  @Override
  public String source() {
    return files.source();
  }

  @Override
  public List<String> below(String folder) {
    return files.below(folder);
  }

  @Override
  public long size(String file) {
    return file.equals(path) ? content.length : files.size(file);
  }

  @Override
  public Optional<String> otherThanFile(String file) {
    return file.equals(path) ? Optional.empty() : files.otherThanFile(file);
  }

  @Override
  public Optional<byte[]> read(String file) throws IOException {
    return file.equals(path) ? Optional.of(content.clone()) : files.read(file);
  }

  @Override
  public void extract(String folder, Path directory) throws IOException {
    files.extract(folder, directory);
    if (folder.isEmpty() || path.startsWith(folder + "/")) {
      String below = folder.isEmpty() ? path : path.substring(folder.length() + 1);
      Files.write(directory.resolve(below), content);
    }
  }

  @Override
  public List<Problem> problems() {
    return files.problems();
  }

  @Override
  public void close() throws IOException {
    files.close();
  }
}
