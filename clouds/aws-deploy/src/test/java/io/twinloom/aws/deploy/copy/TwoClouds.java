package io.twinloom.aws.deploy.copy;

import static io.twinloom.model.cloud.KnownClouds.AWS;
import static io.twinloom.model.cloud.KnownClouds.AZURE;

import io.twinloom.functions.port.HotStore;
import io.twinloom.functions.port.ObjectStore;
import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.local.LocalCloud;
import io.twinloom.local.LocalClouds;
import io.twinloom.local.LocalOptions;
import io.twinloom.local.LocalTwinSpec;
import io.twinloom.model.Connections;
import io.twinloom.model.FunctionKind;
import io.twinloom.model.Layer;
import io.twinloom.model.Legs;
import io.twinloom.model.Project;
import io.twinloom.model.Provider;
import io.twinloom.model.StoreLegs;
import io.twinloom.model.StoreLegs.Copy;
import io.twinloom.model.StoreLegs.Leg;
import io.twinloom.model.StoreLegs.Use;
import io.twinloom.testkit.faults.FaultProxy;
import io.twinloom.testkit.lambda.RuntimeApi.Outcome;
import io.twinloom.testkit.project.ProjectBuilder;
import io.twinloom.topology.Connection;
import io.twinloom.topology.DeployedFunction;
import io.twinloom.topology.FunctionSettings;
import io.twinloom.topology.Topology;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A tier of a twin in the phase in which it is copied, between AWS, as its artifact runs there, and
 * Azure, embedded: each has the functions, settings and connections that the topology of that phase
 * says.
 */
final class TwoClouds implements AutoCloseable {

  private final Layer tier;
  private final Provider from;
  private final Project project;
  private final Topology topology;
  private final Map<String, Connections.Connection> connections = new LinkedHashMap<>();
  private final LambdaCloud aws;
  private final LocalClouds clouds;
  private Optional<FaultProxy> between = Optional.empty();

  TwoClouds(Path folder, Layer tier, Provider from) {
    this.tier = tier;
    this.from = from;
    Provider to = from == AWS ? AZURE : AWS;
    StoreLegs legs =
        new StoreLegs(
            List.of(new Leg(from, Use.READ, true)), Optional.of(new Copy(from, to, true)));
    Project read =
        ProjectBuilder.of("plant")
            .device("press-1", "temperature")
            .device("oven-2", "heat")
            .on(tier, to)
            .without(Layer.L4)
            .readFrom(folder.resolve("plant"));
    this.project = read.withLegs(read.placement(), Legs.NONE.with(tier, legs));
    this.topology = Topology.of(project);
    this.aws = new LambdaCloud(folder);
    this.clouds =
        LocalClouds.start(
            new LocalTwinSpec(project, topology, List.of(), this::connect),
            LocalOptions.defaults(folder.resolve("data")));
    for (DeployedFunction function : ofTheCopy()) {
      startOnAws(function);
    }
    if (tier == Layer.L3_HOT) {
      // As a deployment does, for the devices of the project.
      aws.hotStore().note(List.of("press-1", "oven-2"));
    }
  }

  private List<DeployedFunction> ofTheCopy() {
    Set<FunctionKind> kinds =
        Set.of(
            FunctionKind.STORE_COPIER,
            FunctionKind.HOT_COPY_WRITER,
            FunctionKind.COLD_WRITER,
            FunctionKind.ARCHIVE_WRITER);
    return topology.functions().stream()
        .filter(f -> f.cloud() == AWS && f.layer() == tier && kinds.contains(f.kind()))
        .toList();
  }

  private Connections connect(Topology of, Map<Provider, URI> endpoints) {
    for (Connection c : of.connections()) {
      URI url =
          c.to() == AWS
              ? aws.url(c.receiver().name())
              : URI.create(endpoints.get(c.to()) + "/" + c.receiver().name());
      connections.put(
          c.id(),
          new Connections.Connection(
              c.to(),
              c.receiver().kind().id(),
              c.id().endsWith("_copy") ? watched(url) : url,
              ("token-of-" + c.id()).repeat(2),
              c.receiverTakesLists()));
    }
    return new Connections(connections);
  }

  private URI watched(URI url) {
    try {
      FaultProxy proxy = FaultProxy.before(url);
      between = Optional.of(proxy);
      return proxy.uri();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What is between the function that copies and the one that takes the copies. */
  FaultProxy between() {
    return between.orElseThrow();
  }

  private void startOnAws(DeployedFunction function) {
    Map<String, String> given =
        FunctionSettings.of(project, topology, new Connections(connections)).get(function.id());
    aws.start(function, Objects.requireNonNull(given));
  }

  LambdaCloud aws() {
    return aws;
  }

  LocalCloud azure() {
    return Objects.requireNonNull(clouds.byProvider().get(AZURE));
  }

  HotStore hot(Provider cloud) {
    return cloud == AWS ? aws.hotStore() : azure().hotStore();
  }

  ObjectStore chunks(Provider cloud) {
    if (tier == Layer.L3_COLD) {
      return cloud == AWS ? aws.coldStore() : azure().coldStore();
    }
    return cloud == AWS ? aws.archiveStore() : azure().archiveStore();
  }

  /** Runs what copies once, where the store is that is copied. */
  JsonObject copy(String order) {
    JsonObject asked = Json.parseObject(order.getBytes(StandardCharsets.UTF_8));
    String copier = functionOfCopy(FunctionKind.STORE_COPIER);
    if (from != AWS) {
      return azure().host().call(copier, asked);
    }
    Outcome outcome = aws.call(copier, asked);
    if (outcome.failed()) {
      throw new IllegalStateException(new String(outcome.payload(), StandardCharsets.UTF_8));
    }
    return Json.parseObject(outcome.payload());
  }

  /** The name of the function of a kind. */
  String functionOfCopy(FunctionKind kind) {
    return topology.functions(kind).getFirst().name();
  }

  /** Kills the process of what the copy has on AWS. */
  void killOnAws() {
    ofTheCopy().forEach(f -> aws.kill(f.name()));
  }

  /** Starts it anew, after so long that the killed run is not taken to go on. */
  void startOnAwsAgain() {
    ofTheCopy().forEach(this::startOnAws);
    aws.ownershipExpires(functionOfCopy(FunctionKind.STORE_COPIER));
  }

  /** Starts what takes the copies on AWS anew. */
  void startWriterAgain() {
    ofTheCopy().forEach(this::startOnAws);
  }

  @Override
  public void close() {
    clouds.close();
    between.ifPresent(FaultProxy::close);
    aws.close();
  }
}
