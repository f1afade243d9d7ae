package io.twinloom.cli.command;

import io.twinloom.cli.error.CliError;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.files.FileFailure;
import io.twinloom.model.text.UserText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The file of {@code --mqtt-users}. What it says of its lines never shows a password.
 *
 * @param passwords by users
 * @param devices those that a user is bound to; a user without an entry is bound to none
 */
record UsersFile(Map<String, String> passwords, Map<String, Set<String>> devices) {

  private static final int USER = 0;
  private static final int PASSWORD = 1;
  private static final int DEVICES = 2;

  /**
   * Reads lines of {@code user:password} or {@code user:password:device,device}. A colon in one of
   * them is written {@code \\:}.
   *
   * @throws TwinloomException if it cannot be read, or a line says something else
   */
  static UsersFile read(Path file) {
    try {
      UsersFile users = new UsersFile(new LinkedHashMap<>(), new LinkedHashMap<>());
      List<String> lines = UserText.decode(Files.readAllBytes(file)).lines().toList();
      for (int i = 0; i < lines.size(); i++) {
        String line = lines.get(i).strip();
        if (!line.isEmpty() && !line.startsWith("#")) {
          users.add(columns(line), "Line " + (i + 1), file);
        }
      }
      if (users.passwords.isEmpty()) {
        throw refused("The file names no user.", file, null);
      }
      return users;
    } catch (UserText.EncodingException e) {
      throw refused(e.what(), file, e);
    } catch (IOException e) {
      throw refused("The file of users cannot be read: " + FileFailure.reason(e) + ".", file, e);
    }
  }

  private static List<String> columns(String line) {
    List<String> columns = new ArrayList<>();
    StringBuilder column = new StringBuilder();
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '\\' && i + 1 < line.length() && ":\\".indexOf(line.charAt(i + 1)) >= 0) {
        column.append(line.charAt(++i));
      } else if (c == ':') {
        columns.add(column.toString());
        column.setLength(0);
      } else {
        column.append(c);
      }
    }
    columns.add(column.toString());
    return columns;
  }

  private void add(List<String> columns, String place, Path file) {
    if (columns.size() < DEVICES || columns.get(USER).isBlank()) {
      throw refused(place + " is not of the form user:password.", file, null);
    }
    String user = columns.get(USER);
    if (columns.get(PASSWORD).isBlank()) {
      throw refused(place + " has an empty password.", file, null);
    }
    if (columns.size() > DEVICES + 1) {
      throw refused(
          place + " has more than three columns; a colon in a password is written \\:.",
          file,
          null);
    }
    if (passwords.putIfAbsent(user, columns.get(PASSWORD)) != null) {
      throw refused(place + " names a user of an earlier line again.", file, null);
    }
    if (columns.size() > DEVICES) {
      Set<String> bound = new LinkedHashSet<>();
      for (String device : columns.get(DEVICES).split(",", -1)) {
        if (device.isBlank()) {
          throw refused(
              place + " names no device, or an empty one, in its third column.", file, null);
        }
        bound.add(device.strip());
      }
      devices.put(user, bound);
    }
  }

  private static TwinloomException refused(String what, Path file, @Nullable Exception cause) {
    return new TwinloomException(
        CliError.OPTION_MQTT_USERS, what, file.toString(), CliError.OPTION_MQTT_USERS.fix(), cause);
  }
}
