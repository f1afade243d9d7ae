package io.twinloom.aws.deploy;

import io.twinloom.aws.invoke.LambdaInvoker;
import io.twinloom.aws.invoke.StepFunctionsWorkflows;
import io.twinloom.aws.queue.SqsQueues;
import io.twinloom.aws.store.DynamoHotStore;
import io.twinloom.deployer.StoredEvents;
import io.twinloom.deployer.change.TouchedData;
import io.twinloom.deployer.cloud.AccountOperations;
import io.twinloom.deployer.cloud.Deployment;
import io.twinloom.deployer.cloud.StoreContents;
import io.twinloom.deployer.control.DeadLetterEntry;
import io.twinloom.deployer.control.DeadLetterPage;
import io.twinloom.deployer.control.ImportReport;
import io.twinloom.deployer.control.LogLine;
import io.twinloom.deployer.control.PendingChunk;
import io.twinloom.deployer.control.RestoreReport;
import io.twinloom.deployer.control.TierSize;
import io.twinloom.deployer.control.TwinRead;
import io.twinloom.deployer.error.DeployerError;
import io.twinloom.functions.history.Restoration;
import io.twinloom.functions.hot.ItemImport;
import io.twinloom.functions.port.FunctionInvoker;
import io.twinloom.functions.port.ObjectStore;
import io.twinloom.functions.port.StoreException;
import io.twinloom.functions.tier.ChunkKey;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonString;
import io.twinloom.json.JsonValue;
import io.twinloom.model.Connections;
import io.twinloom.model.Layer;
import io.twinloom.model.ReplayMark;
import io.twinloom.model.TwinConfig.SigningMode;
import io.twinloom.model.TwinloomException;
import io.twinloom.serverless.queue.QueueingInvoker;
import io.twinloom.topology.DeployedFunction;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.exception.SdkException;

/** What the deployer does with the part of a twin that is on AWS. */
final class AwsOperations implements AccountOperations {

  /** Invocations are counted of the last day. */
  private static final int COUNTED_HOURS = 24;

  private static final int PAGE = 1_000;

  private final AwsDeployClients clients;
  private final Deployment deployment;
  private final InstantSource clock;
  private final DeployedStores stores;
  private final FunctionInvoker invoker;
  private final Optional<UndeliveredMessages> undelivered;
  private final DeadLetterBucket deadLetters;
  private final Replays replays;

  AwsOperations(AwsDeployClients clients, Deployment deployment, InstantSource clock) {
    this.clients = clients;
    this.deployment = deployment;
    this.clock = clock;
    this.stores = new DeployedStores(clients, deployment, clock);
    this.invoker = invoker();
    this.undelivered = undelivered();
    this.deadLetters =
        new DeadLetterBucket(
            clients.s3, stores.bucket("dead-letters"), deployment.project().topology());
    this.replays =
        new Replays(
            deployment.project().topology(),
            invoker,
            new StepFunctionsWorkflows(clients.stepFunctions),
            deployment.outputs().object("workflows").orElse(JsonObject.EMPTY));
  }

  /** Hands events to queues where their functions have one. */
  private FunctionInvoker invoker() {
    FunctionInvoker direct = new LambdaInvoker(clients.lambda, clock);
    return queues()
        .flatMap(
            queues ->
                queues
                    .text("url")
                    .<FunctionInvoker>map(
                        url ->
                            new QueueingInvoker(
                                direct, new SqsQueues(clients.sqs, url), functions(queues))))
        .orElse(direct);
  }

  private Optional<JsonObject> queues() {
    return deployment.outputs().object("queues");
  }

  private static Set<String> functions(JsonObject queues) {
    return queues.array("functions").orElse(JsonArray.EMPTY).values().stream()
        .filter(JsonString.class::isInstance)
        .map(name -> ((JsonString) name).value())
        .collect(Collectors.toSet());
  }

  private Optional<UndeliveredMessages> undelivered() {
    Optional<String> bucket = stores.bucket("dead-letters");
    return queues()
        .flatMap(queues -> queues.text("undelivered"))
        .filter(url -> bucket.isPresent())
        .map(
            url ->
                new UndeliveredMessages(
                    clients,
                    new UndeliveredMessages.Places(url, bucket.orElse("")),
                    deployment.project().topology(),
                    clock));
  }

  @Override
  public Map<String, FunctionState> functions(List<DeployedFunction> functions) {
    return new FunctionStates(clients, deployment.outputs())
        .of(functions, countedSince(), clock.instant());
  }

  private Instant countedSince() {
    return clock.instant().truncatedTo(ChronoUnit.HOURS).minus(COUNTED_HOURS, ChronoUnit.HOURS);
  }

  @Override
  public Duration overdue(DeployedFunction mover) {
    return MoverLateness.of(mover, clients, clock.instant());
  }

  @Override
  public JsonValue call(DeployedFunction function, JsonObject event) {
    return invoker.call(function.name(), event);
  }

  @Override
  public Optional<String> lastEvent(DeployedFunction function, Instant since) {
    return Optional.ofNullable(
            new FunctionStates(clients, deployment.outputs())
                .of(List.of(function), since, clock.instant())
                .get(function.name()))
        .map(state -> state.counts().lastEvent())
        .filter(last -> !last.isEmpty());
  }

  @Override
  public Map<String, Instant> lastSeen(List<String> devices) {
    try {
      return stores.seenDevices().map(seen -> seen.lastSeen(devices)).orElse(Map.of());
    } catch (StoreException e) {
      throw e.getCause() instanceof SdkException cause
          ? AwsFailures.of("It cannot be read which devices were seen", e.where(), cause)
          : e;
    }
  }

  @Override
  public List<String> waiting(List<DeployedFunction> functions) {
    return new WaitingWork(clients, deployment.outputs(), clock.instant()).of(functions);
  }

  @Override
  public TouchedData.Stored held(Layer tier, String name, boolean counted) {
    return stores.held(tier, name, counted);
  }

  @Override
  public void post(
      Connections.Connection over,
      SigningMode signing,
      byte[] body,
      String trace,
      RandomGenerator random) {
    new ReceiverCall(clock, random).post(over, signing, body, trace);
  }

  @Override
  public List<LogLine> log(LogRequest request) {
    return new FunctionLogs(clients.logs, deployment).read(request);
  }

  @Override
  public DeadLetterPage deadLetters(int limit) {
    undelivered.ifPresent(UndeliveredMessages::keep);
    return deadLetters.list(limit);
  }

  @Override
  public List<String> deadLetterIds() {
    undelivered.ifPresent(UndeliveredMessages::keep);
    return deadLetters.ids();
  }

  @Override
  public Optional<Replayable> replayable(String id) {
    return deadLetters.replayable(id);
  }

  @Override
  public void invokeLater(String function, JsonObject event) {
    replays.start(ReplayMark.of(event).orElse(function), function, event);
  }

  @Override
  public void takeOver(DeadLetterEntry letter, Optional<String> replayedBy) {
    deadLetters.takeOver(letter, replayedBy);
  }

  @Override
  public boolean discard(String id) {
    return deadLetters.discard(id);
  }

  @Override
  public RestoreReport restore(String device, String from, String to) {
    ObjectStore archive =
        stores
            .chunks(Layer.L3_ARCHIVE)
            .orElseThrow(() -> DeployedStores.absent("The archive", Layer.L3_ARCHIVE));
    Restoration.Asked asked =
        Restoration.of(archive, deployment.project().project()::hasDevice, device, from, to);
    return new RestoreReport(
        asked.readable(),
        asked.pending().stream()
            .map(p -> new PendingChunk(p.key(), p.since(), p.takes()))
            .toList());
  }

  @Override
  public TwinRead readTwin(String operation, JsonObject request) {
    String workspace =
        deployment
            .outputs()
            .object("twin")
            .flatMap(twin -> twin.text("workspace"))
            .orElseThrow(
                () ->
                    new TwinloomException(
                        DeployerError.TWIN_NONE,
                        "The twin has no workspace on AWS.",
                        "layer_4_provider",
                        "Deploy the twin: the project has changed since."));
    return new TwinRead(operation, new TwinQuestions(clients, workspace).ask(operation, request));
  }

  @Override
  public List<TierSize> tiers() {
    return stores.sizes();
  }

  @Override
  public boolean isEmpty(Layer tier) {
    return contents(tier).behind("", 1).isEmpty();
  }

  @Override
  public StoreContents contents(Layer tier) {
    return stores.contents(tier);
  }

  @Override
  public ImportReport importItems(List<JsonObject> items, StoredEvents known) {
    DynamoHotStore table =
        stores.hot().orElseThrow(() -> DeployedStores.absent("The hot store", Layer.L3_HOT));
    ItemImport.Result result =
        new ItemImport(table, deployment.project().project()::hasDevice, known::of).store(items);
    return ImportReport.of(result.stored(), result.present(), result.denied());
  }

  @Override
  public void removeItem(String device, String timestamp) {
    contents(Layer.L3_HOT).removeAt(device, timestamp);
  }

  @Override
  public void removeDeadLetters(String text, Instant since) {
    deadLetters.remove(text, since);
  }

  @Override
  public void removeChunks(String device) {
    String prefix = ChunkKey.devicePrefix(device);
    for (Layer layer : List.of(Layer.L3_COLD, Layer.L3_ARCHIVE)) {
      stores
          .chunks(layer)
          .ifPresent(
              store -> {
                List<ObjectStore.Entry> entries = store.list(prefix, "", PAGE).entries();
                entries.forEach(entry -> store.delete(entry.key()));
              });
    }
  }
}
