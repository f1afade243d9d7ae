package io.twinloom.model.files;

import io.twinloom.model.Problem;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.error.ModelError;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A project in a folder. Links within it are followed; one that leaves it, or loops, is refused.
 */
final class FolderFiles extends IndexedFiles<FolderFiles.Listed> {

  /** A file as it was found. */
  record Listed(Path path, long size) {}

  private final List<Problem> problems;
  private final Map<String, String> others;

  private FolderFiles(String source, Walk walk) {
    super(source, walk.index);
    this.problems = List.copyOf(walk.problems);
    this.others = Map.copyOf(walk.others);
  }

  static FolderFiles open(Path folder) throws IOException {
    Walk walk = new Walk(folder.toRealPath());
    walk.into(walk.root, "", walk.root);
    return new FolderFiles(folder.toString(), walk);
  }

  @Override
  InputStream open(Listed file) throws IOException {
    return Files.newInputStream(file.path);
  }

  @Override
  long sizeOf(Listed file) {
    return file.size;
  }

  @Override
  public Optional<String> otherThanFile(String path) {
    return Optional.ofNullable(others.get(path));
  }

  @Override
  public List<Problem> problems() {
    return problems;
  }

  @Override
  public void close() {}

  /** One walk through the folder. */
  private static final class Walk {
    final Path root;
    final TreeMap<String, Listed> index = new TreeMap<>();
    final List<Problem> problems = new ArrayList<>();

    /** What is no file, by its path. */
    final Map<String, String> others = new HashMap<>();

    private final List<Path> above = new ArrayList<>();
    private long bytes;
    private int entries;

    Walk(Path root) {
      this.root = root;
    }

    /**
     * @param prefix the folder's path in the project, with a slash at its end where it has one
     * @param real the folder with all links resolved
     */
    void into(Path folder, String prefix, Path real) throws IOException {
      above.add(real);
      try (DirectoryStream<Path> children = Files.newDirectoryStream(folder)) {
        for (Path child : children) {
          Path fileName = child.getFileName();
          if (fileName != null) {
            visit(child, prefix.concat(composed(fileName.toString())), real.resolve(fileName));
          }
        }
      }
      above.remove(above.size() - 1);
    }

    private void visit(Path child, String path, Path unlinked) throws IOException {
      String name = path.substring(path.lastIndexOf('/') + 1);
      Path real = unlinked;
      BasicFileAttributes attributes =
          Files.readAttributes(child, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      if (attributes.isSymbolicLink()) {
        if (Limits.isIgnored(name)) {
          return;
        }
        try {
          real = child.toRealPath();
        } catch (NoSuchFileException e) {
          refuseLink(path, "leads to nothing");
          return;
        }
        if (!real.startsWith(root)) {
          refuseLink(path, "leads out of the project folder");
          return;
        }
        attributes = Files.readAttributes(real, BasicFileAttributes.class);
      }
      count(attributes);
      if (attributes.isDirectory()) {
        others.put(path, "a folder");
        if (above.contains(real)) {
          refuseLink(path, "leads to a folder that it is in");
        } else if (above.size() >= Limits.MAX_DEPTH) {
          throw tooLarge("folders more than " + Limits.MAX_DEPTH + " deep, at " + path);
        } else if (!Limits.isIgnored(name)) {
          into(child, path.concat("/"), real);
        }
      } else if (attributes.isRegularFile() && Limits.isIgnoredFile(name)) {
        return;
      } else if (attributes.isRegularFile()) {
        bytes += attributes.size();
        if (bytes > Limits.MAX_UNPACKED_BYTES) {
          throw tooLarge("more than " + (Limits.MAX_UNPACKED_BYTES >> 20) + " MB");
        }
        if (index.put(path, new Listed(child, attributes.size())) != null) {
          refuse(
              ModelError.FILE_TWICE,
              path,
              "Two files are named "
                  + path
                  + ": their names differ only in how Unicode composes a character.",
              "Delete one of the two.");
        }
      } else {
        others.put(path, "neither a file nor a folder");
      }
    }

    private void count(BasicFileAttributes attributes) {
      entries++;
      if (entries > Limits.MAX_ENTRIES && !attributes.isOther()) {
        throw tooLarge("more than " + Limits.MAX_ENTRIES + " files and folders");
      }
    }

    private TwinloomException tooLarge(String what) {
      return new TwinloomException(
          ModelError.PROJECT_TOO_LARGE,
          "The project folder holds " + what + ".",
          root.toString(),
          "Give the folder that holds config.json itself, and move what is not part of the project"
              + " elsewhere.");
    }

    private void refuseLink(String path, String why) {
      refuse(
          ModelError.FILE_LINK,
          path,
          "The link " + path + " " + why + "; it is not followed.",
          "Put the file itself in its place, or delete the link.");
    }

    private void refuse(ModelError error, String path, String what, String fix) {
      problems.add(new Problem(Problem.Severity.ERROR, error, path, 0, "", what, fix));
    }

    /**
     * Some file systems hand out "é" as two characters, where configuration files have it as one.
     */
    private static String composed(String name) {
      for (int i = 0; i < name.length(); i++) {
        if (name.charAt(i) >= 0x300) {
          return Normalizer.normalize(name, Normalizer.Form.NFC);
        }
      }
      return name;
    }
  }
}
