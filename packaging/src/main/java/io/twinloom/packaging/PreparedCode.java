package io.twinloom.packaging;

import io.twinloom.model.UserCode;
import java.nio.file.Path;
import java.util.List;

/**
 * User code that can be run. Its files are copies that nobody changes: what the user edits
 * afterwards takes effect with the next check.
 *
 * @param path for Java: folders of classes, and JARs; for Python: the folders that imports are
 *     searched in, the code's own first
 * @param entry for Java: the class that implements {@code io.twinloom.api.Processor}; for Python:
 *     the file's name
 * @param digest of its files and of what checked them: the same one means that nothing changed
 * @param kept the folder that the checker keeps it in, which is that of the path
 */
public record PreparedCode(UserCode code, List<Path> path, String entry, String digest, Path kept) {
  public PreparedCode {
    path = List.copyOf(path);
  }
}
