package io.twinloom.server.projects;

import io.twinloom.json.Sha256;
import io.twinloom.model.ProjectFiles;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.error.ModelError;
import io.twinloom.model.files.ProjectSource;
import io.twinloom.server.error.ServerError;
import io.twinloom.server.http.ApiException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The files of a project as the interface shows them: never one that holds a secret. */
final class ProjectText {

  /** Files with credentials and tokens, which are written and never shown. */
  private static final Set<String> SECRETS =
      Set.of("config_credentials.json", "config_inter_cloud.json");

  private static final Pattern SERVICE_KEY = Pattern.compile(".*credentials[^/]*\\.json");

  /** What Twinloom keeps in a project's folder. */
  private static final String DATA = ".twinloom";

  private static final int LONGEST_PATH = 1_000;

  private ProjectText() {}

  /** A file that is there. */
  record Content(String path, byte[] bytes) {

    String digest() {
      return Sha256.hex(bytes);
    }

    /** Its text; empty where it is none. */
    Optional<String> text() {
      try {
        return Optional.of(
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
      } catch (CharacterCodingException e) {
        return Optional.empty();
      }
    }
  }

  /** Whether a file holds a secret. */
  static boolean isSecret(String path) {
    return SECRETS.contains(path) || SERVICE_KEY.matcher(path).matches();
  }

  /** Whether a file is the project's, rather than of what is kept beside it. */
  static boolean isOfProject(String path) {
    return !path.startsWith(DATA + "/") && !path.equals(DATA);
  }

  /**
   * A path that names a file inside a project.
   *
   * @throws ApiException if it does not
   */
  static String checked(String path) {
    boolean plain =
        !path.isEmpty()
            && path.length() <= LONGEST_PATH
            && path.indexOf('\\') < 0
            && path.chars().noneMatch(Character::isISOControl);
    for (String name : path.split("/", -1)) {
      plain &= !name.isEmpty() && !name.equals(".") && !name.equals("..");
    }
    if (!plain || !isOfProject(path)) {
      throw ApiException.parameter("path", "\"path\" names no file inside the project.");
    }
    return path;
  }

  /**
   * A file of a project.
   *
   * @throws TwinloomException if there is none, or it holds a secret
   */
  static Content read(Path source, String path) {
    checked(path);
    if (isSecret(path)) {
      throw new TwinloomException(
          ServerError.API_SECRET, "The file " + path + " holds secrets and is not shown.", path);
    }
    try (ProjectFiles files = ProjectSource.open(source)) {
      return new Content(
          path,
          files
              .read(path)
              .orElseThrow(() -> ApiException.notFound("The project has no such file.", path)));
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  static TwinloomException unreadable(String where, IOException e) {
    return new TwinloomException(
        ModelError.PROJECT_UNREADABLE,
        "The project's files cannot be read or written: " + e.getClass().getSimpleName() + ".",
        where,
        ModelError.PROJECT_UNREADABLE.fix(),
        e);
  }
}
