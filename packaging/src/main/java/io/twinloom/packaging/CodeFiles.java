package io.twinloom.packaging;

import io.twinloom.json.Sha256;
import io.twinloom.model.ProjectFiles;
import io.twinloom.model.UserCode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The files of one piece of user code, by their paths below its folder.
 *
 * @param own below the code's folder
 * @param shared below the folder that goes along, if there is one
 */
record CodeFiles(UserCode code, SortedMap<String, byte[]> own, SortedMap<String, byte[]> shared) {

  static CodeFiles read(ProjectFiles files, UserCode code) throws IOException {
    SortedMap<String, byte[]> shared =
        code.sharedFolder().isPresent() ? below(files, code.sharedFolder().get()) : new TreeMap<>();
    return new CodeFiles(code, below(files, code.folder()), shared);
  }

  private static SortedMap<String, byte[]> below(ProjectFiles files, String folder)
      throws IOException {
    SortedMap<String, byte[]> found = new TreeMap<>();
    for (String path : files.below(folder)) {
      String inside = path.substring(folder.length() + 1);
      if (!isLeftBehind(inside)) {
        byte[] content = files.read(path).orElse(null);
        if (content != null) {
          found.put(inside, content);
        }
      }
    }
    return found;
  }

  /** What tools leave beside the code, and hidden files. */
  private static boolean isLeftBehind(String path) {
    return path.startsWith(".")
        || path.contains("/.")
        || path.startsWith("__pycache__/")
        || path.contains("/__pycache__/")
        || path.endsWith(".pyc");
  }

  /**
   * What results are kept by: the same digest means the same result.
   *
   * @param tools what checks the code, with its version
   */
  String digest(String tools) {
    MessageDigest digest = Sha256.digest();
    add(digest, tools);
    add(digest, code.form().name());
    add(digest, code.folder());
    add(digest, code.sharedFolder().orElse(""));
    add(digest, own);
    add(digest, shared);
    return Sha256.hex(digest);
  }

  private static void add(MessageDigest digest, SortedMap<String, byte[]> files) {
    add(digest, Integer.toString(files.size()));
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      add(digest, file.getKey());
      add(digest, file.getValue());
    }
  }

  private static void add(MessageDigest digest, String text) {
    add(digest, text.getBytes(StandardCharsets.UTF_8));
  }

  private static void add(MessageDigest digest, byte[] bytes) {
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
    digest.update(bytes);
  }

  /** A path of the project, of a path below the code's own folder. */
  String inProject(String own) {
    return code.folder() + "/" + own;
  }

  String sharedInProject(String shared) {
    return code.sharedFolder().orElse("") + "/" + shared;
  }
}
