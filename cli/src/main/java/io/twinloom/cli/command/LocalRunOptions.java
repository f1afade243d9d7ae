package io.twinloom.cli.command;

import io.twinloom.cli.error.CliError;
import io.twinloom.cli.terminal.Output;
import io.twinloom.local.LocalOptions;
import io.twinloom.model.TwinloomException;
import io.twinloom.mqtt.MqttSecurity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How the local clouds run; the same for every command that starts them. */
final class LocalRunOptions {

  @Option(
      names = "--port-base",
      paramLabel = "N",
      description = "Fix the ports: N to N+2 for HTTP, N+3 to N+5 for MQTT (default: free ones).")
  private @Nullable Integer portBase;

  @Option(
      names = "--bind",
      paramLabel = "ADDRESS",
      description = "The address to listen on (default: loopback only).")
  private @Nullable String bind;

  @Option(
      names = "--mqtt-cert",
      paramLabel = "FILE",
      description = "A certificate (PEM): devices then connect by TLS only.")
  private @Nullable Path certificate;

  @Option(names = "--mqtt-key", paramLabel = "FILE", description = "Its private key (PEM).")
  private @Nullable Path key;

  @Option(
      names = "--mqtt-users",
      paramLabel = "FILE",
      description = "Who may connect: lines of user:password.")
  private @Nullable Path users;

  @Option(
      names = "--retry-gaps",
      paramLabel = "LIST",
      split = ",",
      description = "How long to wait before each further try of a function (default: 1m,2m).")
  private @Nullable List<Duration> retryGaps;

  @Option(
      names = "--user-code-limit",
      paramLabel = "TIME",
      description = "How long user code may take for one event (default: 30s).")
  private @Nullable Duration userCodeLimit;

  @Option(
      names = "--archive-restore",
      paramLabel = "TIME",
      description =
          "Let the archive behave as one whose chunks must be restored first, which takes so long"
              + " (default: they can be read at once).")
  private @Nullable Duration archiveRestore;

  @Option(
      names = "--day-length",
      paramLabel = "TIME",
      description =
          "How long a day lasts for schedules and for the ages by which items move to colder tiers"
              + " (default: 24h).")
  private @Nullable Duration dayLength;

  @Option(
      names = "--new-store",
      paramLabel = "CLOUD",
      description = "Begin with an empty store on this cloud where the former one is gone.")
  private List<String> newStores = new ArrayList<>();

  /** Sets how long a day lasts, unless the user has said so. */
  void dayLengthUnlessGiven(Duration usual) {
    if (dayLength == null) {
      dayLength = usual;
    }
  }

  /** The options for a data folder; says what is unusual about them. */
  LocalOptions of(Path data, Path folder, Output output) {
    LocalOptions usual = LocalOptions.defaults(data);
    if (bind != null && !isLoopback(bind)) {
      output.warn(
          "the twin's endpoints listen on "
              + bind
              + ": everybody who can reach this machine can reach them. Functions ask for their tokens;"
              + " devices are let in by --mqtt-users only.");
    }
    return new LocalOptions(
        data,
        bind == null ? usual.bind() : bind,
        Optional.ofNullable(portBase),
        retryGaps == null ? usual.retryGaps() : retryGaps,
        userCodeLimit == null ? usual.userCodeTimeout() : userCodeLimit,
        Optional.ofNullable(archiveRestore),
        dayLength == null ? usual.dayLength() : dayLength,
        usual.backlog(),
        security(folder),
        Set.copyOf(newStores));
  }

  /** The same options as arguments, for the process in the background. */
  List<String> arguments(Path folder) {
    List<String> arguments = new ArrayList<>();
    add(arguments, "--port-base", portBase);
    add(arguments, "--bind", bind);
    add(arguments, "--mqtt-cert", certificate == null ? null : folder.resolve(certificate));
    add(arguments, "--mqtt-key", key == null ? null : folder.resolve(key));
    add(arguments, "--mqtt-users", users == null ? null : folder.resolve(users));
    if (retryGaps != null) {
      add(
          arguments,
          "--retry-gaps",
          String.join(",", retryGaps.stream().map(d -> d.toMillis() + "ms").toList()));
    }
    add(
        arguments,
        "--user-code-limit",
        userCodeLimit == null ? null : userCodeLimit.toMillis() + "ms");
    add(
        arguments,
        "--archive-restore",
        archiveRestore == null ? null : archiveRestore.toMillis() + "ms");
    add(arguments, "--day-length", dayLength == null ? null : dayLength.toMillis() + "ms");
    newStores.forEach(cloud -> add(arguments, "--new-store", cloud));
    return arguments;
  }

  private static void add(List<String> arguments, String name, @Nullable Object value) {
    if (value != null) {
      arguments.add(name);
      arguments.add(value.toString());
    }
  }

  private static boolean isLoopback(String address) {
    try {
      return InetAddress.getByName(address).isLoopbackAddress();
    } catch (UnknownHostException e) {
      throw new TwinloomException(
          CliError.OPTION_BIND,
          "'" + address + "' is not an address of this machine.",
          "--bind",
          "Give an address, such as 127.0.0.1 or 0.0.0.0.");
    }
  }

  private Optional<MqttSecurity> security(Path folder) {
    if (certificate == null && key == null && users == null) {
      return Optional.empty();
    }
    if ((certificate == null) != (key == null)) {
      throw new TwinloomException(
          CliError.OPTION_MQTT_CERT,
          "A certificate and its key go together; one of them is missing.",
          certificate == null ? "--mqtt-cert" : "--mqtt-key",
          "Give both.");
    }
    Optional<MqttSecurity.Certificate> pair =
        certificate == null || key == null
            ? Optional.empty()
            : Optional.of(
                new MqttSecurity.Certificate(folder.resolve(certificate), folder.resolve(key)));
    return Optional.of(
        new MqttSecurity(pair, users == null ? Map.of() : read(folder.resolve(users))));
  }

  private static Map<String, String> read(Path file) {
    try {
      Map<String, String> users = new LinkedHashMap<>();
      List<String> lines = Files.readAllLines(file);
      for (int i = 0; i < lines.size(); i++) {
        String line = lines.get(i).strip();
        int colon = line.indexOf(':');
        if (colon > 0) {
          users.put(line.substring(0, colon), line.substring(colon + 1));
        } else if (!line.isEmpty() && !line.startsWith("#")) {
          throw usersFile("Line " + (i + 1) + " is not of the form user:password.", file, null);
        }
      }
      if (users.isEmpty()) {
        throw usersFile("The file names no user.", file, null);
      }
      return users;
    } catch (IOException e) {
      throw usersFile(
          "The file of users cannot be read: " + e.getClass().getSimpleName() + ".", file, e);
    }
  }

  private static TwinloomException usersFile(String what, Path file, @Nullable IOException cause) {
    return new TwinloomException(
        CliError.OPTION_MQTT_USERS,
        what,
        file.toString(),
        "Write one line of user:password for each; see docs/operations.md.",
        cause);
  }
}
