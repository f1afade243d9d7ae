package io.twinloom.server.projects;

import io.twinloom.json.Sha256;
import io.twinloom.model.ProjectFiles;
import io.twinloom.model.UserCode;
import io.twinloom.model.files.ProjectSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The files of a function's own folder.
 *
 * @param files by their paths in the folder
 */
record CodeFolder(UserCode code, Map<String, byte[]> files) {

  static CodeFolder of(Path project, UserCode code) {
    try (ProjectFiles all = ProjectSource.open(project)) {
      return of(all, code);
    } catch (IOException e) {
      throw FolderContents.failed("The function's code cannot be read", project, e);
    }
  }

  static CodeFolder of(ProjectFiles all, UserCode code) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    for (String path : all.below(code.folder())) {
      Optional<byte[]> content = all.read(path);
      if (content.isPresent()) {
        files.put(path.substring(code.folder().length() + 1), content.get());
      }
    }
    return new CodeFolder(code, files);
  }

  /** SHA-256 of paths and contents. */
  String digest() {
    MessageDigest digest = Sha256.digest();
    files.forEach(
        (path, content) -> {
          digest.update((path + "\0" + content.length + "\0").getBytes(StandardCharsets.UTF_8));
          digest.update(content);
        });
    return Sha256.hex(digest);
  }

  /** The files that a person edits, without secrets. */
  Map<String, String> texts() {
    Map<String, String> texts = new TreeMap<>();
    files.forEach(
        (path, content) -> {
          GivenFile file = GivenFile.of(path, content, Set.of());
          if (file.isEditable()) {
            file.text().ifPresent(text -> texts.put(path, text));
          }
        });
    return texts;
  }
}
