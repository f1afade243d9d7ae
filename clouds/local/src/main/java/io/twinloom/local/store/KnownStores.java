package io.twinloom.local.store;

import io.twinloom.json.Json;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonString;
import io.twinloom.local.error.LocalError;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.files.FileFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which stores a data folder has had, written down beside them: a store that is not there although
 * it was is lost, and is never replaced by an empty one without a word.
 */
public final class KnownStores {

  public static final String FILE = "stores.json";
  private static final String STORES = "stores";

  private final Path folder;

  public KnownStores(Path folder) {
    this.folder = folder;
  }

  /** The file of a cloud's store. */
  public static Path file(Path folder, String cloud) {
    return folder.resolve(cloud + ".db");
  }

  /**
   * Those that were here and whose files are missing or empty.
   *
   * @throws TwinloomException if it cannot be read which ones were here
   */
  public List<String> missing() {
    List<String> missing = new ArrayList<>();
    for (String cloud : known()) {
      Path file = file(folder, cloud);
      try {
        if (Files.size(file) == 0) {
          missing.add(cloud);
        }
      } catch (NoSuchFileException e) {
        missing.add(cloud);
      } catch (IOException e) {
        throw unreadable(file, e);
      }
    }
    return missing;
  }

  /**
   * Refuses to go on without a store that was here.
   *
   * @param abandoned those that are to begin empty
   * @throws TwinloomException if another one is missing
   */
  public void check(Set<String> abandoned) {
    for (String cloud : missing()) {
      if (!abandoned.contains(cloud)) {
        throw gone(cloud);
      }
    }
  }

  private TwinloomException gone(String cloud) {
    return new TwinloomException(
        LocalError.STORE_GONE,
        "The store of " + cloud + " is missing or empty, though this twin had one.",
        file(folder, cloud).toString(),
        "Restore it from a backup; or, to begin with an empty one, start with --new-store="
            + cloud
            + ".");
  }

  /** Writes down that these are here; on disk when this returns. */
  public void remember(Set<String> clouds) {
    Set<String> all = new TreeSet<>(known());
    if (!all.addAll(clouds)) {
      return;
    }
    JsonObject content =
        JsonObject.builder().put(STORES, JsonArray.ofTexts(List.copyOf(all))).build();
    Path temporary = folder.resolve(FILE + ".new");
    try {
      Files.write(temporary, Json.bytes(content));
      Files.move(
          temporary,
          folder.resolve(FILE),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw unreadable(temporary, e);
    }
  }

  private Set<String> known() {
    Set<String> clouds = new TreeSet<>();
    try {
      JsonObject content = Json.parseObject(Files.readAllBytes(folder.resolve(FILE)));
      content
          .array(STORES)
          .orElse(JsonArray.EMPTY)
          .forEach(
              cloud -> {
                if (cloud instanceof JsonString text) {
                  clouds.add(text.value());
                }
              });
      return clouds;
    } catch (NoSuchFileException e) {
      return clouds;
    } catch (IOException | IllegalArgumentException e) {
      throw unreadable(folder.resolve(FILE), e);
    }
  }

  private static TwinloomException unreadable(Path file, Exception e) {
    return new TwinloomException(
        LocalError.STORE_UNREADABLE,
        "It cannot be made sure that the stores are there: " + FileFailure.reason(e) + ".",
        file.toString(),
        "See that the data folder is readable and writable; if this file is damaged and the stores"
            + " (*.db) are all there, delete it.",
        e);
  }
}
