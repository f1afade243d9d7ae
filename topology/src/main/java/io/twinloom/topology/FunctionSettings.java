package io.twinloom.topology;

import io.twinloom.model.Connections;
import io.twinloom.model.FunctionKind;
import io.twinloom.model.Project;
import io.twinloom.model.TwinConfig.SigningMode;
import io.twinloom.model.TwinloomException;
import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The settings (environment variables) of each function, as far as they are the same on every
 * target. What only one cloud has, such as the name of its table or the ARN of its workflow, that
 * cloud's target adds.
 *
 * <p>Tokens stand only in the settings of the functions of their connection: those that send over
 * it and the one that receives.
 */
public final class FunctionSettings {
  private static final String TOKEN = "INTER_CLOUD_TOKEN";
  private static final String TOKENS_SIGNED = "INTER_CLOUD_SIGNED";

  private final Project project;
  private final Topology topology;
  private final Map<String, String> tokens;

  private FunctionSettings(Project project, Topology topology, Map<String, String> tokens) {
    this.project = project;
    this.topology = topology;
    this.tokens = tokens;
  }

  /**
   * A function's settings, apart by when they are known and who may see them. {@code
   * DIGITAL_TWIN_INFO} is not among them: on clouds it is a file of the package.
   *
   * @param open what is known beforehand and no secret
   * @param addresses the variables that take the address of a connection's receiver: on clouds it
   *     is known only when that receiver was made
   * @param secrets tokens
   */
  public record Parts(
      Map<String, String> open, Map<String, Connection> addresses, Map<String, String> secrets) {
    public Parts {
      open = Collections.unmodifiableMap(new LinkedHashMap<>(open));
      addresses = Collections.unmodifiableMap(new LinkedHashMap<>(addresses));
      secrets = Collections.unmodifiableMap(new LinkedHashMap<>(secrets));
    }

    @Override
    public String toString() {
      return "Parts[open=" + open + ", addresses=" + addresses.keySet() + "]";
    }
  }

  /**
   * The settings of every function of the topology, by the functions' names. Holds secrets.
   *
   * @param topology the project's, or what is deployable of it: a function that is left out is not
   *     named in the settings of another
   * @param connections what is known of the topology's connections; others are ignored
   * @throws TwinloomException if a connection of the topology is missing or has no token
   */
  public static Map<String, Map<String, String>> of(
      Project project, Topology topology, Connections connections) {
    Map<String, Connections.Connection> connected = new LinkedHashMap<>();
    Map<String, String> tokens = new LinkedHashMap<>();
    for (Connection connection : topology.connections()) {
      Connections.Connection found = find(connection, connections);
      connected.put(connection.id(), found);
      tokens.put(connection.id(), found.token());
    }
    String twinInfo = TwinInfo.text(project);
    Map<String, Map<String, String>> all = new LinkedHashMap<>();
    apart(project, topology, tokens)
        .forEach(
            (name, parts) -> {
              Map<String, String> own = new LinkedHashMap<>();
              own.put("DIGITAL_TWIN_INFO", twinInfo);
              own.putAll(parts.open());
              parts
                  .addresses()
                  .forEach((variable, c) -> own.put(variable, url(c, connected).toString()));
              own.putAll(parts.secrets());
              all.put(name, Collections.unmodifiableMap(own));
            });
    return Collections.unmodifiableMap(all);
  }

  private static URI url(Connection connection, Map<String, Connections.Connection> connected) {
    Connections.Connection known = connected.get(connection.id());
    if (known == null) {
      throw new IllegalStateException(connection.id());
    }
    return known.url();
  }

  /**
   * The settings of every function of the topology in their parts, by the functions' names.
   *
   * @param topology the project's, or what is deployable of it
   * @param tokens by connection id, as {@code config_inter_cloud.json} has them: several during
   *     rotation, separated by commas, the newest first
   * @throws TwinloomException if a connection of the topology has no token
   */
  public static Map<String, Parts> apart(
      Project project, Topology topology, Map<String, String> tokens) {
    FunctionSettings settings = new FunctionSettings(project, topology, tokens);
    Map<String, Parts> all = new LinkedHashMap<>();
    for (DeployedFunction function : topology.functions()) {
      Map<String, String> open = new LinkedHashMap<>();
      Map<String, Connection> addresses = new LinkedHashMap<>();
      Map<String, String> secrets = new LinkedHashMap<>();
      settings.callees(function, open);
      settings.switches(function, open);
      settings.remotes(function, open, addresses, secrets);
      settings.accepted(function, open, secrets);
      all.put(function.name(), new Parts(open, addresses, secrets));
    }
    return Collections.unmodifiableMap(all);
  }

  /** {@code DIGITAL_TWIN_INFO} as the text of a file; holds no secret. */
  public static String twinInfo(Project project) {
    return TwinInfo.text(project);
  }

  private static Connections.Connection find(Connection wanted, Connections connections) {
    Connections.Connection found = connections.byId().get(wanted.id());
    if (found == null && wanted.receiver().kind() == FunctionKind.HOT_WRITER) {
      found = connections.byId().get(wanted.id() + "hot");
    }
    if (found == null) {
      throw lacking(wanted, " is missing: ");
    }
    return found;
  }

  private static TwinloomException lacking(Connection connection, String what) {
    return new TwinloomException(
        TopologyError.CONNECTION_MISSING,
        "connection "
            + connection.id()
            + what
            + connection.receiver().name()
            + " on "
            + connection.to().id()
            + " cannot be reached from "
            + connection.from().id(),
        "config_inter_cloud.json",
        "Deploy the twin: that makes the address and the token of every connection.");
  }

  private void callees(DeployedFunction function, Map<String, String> own) {
    switch (function.kind()) {
      case DISPATCHER -> {
        boolean remote = topology.function(FunctionKind.CONNECTOR).isPresent();
        own.put("TARGET_FUNCTION_SUFFIX", remote ? "-connector" : "-processor");
      }
      case PROCESSOR -> name("PERSISTER_LAMBDA_NAME", FunctionKind.PERSISTER, own);
      case PERSISTER -> {
        name("EVENT_CHECKER_LAMBDA_NAME", FunctionKind.EVENT_CHECKER, own);
        local(function, "TWIN_UPDATER_LAMBDA_NAME", FunctionKind.TWIN_UPDATER, own);
      }
      case EVENT_CHECKER -> name("EVENT_FEEDBACK_LAMBDA_NAME", FunctionKind.EVENT_FEEDBACK, own);
      case EVENT_FEEDBACK -> name("USER_FEEDBACK_LAMBDA_NAME", FunctionKind.USER_FEEDBACK, own);
      case HISTORY_READER -> {
        local(function, "LOCAL_HOT_READER_NAME", FunctionKind.HOT_READER, own);
        local(function, "LOCAL_COLD_READER_NAME", FunctionKind.COLD_READER, own);
        local(function, "LOCAL_ARCHIVE_READER_NAME", FunctionKind.ARCHIVE_READER, own);
      }
      default -> {}
    }
  }

  private void name(String variable, FunctionKind kind, Map<String, String> own) {
    topology.function(kind).ifPresent(callee -> own.put(variable, callee.name()));
  }

  /** Only where caller and callee share a cloud; else the way is a connection. */
  private void local(
      DeployedFunction caller, String variable, FunctionKind kind, Map<String, String> own) {
    topology
        .function(kind)
        .filter(callee -> callee.cloud() == caller.cloud())
        .ifPresent(callee -> own.put(variable, callee.name()));
  }

  private void switches(DeployedFunction function, Map<String, String> own) {
    if (function.kind() == FunctionKind.PERSISTER
        || function.kind() == FunctionKind.EVENT_CHECKER) {
      own.put("USE_EVENT_CHECKING", has(FunctionKind.EVENT_CHECKER));
      own.put("USE_WORKFLOW", has(FunctionKind.WORKFLOW));
      own.put("USE_FEEDBACK", has(FunctionKind.EVENT_FEEDBACK));
    }
  }

  private String has(FunctionKind kind) {
    return Boolean.toString(topology.function(kind).isPresent());
  }

  private void remotes(
      DeployedFunction function,
      Map<String, String> open,
      Map<String, Connection> addresses,
      Map<String, String> secrets) {
    List<Connection> sending =
        topology.connections().stream().filter(c -> c.senders().contains(function.name())).toList();
    for (Connection c : sending) {
      String variable = variable(c.receiver().kind());
      String token = sent(c, tokens(c));
      addresses.put(variable + "_URL", c);
      secrets.put(variable + "_TOKEN", token);
      if (signing(c) != SigningMode.OFF) {
        open.put(variable + "_SIGNED", word(signing(c)));
      }
      if (sending.size() == 1) {
        secrets.put(TOKEN, token);
      }
    }
  }

  /**
   * The newest token is the one to send: older ones are only accepted until all have it. A signed
   * request is signed with each.
   */
  private String sent(Connection connection, List<String> tokens) {
    return signing(connection) == SigningMode.OFF ? tokens.getFirst() : String.join(",", tokens);
  }

  private void accepted(
      DeployedFunction function, Map<String, String> open, Map<String, String> secrets) {
    Map<String, SigningMode> accepted = new LinkedHashMap<>();
    for (Connection c : topology.connections()) {
      if (c.receiver().name().equals(function.name())) {
        tokens(c).forEach(token -> accepted.putIfAbsent(token, signing(c)));
      }
    }
    if (!accepted.isEmpty()) {
      secrets.put(TOKEN, String.join(",", accepted.keySet()));
    }
    if (accepted.values().stream().anyMatch(mode -> mode != SigningMode.OFF)) {
      open.put(
          TOKENS_SIGNED,
          accepted.values().stream().map(FunctionSettings::word).collect(Collectors.joining(",")));
    }
  }

  private SigningMode signing(Connection connection) {
    return project.config().signedConnections().of(connection.id());
  }

  private static String word(SigningMode mode) {
    return mode.name().toLowerCase(Locale.ROOT);
  }

  private List<String> tokens(Connection connection) {
    List<String> own =
        List.of(tokens.getOrDefault(connection.id(), "").split(",")).stream()
            .map(String::strip)
            .filter(token -> !token.isEmpty())
            .toList();
    if (own.isEmpty()) {
      throw lacking(connection, " has no token: ");
    }
    return own;
  }

  private static String variable(FunctionKind receiver) {
    return switch (receiver) {
      case INGESTION -> "REMOTE_INGESTION";
      case HOT_WRITER -> "REMOTE_WRITER";
      case COLD_WRITER -> "REMOTE_COLD_WRITER";
      case ARCHIVE_WRITER -> "REMOTE_ARCHIVE_WRITER";
      case HOT_READER, HOT_READER_LAST_ENTRY -> "REMOTE_READER";
      case COLD_READER -> "REMOTE_COLD_READER";
      case ARCHIVE_READER -> "REMOTE_ARCHIVE_READER";
      case TWIN_UPDATER -> "REMOTE_TWIN";
      case FEEDBACK_GATEWAY -> "REMOTE_FEEDBACK";
      default -> throw new IllegalArgumentException(receiver.id() + " is not a receiver");
    };
  }
}
