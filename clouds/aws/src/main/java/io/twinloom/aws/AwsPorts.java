package io.twinloom.aws;

import io.twinloom.aws.client.AwsClients;
import io.twinloom.aws.http.UrlConnectionRemoteCloud;
import io.twinloom.aws.invoke.IotDeviceChannel;
import io.twinloom.aws.invoke.LambdaInvoker;
import io.twinloom.aws.invoke.StepFunctionsWorkflows;
import io.twinloom.aws.store.DynamoHotStore;
import io.twinloom.aws.store.DynamoMovePlans;
import io.twinloom.aws.store.DynamoRecordedAnswers;
import io.twinloom.aws.store.S3DeadLetters;
import io.twinloom.aws.store.S3ObjectStore;
import io.twinloom.aws.store.S3ObjectStore.Tier;
import io.twinloom.aws.store.StateTable;
import io.twinloom.functions.circuit.Circuits;
import io.twinloom.functions.port.Absent;
import io.twinloom.functions.port.DeviceChannel;
import io.twinloom.functions.port.HotStore;
import io.twinloom.functions.port.InvocationLog;
import io.twinloom.functions.port.MovePlans;
import io.twinloom.functions.port.ObjectStore;
import io.twinloom.functions.port.Ports;
import io.twinloom.functions.port.RecordedAnswers;
import io.twinloom.functions.settings.TwinInfo;
import io.twinloom.model.Layer;
import io.twinloom.model.Provider;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * The ports of a function on AWS. What it has no setting for is not configured. The clients behind
 * the others are made when they are first used.
 */
final class AwsPorts {

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

  private AwsPorts() {}

  static Ports of(AwsSettings settings, TwinInfo twin, AwsClients clients, InvocationLog log) {
    InstantSource clock = InstantSource.system();
    RandomGenerator random = () -> Chance.RANDOM.nextLong();
    Supplier<String> ids = () -> UUID.randomUUID().toString();
    Optional<StateTable> state =
        settings.stateTable().map(table -> new StateTable(clients.dynamoDb(), table));
    return new Ports(
        Provider.AWS,
        settings
            .hotTable()
            .<HotStore>map(table -> new DynamoHotStore(clients.dynamoDb(), table))
            .orElseGet(Absent::hotStore),
        objects(settings.coldBucket(), Tier.COLD, clients, clock),
        objects(settings.archiveBucket(), Tier.ARCHIVE, clients, clock),
        state
            .<MovePlans>map(table -> new DynamoMovePlans(table, clock, ids))
            .orElseGet(Absent::movePlans),
        // AWS's twin is not pushed to: it pulls through the readers.
        Absent.twinGraph(),
        new LambdaInvoker(clients.lambda()),
        new StepFunctionsWorkflows(clients.stepFunctions()),
        new UrlConnectionRemoteCloud(clock),
        new Circuits(clock, random),
        state.<RecordedAnswers>map(DynamoRecordedAnswers::new).orElseGet(Absent::recordedAnswers),
        new S3DeadLetters(clients.s3(), settings.deadLetterBucket(), settings.lambda(), clock, ids),
        devices(twin, clients),
        log,
        clock,
        random,
        ids,
        Thread::sleep);
  }

  private static ObjectStore objects(
      Optional<String> bucket, Tier tier, AwsClients clients, InstantSource clock) {
    return bucket
        .<ObjectStore>map(name -> new S3ObjectStore(clients.s3(), name, tier, clock))
        .orElseGet(Absent::objectStore);
  }

  private static DeviceChannel devices(TwinInfo twin, AwsClients clients) {
    boolean here = Provider.AWS.id().equals(twin.providers().get(Layer.L1.configKey()));
    return here ? new IotDeviceChannel(clients.iot(), twin.twin()) : Absent.devices();
  }
}
