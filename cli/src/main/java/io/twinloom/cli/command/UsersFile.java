package io.twinloom.cli.command;

import io.twinloom.cli.error.CliError;
import io.twinloom.model.TwinloomException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The file of {@code --mqtt-users}. What it says of its lines never shows a password. */
final class UsersFile {

  private UsersFile() {}

  /**
   * Reads passwords by users.
   *
   * @throws TwinloomException if it cannot be read, or a line says something else
   */
  static Map<String, String> read(Path file) {
    try {
      Map<String, String> users = new LinkedHashMap<>();
      List<String> lines = Files.readAllLines(file);
      for (int i = 0; i < lines.size(); i++) {
        String line = lines.get(i).strip();
        if (!line.isEmpty() && !line.startsWith("#")) {
          add(line, "Line " + (i + 1), users, file);
        }
      }
      if (users.isEmpty()) {
        throw refused("The file names no user.", file, null);
      }
      return users;
    } catch (IOException e) {
      throw refused(
          "The file of users cannot be read: " + e.getClass().getSimpleName() + ".", file, e);
    }
  }

  private static void add(String line, String place, Map<String, String> users, Path file) {
    int colon = line.indexOf(':');
    if (colon <= 0) {
      throw refused(place + " is not of the form user:password.", file, null);
    }
    if (colon == line.length() - 1) {
      throw refused(place + " has an empty password.", file, null);
    }
    if (users.putIfAbsent(line.substring(0, colon), line.substring(colon + 1)) != null) {
      throw refused(place + " names a user of an earlier line again.", file, null);
    }
  }

  private static TwinloomException refused(String what, Path file, @Nullable IOException cause) {
    return new TwinloomException(
        CliError.OPTION_MQTT_USERS, what, file.toString(), CliError.OPTION_MQTT_USERS.fix(), cause);
  }
}
