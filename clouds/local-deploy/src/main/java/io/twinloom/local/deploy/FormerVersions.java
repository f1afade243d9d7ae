package io.twinloom.local.deploy;

import io.twinloom.deployer.PreparedProject;
import io.twinloom.deployer.PrivateFiles;
import io.twinloom.deployer.ProjectCopies;
import io.twinloom.json.Json;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonString;
import io.twinloom.json.JsonValue;
import io.twinloom.model.TwinloomException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The versions of a project for whose functions events may wait still, the latest first. They are
 * written down before another version takes their place, so that every start has them, until
 * nothing waits.
 *
 * @param file in the data folder; absent where there are none
 */
record FormerVersions(Path file) {

  static final String FILE = "former.json";

  private static final String PROJECTS = "projects";

  private static final String FIX =
      "Restore the file from a backup; without one, delete it: what waits for functions that the"
          + " project has no more then ends as dead letters.";

  /**
   * Their digests.
   *
   * @throws TwinloomException if the file cannot be read
   */
  List<String> digests() {
    return LocalDataFolder.readState(file, FIX, FormerVersions::parse).orElse(List.of());
  }

  private static List<String> parse(JsonObject json) {
    return json.array(PROJECTS)
        .map(JsonArray::texts)
        .orElseThrow(() -> new IllegalArgumentException("\"" + PROJECTS + "\" is no list"));
  }

  /** Notes a version that another one is about to replace, where that lacks functions of its. */
  void replacing(PreparedProject version, PreparedProject next) {
    boolean lacks =
        version.topology().functions().stream()
            .anyMatch(f -> next.topology().function(f.id()).isEmpty());
    if (lacks) {
      add(version.digest());
    }
  }

  /** Adds one, which another version is about to replace. */
  void add(String digest) {
    List<JsonValue> all = new ArrayList<>();
    all.add(new JsonString(digest));
    digests().stream()
        .filter(other -> !other.equals(digest))
        .forEach(other -> all.add(new JsonString(other)));
    PrivateFiles.write(
        file, Json.bytes(JsonObject.builder().put(PROJECTS, new JsonArray(all)).build()));
  }

  /** Forgets them: nothing waits for any. */
  void clear() {
    LocalDataFolder.remove(file);
  }

  /**
   * Those before the version that is about to start, that of which copies can be read: what waits
   * for another one fails as it would without it.
   *
   * @param deployed the version that ran last
   */
  List<PreparedProject> before(
      PreparedProject wanted, Optional<PreparedProject> deployed, ProjectCopies copies) {
    deployed
        .filter(version -> !version.digest().equals(wanted.digest()))
        .ifPresent(version -> replacing(version, wanted));
    return find(copies).stream()
        .filter(version -> !version.digest().equals(wanted.digest()))
        .toList();
  }

  /** Those whose copies this program can read. */
  List<PreparedProject> find(ProjectCopies copies) {
    return digests().stream().flatMap(digest -> readable(digest, copies).stream()).toList();
  }

  /** The copy of a version; empty where a newer program finds it invalid, or there is none. */
  static Optional<PreparedProject> readable(String digest, ProjectCopies copies) {
    try {
      return copies.find(digest);
    } catch (TwinloomException e) {
      // Its functions cannot be made.
      return Optional.empty();
    }
  }
}
