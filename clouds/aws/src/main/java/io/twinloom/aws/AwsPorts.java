package io.twinloom.aws;

import io.twinloom.aws.client.AwsClients;
import io.twinloom.aws.invoke.IotDeviceChannel;
import io.twinloom.aws.invoke.LambdaInvoker;
import io.twinloom.aws.invoke.StepFunctionsWorkflows;
import io.twinloom.aws.queue.SqsQueues;
import io.twinloom.aws.store.DynamoBegunRuns;
import io.twinloom.aws.store.DynamoCircuitStates;
import io.twinloom.aws.store.DynamoHotStore;
import io.twinloom.aws.store.DynamoMovePlans;
import io.twinloom.aws.store.DynamoRecordedAnswers;
import io.twinloom.aws.store.DynamoSeenDevices;
import io.twinloom.aws.store.S3DeadLetters;
import io.twinloom.aws.store.S3ObjectStore;
import io.twinloom.aws.store.S3ObjectStore.Tier;
import io.twinloom.aws.store.StateTable;
import io.twinloom.functions.catalog.CloudPorts;
import io.twinloom.functions.circuit.CircuitBreakers;
import io.twinloom.functions.error.ConfigurationError;
import io.twinloom.functions.http.HostedFunction;
import io.twinloom.functions.intercloud.RemoteSenders;
import io.twinloom.functions.intercloud.Retries;
import io.twinloom.functions.port.CircuitStates;
import io.twinloom.functions.port.DeadLetters;
import io.twinloom.functions.port.DeviceChannel;
import io.twinloom.functions.port.FunctionInvoker;
import io.twinloom.functions.port.FunctionRuntime;
import io.twinloom.functions.port.HotStore;
import io.twinloom.functions.port.InvocationLog;
import io.twinloom.functions.port.MovePlans;
import io.twinloom.functions.port.ObjectStore;
import io.twinloom.functions.port.RecordedAnswers;
import io.twinloom.functions.port.SeenDevices;
import io.twinloom.functions.port.TwinGraph;
import io.twinloom.functions.port.Workflows;
import io.twinloom.functions.settings.TwinInfo;
import io.twinloom.model.Layer;
import io.twinloom.model.cloud.KnownClouds;
import io.twinloom.model.function.FunctionSpec;
import io.twinloom.model.function.Need;
import io.twinloom.serverless.http.UrlConnectionRemoteCloud;
import io.twinloom.serverless.queue.BegunRuns;
import io.twinloom.serverless.queue.EventRuns;
import io.twinloom.serverless.queue.FunctionQueue;
import io.twinloom.serverless.queue.QueueConsumer;
import io.twinloom.serverless.queue.QueueingInvoker;
import io.twinloom.serverless.queue.RetryDelays;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;

/**
 * The ports of a function on AWS: those that it has a setting for, each made when it is asked for.
 * The clients behind them are made when they are first used.
 */
record AwsPorts(
    AwsSettings settings,
    TwinInfo twin,
    AwsClients clients,
    InvocationLog log,
    FunctionRuntime runtime)
    implements CloudPorts {

  /**
   * Made when it is first asked, which is after a snapshot was restored: what was random before is
   * the same in every process that starts from it.
   *
   * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/snapstart-uniqueness.html">Handling
   *     uniqueness with Lambda SnapStart</a>
   */
  private static final class Chance {
    private static final SecureRandom RANDOM = new SecureRandom();
  }

  AwsPorts(AwsSettings settings, TwinInfo twin, AwsClients clients, InvocationLog log) {
    this(
        settings,
        twin,
        clients,
        log,
        new FunctionRuntime(
            KnownClouds.AWS,
            InstantSource.system(),
            () -> Chance.RANDOM.nextLong(),
            () -> UUID.randomUUID().toString(),
            Thread::sleep,
            settings.function().sampling()));
  }

  @Override
  public DeadLetters deadLetters() {
    return new S3DeadLetters(
        clients.s3(),
        settings.deadLetterBucket(),
        settings.lambda(),
        runtime.clock(),
        runtime.traceIds());
  }

  @Override
  public FunctionInvoker invoker() {
    FunctionInvoker direct = new LambdaInvoker(clients.lambda(), runtime.clock());
    return settings
        .queues()
        .<FunctionInvoker>map(
            queues -> new QueueingInvoker(direct, queue(queues), queues.functions()))
        .orElse(direct);
  }

  private FunctionQueue queue(AwsSettings.Queues queues) {
    return new SqsQueues(clients.sqs(), queues.base());
  }

  /**
   * What handles messages of the function's own queue.
   *
   * @throws ConfigurationError if the function has none
   */
  QueueConsumer consumer(HostedFunction function) {
    AwsSettings.Queues queues =
        settings.queues().orElseThrow(() -> ConfigurationError.missing("SQS_QUEUES_URL"));
    String name = settings.function().name();
    int seconds = FunctionSpec.of(settings.function().kind()).size().timeoutSeconds();
    return new QueueConsumer(
        name,
        new EventRuns(function, invoker(), name, runtime.clock(), Duration.ofSeconds(seconds / 2)),
        queue(queues),
        new RetryDelays(runtime.random()::nextLong, settings.putOffLimit()),
        new QueueConsumer.Dependencies(deadLetters(), begunRuns(), log, runtime.clock()));
  }

  private BegunRuns begunRuns() {
    return settings
        .stateTable()
        .<BegunRuns>map(
            table ->
                new DynamoBegunRuns(new StateTable(clients.dynamoDb(), table), runtime.clock()))
        .orElse(BegunRuns.NONE);
  }

  @Override
  public Workflows workflows() {
    return new StepFunctionsWorkflows(clients.stepFunctions());
  }

  @Override
  public RemoteSenders senders() {
    return new RemoteSenders(
        new UrlConnectionRemoteCloud(),
        new CircuitBreakers(runtime.clock(), runtime.random(), circuits()),
        settings.queues().isPresent() ? Retries.QUEUED_AND_PAID : Retries.QUEUED,
        runtime);
  }

  private CircuitStates circuits() {
    return settings
        .stateTable()
        .<CircuitStates>map(
            table -> new DynamoCircuitStates(new StateTable(clients.dynamoDb(), table)))
        .orElse(CircuitStates.NONE);
  }

  @Override
  public Optional<HotStore> hotStore() {
    return settings
        .resource(Need.HOT_STORE)
        .map(table -> new DynamoHotStore(clients.dynamoDb(), table));
  }

  @Override
  public Optional<ObjectStore> coldStore() {
    return settings.resource(Need.COLD_STORE).map(bucket -> objects(bucket, Tier.COLD));
  }

  @Override
  public Optional<ObjectStore> archiveStore() {
    return settings.resource(Need.ARCHIVE_STORE).map(bucket -> objects(bucket, Tier.ARCHIVE));
  }

  private ObjectStore objects(String bucket, Tier tier) {
    return new S3ObjectStore(clients.s3(), bucket, tier, runtime.clock());
  }

  @Override
  public Optional<MovePlans> movePlans() {
    return state(Need.MOVE_PLANS)
        .map(table -> new DynamoMovePlans(table, runtime.clock(), runtime.traceIds()));
  }

  @Override
  public Optional<RecordedAnswers> recordedAnswers() {
    return state(Need.RECORDED_ANSWERS).map(DynamoRecordedAnswers::new);
  }

  private Optional<StateTable> state(Need need) {
    return settings.resource(need).map(table -> new StateTable(clients.dynamoDb(), table));
  }

  @Override
  public Optional<SeenDevices> seenDevices() {
    return state(Need.SEEN_DEVICES).map(DynamoSeenDevices::new);
  }

  /** AWS's twin is not pushed to: it pulls through the readers. */
  @Override
  public Optional<TwinGraph> twinGraph() {
    return Optional.empty();
  }

  @Override
  public Optional<DeviceChannel> devices() {
    boolean here = KnownClouds.AWS.id().equals(twin.providers().get(Layer.L1.configKey()));
    return here ? Optional.of(new IotDeviceChannel(clients.iot(), twin.twin())) : Optional.empty();
  }
}
