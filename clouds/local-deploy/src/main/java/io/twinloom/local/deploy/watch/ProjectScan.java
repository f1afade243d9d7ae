package io.twinloom.local.deploy.watch;

import io.twinloom.json.Sha256;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The files of a project as they are at one moment, without those that tools and editors keep
 * beside them. Two scans are equal where nothing has changed in between.
 *
 * @param files what tells a file from another version of it, by its path
 */
record ProjectScan(Map<String, Stamp> files) {

  /** A time of change says nothing of two changes within this time of it. */
  private static final Duration COARSE = Duration.ofSeconds(2);

  private static final int MAX_DEPTH = 64;

  ProjectScan {
    files = Map.copyOf(files);
  }

  /**
   * What tells one version of a file from another.
   *
   * @param key the file system's own name of the file, where it has one: a file that was put in the
   *     place of another has another
   * @param digest of a file that was changed just now; else empty
   */
  record Stamp(long size, long modified, @Nullable Object key, String digest) {}

  /**
   * Looks at a project.
   *
   * @param project a folder, or a ZIP
   * @param except a folder that is not part of it, though it may be within
   * @throws IOException if it cannot be read, as happens while it is being changed
   */
  static ProjectScan of(Path project, Path except, Instant now) throws IOException {
    Map<String, Stamp> files = new TreeMap<>();
    into(project, "", except, now, 0, files);
    return new ProjectScan(files);
  }

  private static void into(
      Path path, String name, Path except, Instant now, int depth, Map<String, Stamp> files)
      throws IOException {
    BasicFileAttributes attributes;
    try {
      attributes = Files.readAttributes(path, BasicFileAttributes.class);
    } catch (NoSuchFileException e) {
      // A link to nothing, or it went away just now.
      attributes = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }
    if (attributes.isDirectory()) {
      if (depth > MAX_DEPTH || path.equals(except)) {
        return;
      }
      try (DirectoryStream<Path> children = Files.newDirectoryStream(path)) {
        for (Path child : children) {
          String own = String.valueOf(child.getFileName());
          if (!isOfATool(own)) {
            into(child, name + "/" + own, except, now, depth + 1, files);
          }
        }
      }
    } else {
      files.put(name, stamp(path, attributes, now));
    }
  }

  private static Stamp stamp(Path file, BasicFileAttributes attributes, Instant now)
      throws IOException {
    Instant modified = attributes.lastModifiedTime().toInstant();
    boolean young = attributes.isRegularFile() && modified.isAfter(now.minus(COARSE));
    return new Stamp(
        attributes.size(),
        attributes.lastModifiedTime().toMillis(),
        attributes.fileKey(),
        young ? Sha256.hex(Files.readAllBytes(file)) : "");
  }

  /** Whether a file or folder belongs to a tool or an editor. */
  static boolean isOfATool(String name) {
    return name.startsWith(".")
        || name.equals("__pycache__")
        || name.equals("__MACOSX")
        || name.endsWith("~")
        || name.endsWith(".pyc")
        || name.endsWith(".swp")
        || name.endsWith(".tmp")
        || (name.startsWith("#") && name.endsWith("#"))
        || name.equals("4913");
  }

  /**
   * Whether the same files are there with the same content. A digest that only one of the two has
   * says nothing: a file is not young for long.
   */
  boolean isAs(ProjectScan other) {
    if (!files.keySet().equals(other.files.keySet())) {
      return false;
    }
    for (Map.Entry<String, Stamp> file : files.entrySet()) {
      Stamp now = other.files.get(file.getKey());
      if (now == null || !isSame(file.getValue(), now)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isSame(Stamp a, Stamp b) {
    boolean content = a.digest().isEmpty() || b.digest().isEmpty() || a.digest().equals(b.digest());
    return content
        && a.size() == b.size()
        && a.modified() == b.modified()
        && Objects.equals(a.key(), b.key());
  }
}
