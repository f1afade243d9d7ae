package io.twinloom.packaging;

import io.twinloom.json.Json;
import io.twinloom.json.JsonNumber;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.files.FileFailure;
import io.twinloom.model.files.FolderTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/**
 * Results by the digest of what they are made of, each a folder with {@code result.json} and files.
 * A result is made aside and put in place by one rename, so that processes that work at the same
 * time see all of it or nothing. One whose files are not as they were written counts as not there.
 */
public final class CodeCache {

  /** A result that nobody asked for during this time is removed when another is added. */
  static final Duration KEPT_UNUSED = Duration.ofDays(30);

  private static final String RESULT = "result.json";
  private static final String ASIDE = ".making-";

  private final Path root;
  private final InstantSource clock;
  private final Duration keptUnused;

  /**
   * @param root made, with all above it, on first need; only its owner can read it
   */
  public CodeCache(Path root, InstantSource clock) {
    this(root, clock, KEPT_UNUSED);
  }

  private CodeCache(Path root, InstantSource clock, Duration keptUnused) {
    this.root = root;
    this.clock = clock;
    this.keptUnused = keptUnused;
  }

  /** One whose results stay until they are removed by {@link #retain}. */
  static CodeCache lasting(Path root, InstantSource clock) {
    return new CodeCache(root, clock, Duration.ofDays(Short.MAX_VALUE));
  }

  /**
   * In {@link CacheFolder}, as a command's environment says.
   *
   * @param home the user's home
   * @param name what is kept there, for people who look
   */
  public static CodeCache of(
      Map<String, String> environment, Path home, String name, InstantSource clock) {
    Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
    return new CodeCache(CacheFolder.of(environment, home, temporary).resolve(name), clock);
  }

  /** A result and the folder that its paths start from. */
  public record Kept(Result result, Path folder) {}

  /** The kept result, if there is one and it is whole. */
  public Optional<Kept> find(String digest) {
    Path folder = root.resolve(digest);
    Path file = folder.resolve(RESULT);
    try {
      if (!Files.exists(file)) {
        return Optional.empty();
      }
      JsonObject json = Json.parseObject(Files.readAllBytes(file));
      if (!json.object("files").map(f -> isWhole(folder, f)).orElse(false)) {
        return Optional.empty();
      }
      Result result = Result.of(json);
      Files.setLastModifiedTime(file, FileTime.from(clock.instant()));
      return Optional.of(new Kept(result, folder));
    } catch (IOException | RuntimeException e) {
      // Whatever is wrong with it, it is made anew.
      return Optional.empty();
    }
  }

  private static boolean isWhole(Path folder, JsonObject files) {
    try {
      for (Map.Entry<String, JsonValue> file : files.members().entrySet()) {
        if (!(file.getValue() instanceof JsonNumber crc)
            || crc(folder.resolve(file.getKey())) != Long.parseLong(crc.text())) {
          return false;
        }
      }
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static long crc(Path file) throws IOException {
    CRC32 crc = new CRC32();
    crc.update(Files.readAllBytes(file));
    return crc.getValue();
  }

  /**
   * A folder to make a result in.
   *
   * @throws TwinloomException if the cache cannot be written
   */
  public Path aside() {
    try {
      Files.createDirectories(
          root, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      return Files.createTempDirectory(root, ASIDE);
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  /**
   * Puts a result in place that was made in {@code aside}, and gives the place. Of several that do
   * so at the same time one wins; all of them made the same.
   */
  public Kept publish(String digest, Result result, Path aside) {
    Path place = root.resolve(digest);
    try {
      JsonObject json = result.toJson().toBuilder().put("files", files(aside)).build();
      Files.write(aside.resolve(RESULT), Json.bytes(json));
      for (int attempt = 0; attempt < 3; attempt++) {
        if (moved(aside, place)) {
          removeUnused(Set.of(), keptUnused);
          return new Kept(result, place);
        }
        Optional<Kept> winner = find(digest);
        if (winner.isPresent()) {
          FolderTree.delete(aside);
          return winner.get();
        }
        // What is there is damaged: it goes away in one step, so that nobody sees half of it.
        Path damaged = Files.createTempDirectory(root, ASIDE);
        boolean away = moved(place, damaged.resolve("damaged"));
        FolderTree.delete(damaged);
        if (!away) {
          continue;
        }
      }
      throw new IOException("another process keeps changing " + place);
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  /**
   * Keeps a copy of a result of another cache; does nothing where this one has it, or where the
   * other one's is not whole.
   */
  void adopt(String digest, Path kept) {
    Path name = kept.getFileName();
    if (name == null || !name.toString().equals(digest) || find(digest).isPresent()) {
      return;
    }
    Optional<Kept> found = new CodeCache(kept.resolveSibling("."), clock, keptUnused).find(digest);
    if (found.isEmpty()) {
      return;
    }
    Path aside = aside();
    try (Stream<Path> all = Files.walk(kept)) {
      Path result = kept.resolve(RESULT);
      for (Path file : all.filter(Files::isRegularFile).filter(f -> !f.equals(result)).toList()) {
        Path copy = aside.resolve(kept.relativize(file).toString());
        Files.createDirectories(Objects.requireNonNull(copy.getParent()));
        Files.copy(file, copy);
      }
    } catch (IOException e) {
      throw unwritable(e);
    }
    var unused = publish(digest, found.get().result(), aside);
  }

  /** Removes all results but these that nobody asked for during this time. */
  void retain(Set<String> digests, Duration unused) {
    try {
      if (Files.isDirectory(root)) {
        removeUnused(digests, unused);
      }
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  private static boolean moved(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
      return true;
    } catch (IOException e) {
      if (Files.exists(to) || !Files.exists(from)) {
        return false;
      }
      throw e;
    }
  }

  private static JsonObject files(Path folder) throws IOException {
    Map<String, JsonValue> crcs = new TreeMap<>();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        String path = folder.relativize(file).toString();
        crcs.put(path, JsonNumber.of(crc(file)));
      }
    }
    return JsonObject.of(crcs);
  }

  private void removeUnused(Set<String> kept, Duration unused) throws IOException {
    FileTime oldest = FileTime.from(clock.instant().minus(unused));
    try (Stream<Path> all = Files.list(root)) {
      for (Path folder : all.toList()) {
        Path file = folder.resolve(RESULT);
        Path dated = Files.exists(file) ? file : folder;
        if (!kept.contains(String.valueOf(folder.getFileName()))
            && Files.exists(dated)
            && Files.getLastModifiedTime(dated).compareTo(oldest) < 0) {
          FolderTree.delete(folder);
        }
      }
    }
  }

  private TwinloomException unwritable(IOException e) {
    return new TwinloomException(
        PackagingError.CACHE_UNWRITABLE,
        "The cache of checked user code cannot be written: " + FileFailure.reason(e) + ".",
        root.toString(),
        "Make the folder writable, or name another one in the environment variable TWINLOOM_CACHE.",
        e);
  }
}
