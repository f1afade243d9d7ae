package io.twinloom.topology;

import io.twinloom.model.Connections;
import io.twinloom.model.FunctionKind;
import io.twinloom.model.Layer;
import io.twinloom.model.Project;
import io.twinloom.model.Provider;
import io.twinloom.model.TwinConfig.SigningMode;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.function.Callee;
import io.twinloom.model.function.FunctionSpec;
import io.twinloom.model.function.Switch;
import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
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
  private static final String BATCHES = "_BATCHES";
  private static final String TOKENS_SIGNED = "INTER_CLOUD_SIGNED";

  private final Project project;
  private final Topology topology;
  private final Map<String, String> tokens;
  private final ConnectionSigning signing;

  private FunctionSettings(Project project, Topology topology, Map<String, String> tokens) {
    this.project = project;
    this.topology = topology;
    this.tokens = tokens;
    this.signing = ConnectionSigning.of(project);
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
   * The settings of every function of the topology. Holds secrets.
   *
   * @param topology the project's, or what is deployable of it: a function that is left out is not
   *     named in the settings of another
   * @param connections what is known of the topology's connections; others are ignored
   * @throws TwinloomException if a connection of the topology is missing or has no token
   */
  public static Map<FunctionId, Map<String, String>> of(
      Project project, Topology topology, Connections connections) {
    return of(project, topology, connections, List.of());
  }

  /**
   * As {@link #of(Project, Topology, Connections)}, of a twin some of whose former functions are
   * still there.
   *
   * @param former those: what retired devices sent before is processed by the code that they had
   */
  public static Map<FunctionId, Map<String, String>> of(
      Project project, Topology topology, Connections connections, List<DeployedFunction> former) {
    Map<String, Connections.Connection> connected = new LinkedHashMap<>();
    Map<String, String> tokens = new LinkedHashMap<>();
    for (Connection connection : topology.connections()) {
      Connections.Connection found = find(connection, connections);
      connected.put(connection.id(), found);
      tokens.put(connection.id(), found.token());
    }
    TwinInfoTexts infos = new TwinInfoTexts(project, former);
    Map<FunctionId, Map<String, String>> all = new LinkedHashMap<>();
    apart(project, topology, tokens)
        .forEach(
            (id, parts) -> {
              Map<String, String> own = new LinkedHashMap<>();
              own.put("DIGITAL_TWIN_INFO", infos.of(topology.function(id).orElseThrow()));
              own.putAll(parts.open());
              parts
                  .addresses()
                  .forEach((variable, c) -> own.put(variable, url(c, connected).toString()));
              own.putAll(parts.secrets());
              withoutBatches(parts, connected).forEach(own::remove);
              all.put(id, Collections.unmodifiableMap(own));
            });
    return Collections.unmodifiableMap(all);
  }

  /** Where a connection says that its receiver takes one event in a request, or nothing of that. */
  private static List<String> withoutBatches(
      Parts parts, Map<String, Connections.Connection> connected) {
    return parts.addresses().entrySet().stream()
        .filter(address -> !known(address.getValue(), connected).batches())
        .map(address -> address.getKey().replaceFirst("_URL$", BATCHES))
        .toList();
  }

  private static URI url(Connection connection, Map<String, Connections.Connection> connected) {
    return known(connection, connected).url();
  }

  private static Connections.Connection known(
      Connection connection, Map<String, Connections.Connection> connected) {
    Connections.Connection known = connected.get(connection.id());
    if (known == null) {
      throw new IllegalStateException(connection.id());
    }
    return known;
  }

  /**
   * The settings of every function of the topology in their parts.
   *
   * @param topology the project's, or what is deployable of it
   * @param tokens by connection id, as {@code config_inter_cloud.json} has them: several during
   *     rotation, separated by commas, the newest first
   * @throws TwinloomException if a connection of the topology has no token
   */
  public static Map<FunctionId, Parts> apart(
      Project project, Topology topology, Map<String, String> tokens) {
    FunctionSettings settings = new FunctionSettings(project, topology, tokens);
    Map<FunctionId, Parts> all = new LinkedHashMap<>();
    for (DeployedFunction function : topology.functions()) {
      Map<String, String> open = new LinkedHashMap<>();
      Map<String, Connection> addresses = new LinkedHashMap<>();
      Map<String, String> secrets = new LinkedHashMap<>();
      settings.callees(function, open);
      settings.switches(function, open);
      settings.remotes(function, open, addresses, secrets);
      settings.accepted(function, open, secrets);
      ChangeSettings.put(project, function, open);
      all.put(function.id(), new Parts(open, addresses, secrets));
    }
    return Collections.unmodifiableMap(all);
  }

  /** {@code DIGITAL_TWIN_INFO} as the text of a file; holds no secret. */
  public static String twinInfo(Project project) {
    return TwinInfo.text(project);
  }

  /**
   * Which file of a package says what a function knows of its twin. While a layer has stores on
   * several clouds, the functions of each layer on a cloud know it otherwise than those of others.
   */
  public static String twinInfoFile(Project project, DeployedFunction function) {
    return TwinInfoTexts.file(project, function);
  }

  /**
   * The texts of these files for the system functions of a cloud, by the files' names.
   *
   * @param topology with functions that leave, too: code of retired devices goes on being called
   */
  public static SortedMap<String, String> twinInfoFiles(
      Project project, Topology topology, Provider cloud) {
    SortedMap<String, String> files = new TreeMap<>();
    files.put(TwinInfoTexts.FILE, TwinInfo.text(project));
    TwinInfoTexts texts = new TwinInfoTexts(project, topology.functions());
    topology.functions().stream()
        .filter(f -> f.cloud() == cloud)
        .forEach(f -> files.put(TwinInfoTexts.file(project, f), texts.ofFile(f)));
    return files;
  }

  private static Connections.Connection find(Connection wanted, Connections connections) {
    Connections.Connection found = connections.byId().get(wanted.id());
    // Existing projects may call layer 3's hot store "l3hot" in this id too, as in the others.
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
    for (Callee callee : FunctionSpec.of(function.kind()).invokes()) {
      switch (callee) {
        case Callee.Named named ->
            onCloudOf(function, named.kind())
                .filter(this::isUsed)
                .filter(found -> new TwinCopying(project).isInvoked(function, found.kind()))
                .ifPresent(found -> own.put(named.variable(), found.name()));
        case Callee.Suffixed suffixed ->
            onCloudOf(function, suffixed.kind()).ifPresent(found -> target(found, suffixed, own));
        case Callee.ByConvention convention -> {}
        case Callee.OfRule rule -> {}
        case Callee.Workflow workflow -> {}
      }
    }
  }

  /** A further twin is sent nothing before, and nothing after, it is kept up. */
  private boolean isUsed(DeployedFunction callee) {
    return callee.layer() != Layer.L4
        || topology.isCurrent(callee)
        || project.legs().of(Layer.L4).read().contains(callee.cloud());
  }

  /** The next function is the one whose layer is where it is; another one only waits its turn. */
  private void target(DeployedFunction found, Callee.Suffixed callee, Map<String, String> own) {
    String suffix = "-" + found.kind().id();
    boolean current = topology.isCurrent(found);
    own.merge(callee.variable(), suffix, (former, next) -> current ? next : former);
  }

  /** Only where caller and callee share a cloud; else the way is a connection. */
  private Optional<DeployedFunction> onCloudOf(DeployedFunction caller, FunctionKind kind) {
    return topology.functions(kind).stream().filter(f -> f.cloud() == caller.cloud()).findFirst();
  }

  private void switches(DeployedFunction function, Map<String, String> own) {
    for (Switch setting : FunctionSpec.of(function.kind()).switches()) {
      own.put(
          setting.variable(), Boolean.toString(topology.function(setting.function()).isPresent()));
    }
  }

  private void remotes(
      DeployedFunction function,
      Map<String, String> open,
      Map<String, Connection> addresses,
      Map<String, String> secrets) {
    List<Connection> sending =
        topology.connections().stream().filter(c -> c.isSentBy(function)).toList();
    for (Connection c : sending) {
      String variable = c.route().variable(previous(function, c));
      String token = sent(c, tokens(c));
      addresses.put(variable + "_URL", c);
      secrets.put(variable + "_TOKEN", token);
      if (c.receiverTakesLists()) {
        open.put(variable + BATCHES, "true");
      }
      if (signing(c) != SigningMode.OFF) {
        open.put(variable + "_SIGNED", word(signing(c).ofSender()));
      }
      if (sending.size() == 1 && FunctionSpec.of(function.kind()).receiver().isEmpty()) {
        secrets.put(TOKEN, token);
      }
    }
  }

  /**
   * The number of the store of a receiver among those that a function reads besides the one that it
   * has, or the twin; 0 for that one.
   */
  private int previous(DeployedFunction function, Connection c) {
    Layer layer = c.receiver().layer();
    return 1
        + project
            .legs()
            .readBeside(layer, TwinInfo.seen(layer, function, project), topology.placement())
            .indexOf(c.to());
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
      if (c.receiver().id().equals(function.id())) {
        tokens(c).forEach(token -> accepted.putIfAbsent(token, signing(c).ofReceiver()));
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
    return signing.of(connection);
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
}
