package io.twinloom.aws.deploy;

import io.twinloom.serverless.Lazy;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.client.config.SdkAdvancedClientOption;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.grafana.GrafanaClient;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iottwinmaker.IoTTwinMakerClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/** The SDK's clients that a deployment uses, each made on first need; closed together. */
final class AwsDeployClients implements AutoCloseable {

  /** A mover that is called by hand answers when it is done, within Lambda's own limit. */
  private static final Duration LONGEST_CALL = Duration.ofMinutes(15);

  private final AwsAccess access;
  private final Deque<SdkAutoCloseable> open = new ArrayDeque<>();
  private final Lazy<AwsCredentialsProvider> credentials;
  private final Lazy<Region> region;
  private final Lazy<SdkHttpClient> http;

  final Supplier<StsClient> sts;
  final Supplier<IamClient> iam;
  final Supplier<LambdaClient> lambda;
  final Supplier<SfnClient> stepFunctions;
  final Supplier<CloudWatchClient> metrics;
  final Supplier<CloudWatchLogsClient> logs;
  final Supplier<S3Client> s3;
  final Supplier<SqsClient> sqs;
  final Supplier<DynamoDbClient> dynamoDb;
  final Supplier<IoTTwinMakerClient> twinMaker;
  final Supplier<GrafanaClient> grafana;

  AwsDeployClients(AwsAccess access) {
    this.access = access;
    this.credentials = new Lazy<>(access::credentials);
    this.region = new Lazy<>(access::region);
    this.http =
        new Lazy<>(
            () -> kept(UrlConnectionHttpClient.builder().socketTimeout(LONGEST_CALL).build()));
    this.sts = client("STS", b -> configured(StsClient.builder(), "STS").build());
    this.iam = client("IAM", b -> configured(IamClient.builder(), "IAM").build());
    this.lambda = client("LAMBDA", b -> configured(LambdaClient.builder(), "LAMBDA").build());
    this.stepFunctions = client("SFN", b -> configured(SfnClient.builder(), "SFN").build());
    this.metrics =
        client("CLOUDWATCH", b -> configured(CloudWatchClient.builder(), "CLOUDWATCH").build());
    this.logs =
        client(
            "CLOUDWATCH_LOGS",
            b -> configured(CloudWatchLogsClient.builder(), "CLOUDWATCH_LOGS").build());
    this.s3 =
        client(
            "S3",
            b ->
                configured(S3Client.builder(), "S3")
                    .forcePathStyle(access.endpoint("S3").isPresent())
                    .build());
    this.sqs = client("SQS", b -> configured(SqsClient.builder(), "SQS").build());
    this.dynamoDb =
        client("DYNAMODB", b -> configured(DynamoDbClient.builder(), "DYNAMODB").build());
    this.twinMaker =
        client(
            "IOTTWINMAKER", b -> configured(IoTTwinMakerClient.builder(), "IOTTWINMAKER").build());
    this.grafana = client("GRAFANA", b -> configured(GrafanaClient.builder(), "GRAFANA").build());
  }

  Region region() {
    return region.get();
  }

  AwsCredentialsProvider credentials() {
    return credentials.get();
  }

  /** What stands in for TwinMaker, where something does. */
  Optional<URI> twinMakerEndpoint() {
    return access.endpoint("IOTTWINMAKER");
  }

  private <C extends SdkAutoCloseable> Supplier<C> client(
      String service, Function<String, C> maker) {
    return new Lazy<>(() -> kept(maker.apply(service)));
  }

  private <B extends AwsClientBuilder<B, C>, C> B configured(B builder, String service) {
    access.endpoint(service).ifPresent(builder::endpointOverride);
    // The clients share one; the builders of synchronous clients alone have it.
    if (builder
        instanceof
        software.amazon.awssdk.core.client.builder.SdkSyncClientBuilder<?, ?> synchronous) {
      synchronous.httpClient(http.get());
    }
    return builder
        .region(region.get())
        .credentialsProvider(credentials.get())
        .overrideConfiguration(
            c ->
                c.putAdvancedOption(
                    // What stands in for a service has no names for its parts.
                    SdkAdvancedClientOption.DISABLE_HOST_PREFIX_INJECTION,
                    access.endpoint(service).isPresent()));
  }

  private synchronized <C extends SdkAutoCloseable> C kept(C client) {
    open.push(client);
    return client;
  }

  @Override
  public synchronized void close() {
    while (!open.isEmpty()) {
      open.pop().close();
    }
  }
}
