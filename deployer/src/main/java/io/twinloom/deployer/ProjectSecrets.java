package io.twinloom.deployer;

import io.twinloom.json.Json;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonString;
import io.twinloom.json.JsonSyntaxException;
import io.twinloom.json.JsonValue;
import io.twinloom.model.ProjectFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Which files of a project hold secrets: they are no part of what is deployed or given away. */
public final class ProjectSecrets {

  private static final String CREDENTIALS = "config_credentials.json";

  /** How names of files with secrets begin: copies of them have an ending more. */
  private static final List<String> NAMES = List.of("config_credentials", "config_inter_cloud");

  private static final String PRIVATE_KEY = "PRIVATE KEY-----";

  private ProjectSecrets() {}

  /**
   * Whether a file must not be given away by what it is called or holds, such as a copy of the
   * credentials or a private key; beside those of {@link #of}.
   */
  public static boolean looksSecret(String path, byte[] content) {
    String name = path.substring(path.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
    return NAMES.stream().anyMatch(name::startsWith)
        || name.equals(".env")
        || new String(content, StandardCharsets.ISO_8859_1).contains(PRIVATE_KEY);
  }

  /**
   * The paths of the files with secrets: connections and their tokens, which a deployment itself
   * writes, credentials, and the files that these name.
   *
   * @throws IOException if the credentials cannot be read
   */
  public static Set<String> of(ProjectFiles files) throws IOException {
    Set<String> secrets = new HashSet<>();
    secrets.add(ConnectionStore.FILE);
    secrets.add(CREDENTIALS);
    Optional<byte[]> credentials = files.read(CREDENTIALS);
    if (credentials.isPresent()) {
      List<String> texts = new ArrayList<>();
      try {
        texts(Json.parse(credentials.get()), texts);
      } catch (JsonSyntaxException e) {
        // Reading the project reports it.
        return secrets;
      }
      for (String text : texts) {
        named(text, files).ifPresent(secrets::add);
      }
    }
    return secrets;
  }

  /** The file of the project that a text of the credentials names, however it is written. */
  private static Optional<String> named(String text, ProjectFiles files) {
    String path;
    try {
      path = Path.of(text).normalize().toString().replace('\\', '/');
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
    if (!path.isEmpty() && files.size(path) >= 0) {
      return Optional.of(path);
    }
    return path.startsWith("/")
        ? files.below("").stream().filter(p -> path.endsWith("/" + p)).findFirst()
        : Optional.empty();
  }

  private static void texts(JsonValue value, List<String> found) {
    switch (value) {
      case JsonString text -> found.add(text.value());
      case JsonObject object -> object.members().values().forEach(v -> texts(v, found));
      case JsonArray array -> array.values().forEach(v -> texts(v, found));
      default -> {}
    }
  }
}
