package io.twinloom.topology;

import io.twinloom.model.Connections;
import io.twinloom.model.FunctionKind;
import io.twinloom.model.Project;
import io.twinloom.model.TwinConfig.SigningMode;
import io.twinloom.model.TwinloomException;
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
  private final Map<String, Connections.Connection> connected = new LinkedHashMap<>();

  private FunctionSettings(Project project, Topology topology) {
    this.project = project;
    this.topology = topology;
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
    FunctionSettings settings = new FunctionSettings(project, topology);
    topology.connections().forEach(c -> settings.connected.put(c.id(), find(c, connections)));
    String twinInfo = TwinInfo.text(project);
    Map<String, Map<String, String>> all = new LinkedHashMap<>();
    for (DeployedFunction function : topology.functions()) {
      Map<String, String> own = new LinkedHashMap<>();
      own.put("DIGITAL_TWIN_INFO", twinInfo);
      settings.callees(function, own);
      settings.switches(function, own);
      settings.remotes(function, own);
      settings.accepted(function, own);
      all.put(function.name(), Collections.unmodifiableMap(own));
    }
    return Collections.unmodifiableMap(all);
  }

  private static Connections.Connection find(Connection wanted, Connections connections) {
    Connections.Connection found = connections.byId().get(wanted.id());
    if (found == null && wanted.receiver().kind() == FunctionKind.HOT_WRITER) {
      found = connections.byId().get(wanted.id() + "hot");
    }
    if (found == null || found.token().isBlank()) {
      throw new TwinloomException(
          "TL-CONNECTION-MISSING",
          "connection "
              + wanted.id()
              + (found == null ? " is missing: " : " has no token: ")
              + wanted.receiver().name()
              + " on "
              + wanted.to().id()
              + " cannot be reached from "
              + wanted.from().id(),
          "config_inter_cloud.json",
          "Deploy the twin: that makes the address and the token of every connection.");
    }
    return found;
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

  private void remotes(DeployedFunction function, Map<String, String> own) {
    List<Connection> sending =
        topology.connections().stream().filter(c -> c.senders().contains(function.name())).toList();
    for (Connection c : sending) {
      Connections.Connection remote = connectionOf(c);
      String variable = variable(c.receiver().kind());
      String token = sent(c, tokens(remote));
      own.put(variable + "_URL", remote.url().toString());
      own.put(variable + "_TOKEN", token);
      if (signing(c) != SigningMode.OFF) {
        own.put(variable + "_SIGNED", word(signing(c)));
      }
      if (sending.size() == 1) {
        own.put(TOKEN, token);
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

  private void accepted(DeployedFunction function, Map<String, String> own) {
    Map<String, SigningMode> tokens = new LinkedHashMap<>();
    for (Connection c : topology.connections()) {
      if (c.receiver().name().equals(function.name())) {
        tokens(connectionOf(c)).forEach(token -> tokens.putIfAbsent(token, signing(c)));
      }
    }
    if (!tokens.isEmpty()) {
      own.put(TOKEN, String.join(",", tokens.keySet()));
    }
    if (tokens.values().stream().anyMatch(mode -> mode != SigningMode.OFF)) {
      own.put(
          TOKENS_SIGNED,
          tokens.values().stream().map(FunctionSettings::word).collect(Collectors.joining(",")));
    }
  }

  private SigningMode signing(Connection connection) {
    return project.config().signedConnections().of(connection.id());
  }

  private static String word(SigningMode mode) {
    return mode.name().toLowerCase(Locale.ROOT);
  }

  private Connections.Connection connectionOf(Connection c) {
    Connections.Connection known = connected.get(c.id());
    if (known == null) {
      throw new IllegalStateException(c.id());
    }
    return known;
  }

  private static List<String> tokens(Connections.Connection connection) {
    return List.of(connection.token().split(",")).stream()
        .map(String::strip)
        .filter(token -> !token.isEmpty())
        .toList();
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
      default -> throw new IllegalArgumentException(receiver.id() + " is no receiver");
    };
  }
}
