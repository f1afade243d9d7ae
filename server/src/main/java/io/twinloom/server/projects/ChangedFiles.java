package io.twinloom.server.projects;

import io.twinloom.model.Problem;
import io.twinloom.model.ProjectFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** A project's files as they would be after a change. Closing it closes the present ones. */
final class ChangedFiles implements ProjectFiles {

  private final ProjectFiles present;
  private final TreeMap<String, Optional<byte[]>> changes;

  /**
   * @param changes the new content by path; empty: the file is gone
   */
  ChangedFiles(ProjectFiles present, Map<String, Optional<byte[]>> changes) {
    this.present = present;
    this.changes = new TreeMap<>(changes);
  }

  @Override
  public String source() {
    return present.source();
  }

  @Override
  public List<String> below(String folder) {
    TreeSet<String> paths = new TreeSet<>(present.below(folder));
    String prefix = folder.isEmpty() ? "" : folder + "/";
    changes.forEach(
        (path, content) -> {
          if (path.startsWith(prefix)) {
            if (content.isPresent()) {
              paths.add(path);
            } else {
              paths.remove(path);
            }
          }
        });
    return List.copyOf(paths);
  }

  @Override
  public long size(String path) {
    Optional<byte[]> changed = changes.get(path);
    return changed == null
        ? present.size(path)
        : changed.map(content -> (long) content.length).orElse(-1L);
  }

  @Override
  public Optional<String> otherThanFile(String path) {
    return size(path) >= 0 ? Optional.empty() : present.otherThanFile(path);
  }

  @Override
  public Optional<byte[]> read(String path) throws IOException {
    Optional<byte[]> changed = changes.get(path);
    return changed == null ? present.read(path) : changed;
  }

  @Override
  public void extract(String folder, Path directory) throws IOException {
    present.extract(folder, directory);
    int skip = folder.isEmpty() ? 0 : folder.length() + 1;
    for (Map.Entry<String, Optional<byte[]>> change : changes.entrySet()) {
      if (folder.isEmpty() || change.getKey().startsWith(folder + "/")) {
        Path file = directory.resolve(change.getKey().substring(skip));
        Optional<byte[]> content = change.getValue();
        if (content.isEmpty()) {
          Files.deleteIfExists(file);
        } else {
          Path parent = file.getParent();
          Files.createDirectories(parent == null ? directory : parent);
          Files.write(file, content.get());
        }
      }
    }
  }

  @Override
  public List<Problem> problems() {
    return present.problems();
  }

  @Override
  public void close() throws IOException {
    present.close();
  }
}
