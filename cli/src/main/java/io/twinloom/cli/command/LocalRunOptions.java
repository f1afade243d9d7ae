package io.twinloom.cli.command;

import io.twinloom.local.deploy.LocalTarget;
import io.twinloom.local.deploy.RunOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How the local clouds run; the same for every command that starts them. */
final class LocalRunOptions {

  static final String PORT_BASE = "--port-base";
  static final String BIND = "--bind";
  static final String CERTIFICATE = "--mqtt-cert";
  static final String KEY = "--mqtt-key";
  static final String USERS = "--mqtt-users";
  static final String RETRY_GAPS = "--retry-gaps";
  static final String PUT_OFF_LIMIT = "--put-off-limit";
  static final String USER_CODE_LIMIT = "--user-code-limit";
  static final String ARCHIVE_RESTORE = "--archive-restore";
  static final String DAY_LENGTH = "--day-length";
  static final String TRACE_SAMPLING = "--trace-sampling";
  static final String RESET = "--reset-options";
  static final String PORTS = "--chosen-ports";

  /** Its project is the deployed one, whatever the folder holds by now. */
  static final String DEPLOYED = "--deployed";

  @Option(
      names = PORT_BASE,
      paramLabel = "N",
      description =
          "Fix the ports: N to N+2 for HTTP, N+3 to N+5 for MQTT, N+6 for the page (default: free"
              + " ones).")
  private @Nullable Integer portBase;

  @Option(
      names = BIND,
      paramLabel = "ADDRESS",
      description = "The address to listen on (default: loopback only).")
  private @Nullable String bind;

  @Option(
      names = CERTIFICATE,
      paramLabel = "FILE",
      description = "A certificate (PEM): devices then connect by TLS only.")
  private @Nullable Path certificate;

  @Option(names = KEY, paramLabel = "FILE", description = "Its private key (PEM).")
  private @Nullable Path key;

  @Option(
      names = USERS,
      paramLabel = "FILE",
      description = "Who may connect: lines of user:password.")
  private @Nullable Path users;

  @Option(
      names = RETRY_GAPS,
      paramLabel = "LIST",
      split = ",",
      description = "How long to wait before each further try of a function (default: 1m,2m).")
  private @Nullable List<Duration> retryGaps;

  @Option(
      names = PUT_OFF_LIMIT,
      paramLabel = "TIME",
      description =
          "How long an event is put off that could not be tried (a cloud is down, user code is"
              + " busy), before that counts as a failure (default: 6h).")
  private @Nullable Duration putOffLimit;

  @Option(
      names = USER_CODE_LIMIT,
      paramLabel = "TIME",
      description = "How long user code may take for one event (default: 30s).")
  private @Nullable Duration userCodeLimit;

  @Option(
      names = ARCHIVE_RESTORE,
      paramLabel = "TIME",
      description =
          "Let the archive behave as one whose chunks must be restored first, which takes so long"
              + " (default: they can be read at once).")
  private @Nullable Duration archiveRestore;

  @Option(
      names = DAY_LENGTH,
      paramLabel = "TIME",
      description =
          "How long a day lasts for schedules and for the ages by which items move to colder tiers"
              + " (default: 24h).")
  private @Nullable Duration dayLength;

  @Option(
      names = TRACE_SAMPLING,
      paramLabel = "N",
      description =
          "In PRODUCTION keep every span of one trace in N, beside those of events that did not end"
              + " well (default: 100; 1: all).")
  private @Nullable Integer traceSampling;

  @Option(
      names = "--new-store",
      paramLabel = "CLOUD",
      converter = CloudArgument.class,
      description = "Begin with an empty store on this cloud where the former one is gone.")
  private List<String> newStores = List.of();

  @Option(
      names = RESET,
      description =
          "Forget the options above that this twin was started with before. Without it they hold on,"
              + " unless they are given anew.")
  private boolean reset;

  @Option(
      names = PORTS,
      hidden = true,
      split = ",",
      description = "The ports that were chosen at an earlier start; for the background.")
  private Map<String, Integer> ports = Map.of();

  /**
   * What was given, over what the twin was started with before.
   *
   * @param data the twin's data folder
   * @param folder what relative paths are relative to
   */
  RunChoice over(Path data, Path folder) {
    RunOptions before = LocalTarget.optionsOf(data);
    RunChoice choice = RunChoice.of(given(folder), before, reset);
    return (ports.isEmpty() ? choice : choice.withPorts(ports)).withNewStores(newStores);
  }

  /** The options that were given, where they can do nothing; empty where there are none. */
  Optional<String> needless(Path folder) {
    SortedMap<String, String> given = given(folder);
    if (reset) {
      given.put(RESET, "");
    }
    if (!newStores.isEmpty()) {
      given.put("--new-store", "");
    }
    return given.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", given.keySet()));
  }

  private SortedMap<String, String> given(Path folder) {
    SortedMap<String, String> given = new TreeMap<>();
    put(given, PORT_BASE, portBase);
    put(given, BIND, bind);
    put(given, CERTIFICATE, certificate == null ? null : folder.resolve(certificate).normalize());
    put(given, KEY, key == null ? null : folder.resolve(key).normalize());
    put(given, USERS, users == null ? null : folder.resolve(users).normalize());
    put(
        given,
        RETRY_GAPS,
        retryGaps == null
            ? null
            : retryGaps.stream().map(Durations::text).collect(Collectors.joining(",")));
    put(given, PUT_OFF_LIMIT, text(putOffLimit));
    put(given, USER_CODE_LIMIT, text(userCodeLimit));
    put(given, ARCHIVE_RESTORE, text(archiveRestore));
    put(given, DAY_LENGTH, text(dayLength));
    put(given, TRACE_SAMPLING, traceSampling);
    return given;
  }

  private static void put(SortedMap<String, String> given, String name, @Nullable Object value) {
    if (value != null) {
      given.put(name, value.toString());
    }
  }

  private static @Nullable String text(@Nullable Duration duration) {
    return duration == null ? null : Durations.text(duration);
  }
}
