package io.twinloom.cli.command;

import io.twinloom.cli.error.CliError;
import io.twinloom.cli.terminal.Output;
import io.twinloom.deployer.control.StatusReport.OptionStatus;
import io.twinloom.deployer.control.StatusReport.Origin;
import io.twinloom.local.LocalOptions;
import io.twinloom.local.deploy.RunOptions;
import io.twinloom.model.Provider;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.trace.TraceSampling;
import io.twinloom.mqtt.MqttSecurity;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The options that hold for a twin that is started: those that are given, and those that it was
 * started with before and that are not given anew.
 */
final class RunChoice {

  private static final int LAST_PORT = 65_535;

  private static final List<String> FILES =
      List.of(LocalRunOptions.CERTIFICATE, LocalRunOptions.KEY, LocalRunOptions.USERS);

  /** The value of an option without which something is left out. */
  private static final String NONE = "none";

  private final SortedMap<String, String> values;
  private final SortedMap<String, String> kept;
  private final SortedMap<String, String> dropped;
  private final Map<String, Integer> ports;
  private final List<String> newStores;

  private RunChoice(
      SortedMap<String, String> values,
      SortedMap<String, String> kept,
      SortedMap<String, String> dropped,
      Map<String, Integer> ports,
      List<String> newStores) {
    this.values = values;
    this.kept = kept;
    this.dropped = dropped;
    this.ports = Map.copyOf(ports);
    this.newStores = List.copyOf(newStores);
  }

  /**
   * Chooses.
   *
   * @param before what the twin was started with
   * @param reset whether that is forgotten
   */
  static RunChoice of(Map<String, String> given, RunOptions before, boolean reset) {
    SortedMap<String, String> rest = new TreeMap<>(before.values());
    rest.keySet().removeAll(given.keySet());
    SortedMap<String, String> values = new TreeMap<>(given);
    if (!reset) {
      values.putAll(rest);
    }
    boolean fixed = values.containsKey(LocalRunOptions.PORT_BASE);
    return new RunChoice(
        values,
        reset ? new TreeMap<>() : rest,
        reset ? rest : new TreeMap<>(),
        reset || fixed ? Map.of() : before.ports(),
        List.of());
  }

  /** The same with ports that were chosen before. */
  RunChoice withPorts(Map<String, Integer> chosen) {
    return new RunChoice(values, kept, dropped, chosen, newStores);
  }

  /** The same with clouds whose store may begin empty: this once, so it is not kept. */
  RunChoice withNewStores(List<String> clouds) {
    return new RunChoice(values, kept, dropped, ports, clouds);
  }

  /** What is kept with the twin's data. */
  RunOptions options() {
    return RunOptions.of(values, FILES).withPorts(ports);
  }

  /** The same as arguments of the process in the background, which adds nothing to them. */
  List<String> arguments() {
    List<String> arguments = new ArrayList<>(List.of(LocalRunOptions.RESET));
    values.forEach((name, value) -> arguments.addAll(List.of(name, value)));
    if (!ports.isEmpty()) {
      arguments.addAll(
          List.of(
              LocalRunOptions.PORTS,
              new TreeMap<>(ports)
                  .entrySet().stream()
                      .map(port -> port.getKey() + "=" + port.getValue())
                      .collect(Collectors.joining(","))));
    }
    newStores.forEach(cloud -> arguments.addAll(List.of("--new-store", cloud)));
    return arguments;
  }

  /** Tells what the user has not typed now and may have forgotten, and what is less safe for it. */
  void tell(Output output) {
    if (!kept.isEmpty()) {
      output.say(
          "As before: " + words(kept) + " (" + LocalRunOptions.RESET + " forgets these options).");
    }
    if (!dropped.isEmpty()) {
      output.say("No longer: " + words(dropped) + ".");
    }
    if (dropped.containsKey(LocalRunOptions.CERTIFICATE)) {
      output.warn(
          "devices connect without TLS from now on: anyone on the network can read what they send.");
    }
    if (dropped.containsKey(LocalRunOptions.USERS)) {
      output.warn("devices need no user and password from now on.");
    }
    String bind = values.get(LocalRunOptions.BIND);
    if (bind != null && !isLoopback(bind)) {
      output.warn(
          "the twin's endpoints listen on "
              + bind
              + ": everybody who can reach this machine can reach them. Functions ask for their tokens;"
              + (values.containsKey(LocalRunOptions.USERS)
                  ? " devices for user and password."
                  : " devices for nothing, unless --mqtt-users is given."));
    }
  }

  private static String words(Map<String, String> options) {
    return options.entrySet().stream()
        .map(option -> option.getKey() + " " + option.getValue())
        .collect(Collectors.joining(" "));
  }

  /**
   * The options for the clouds.
   *
   * @param day how long a day lasts where the user has not said so
   */
  LocalOptions local(Path data, Optional<Duration> day) {
    LocalOptions usual = LocalOptions.defaults(data);
    return new LocalOptions(
        data,
        new LocalOptions.Listening(
            values.getOrDefault(LocalRunOptions.BIND, usual.bind()),
            value(LocalRunOptions.PORT_BASE).map(RunChoice::portBase),
            ports,
            security()),
        timing(usual, day),
        usual.queueing(),
        value(LocalRunOptions.TRACE_SAMPLING).map(RunChoice::sampling).orElse(usual.sampling()),
        Set.copyOf(newStores));
  }

  /** Options for what is only asked: how long things take, without files that may be gone. */
  LocalOptions timed(Path data) {
    LocalOptions usual = LocalOptions.defaults(data);
    return new LocalOptions(
        data,
        usual.listening(),
        timing(usual, Optional.empty()),
        usual.queueing(),
        usual.sampling(),
        Set.of());
  }

  private LocalOptions.Timing timing(LocalOptions usual, Optional<Duration> day) {
    return new LocalOptions.Timing(
        value(LocalRunOptions.RETRY_GAPS).map(RunChoice::durations).orElse(usual.retryGaps()),
        positive(LocalRunOptions.PUT_OFF_LIMIT).orElse(usual.longestPutOff()),
        positive(LocalRunOptions.USER_CODE_LIMIT).orElse(usual.userCodeTimeout()),
        value(LocalRunOptions.ARCHIVE_RESTORE).map(Durations::parse),
        positive(LocalRunOptions.DAY_LENGTH).or(() -> day).orElse(usual.dayLength()));
  }

  /**
   * All options, each with where its value is from.
   *
   * @param day as for {@link #local}
   */
  List<OptionStatus> shown(Path data, Optional<Duration> day) {
    LocalOptions usual = LocalOptions.defaults(data);
    SortedMap<String, String> defaults = new TreeMap<>();
    defaults.put(LocalRunOptions.ARCHIVE_RESTORE, NONE);
    defaults.put(LocalRunOptions.BIND, usual.bind());
    defaults.put(LocalRunOptions.CERTIFICATE, NONE);
    defaults.put(LocalRunOptions.DAY_LENGTH, Durations.text(day.orElse(usual.dayLength())));
    defaults.put(LocalRunOptions.KEY, NONE);
    defaults.put(LocalRunOptions.PORT_BASE, NONE);
    defaults.put(LocalRunOptions.PUT_OFF_LIMIT, Durations.text(usual.longestPutOff()));
    defaults.put(
        LocalRunOptions.RETRY_GAPS,
        usual.retryGaps().stream().map(Durations::text).collect(Collectors.joining(",")));
    defaults.put(LocalRunOptions.TRACE_SAMPLING, Integer.toString(usual.sampling().oneIn()));
    defaults.put(LocalRunOptions.USER_CODE_LIMIT, Durations.text(usual.userCodeTimeout()));
    defaults.put(LocalRunOptions.USERS, NONE);
    List<OptionStatus> shown = new ArrayList<>();
    defaults.forEach(
        (name, usually) -> {
          String given = values.get(name);
          shown.add(
              given == null
                  ? new OptionStatus(name, usually, Origin.DEFAULT)
                  : new OptionStatus(name, given, Origin.GIVEN));
        });
    return shown;
  }

  private Optional<String> value(String option) {
    return Optional.ofNullable(values.get(option));
  }

  private static List<Duration> durations(String text) {
    return Arrays.stream(text.split(",", -1)).map(Durations::parse).toList();
  }

  private static int portBase(String text) {
    int base = Integer.parseInt(text);
    // Endpoint and device channel of each cloud, and the server of the page.
    int last = LAST_PORT - 2 * Provider.all().size();
    if (base < 1 || base > last) {
      throw new TwinloomException(
          CliError.OPTION_NUMBER,
          "The ports from " + base + " on are not all between 1 and " + LAST_PORT + ".",
          LocalRunOptions.PORT_BASE,
          "Give a number from 1 to " + last + ".");
    }
    return base;
  }

  private static TraceSampling sampling(String text) {
    int oneIn = Integer.parseInt(text);
    if (oneIn < 1) {
      throw new TwinloomException(
          CliError.OPTION_NUMBER,
          "One trace in " + oneIn + " is none.",
          LocalRunOptions.TRACE_SAMPLING,
          "Give a number from 1 on.");
    }
    return new TraceSampling(oneIn);
  }

  private Optional<Duration> positive(String option) {
    Optional<Duration> duration = value(option).map(Durations::parse);
    if (duration.filter(Duration::isPositive).isEmpty() && duration.isPresent()) {
      throw new TwinloomException(
          CliError.OPTION_TIME,
          "A time of 0 is none.",
          option,
          "Give a time above 0, such as 30s.");
    }
    return duration;
  }

  private static boolean isLoopback(String address) {
    try {
      if (address.startsWith("[")) {
        // As in an address of the web; a socket has it without.
        throw new UnknownHostException(address);
      }
      return InetAddress.getByName(address).isLoopbackAddress();
    } catch (UnknownHostException e) {
      throw new TwinloomException(
          CliError.OPTION_BIND,
          "'" + address + "' is not an address of this machine.",
          LocalRunOptions.BIND,
          "Give an address, such as 127.0.0.1, 0.0.0.0 or ::1.");
    }
  }

  private Optional<MqttSecurity> security() {
    String certificate = values.get(LocalRunOptions.CERTIFICATE);
    String key = values.get(LocalRunOptions.KEY);
    String users = values.get(LocalRunOptions.USERS);
    if (certificate == null && key == null && users == null) {
      return Optional.empty();
    }
    if ((certificate == null) != (key == null)) {
      throw new TwinloomException(
          CliError.OPTION_MQTT_CERT,
          "A certificate and its key go together; one of them is missing.",
          certificate == null ? LocalRunOptions.CERTIFICATE : LocalRunOptions.KEY,
          "Give both.");
    }
    Optional<MqttSecurity.Certificate> pair =
        certificate == null || key == null
            ? Optional.empty()
            : Optional.of(new MqttSecurity.Certificate(Path.of(certificate), Path.of(key)));
    if (users == null) {
      return Optional.of(new MqttSecurity(pair, Map.of()));
    }
    UsersFile file = UsersFile.read(Path.of(users));
    return Optional.of(new MqttSecurity(pair, file.passwords(), file.devices()));
  }
}
