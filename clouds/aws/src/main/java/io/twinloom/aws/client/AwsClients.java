package io.twinloom.aws.client;

import io.twinloom.functions.settings.Environment;
import io.twinloom.serverless.Lazy;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.ContainerCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.defaultsmode.DefaultsMode;
import software.amazon.awssdk.awscore.endpoints.AccountIdEndpointMode;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.iotdataplane.IotDataPlaneClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import software.amazon.awssdk.services.lambda.model.InvokeRequest;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/**
 * The SDK's clients of one process, each made when it is first asked for. Whatever the SDK would
 * otherwise find out by reading files or asking the machine is configured: the region, where the
 * credentials come from, how requests are tried again.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/sdk-for-java/latest/developer-guide/lambda-optimize-starttime.html">Reduce
 *     SDK startup time for AWS Lambda</a>
 */
public final class AwsClients {

  /** A store that is silent for so long is asked again on another connection. */
  private static final Duration STORE_SILENCE = Duration.ofSeconds(10);

  /** A function that is called answers within its own limit, which is at most a minute. */
  private static final Duration CALL_SILENCE = Duration.ofSeconds(70);

  /** As often a table is asked, unless the call's own time is over before. */
  private static final int TABLE_ATTEMPTS = 8;

  private static final Duration CONNECTING = Duration.ofSeconds(3);

  private static final AwsCredentialsProvider NOBODY =
      StaticCredentialsProvider.create(AwsBasicCredentials.create("priming", "priming"));

  private final Environment environment;
  private final Region region;
  private final Lazy<SdkHttpClient> http = new Lazy<>(() -> http(STORE_SILENCE));
  private final Lazy<SdkHttpClient> patientHttp = new Lazy<>(() -> http(CALL_SILENCE));
  private final Lazy<AwsCredentialsProvider> credentials;
  private final Lazy<DynamoDbClient> dynamoDb =
      new Lazy<>(() -> newDynamoDb(http.get(), credentials().get()));
  private final Lazy<S3Client> s3 = new Lazy<>(this::newS3);
  private final Lazy<LambdaClient> lambda =
      new Lazy<>(() -> newLambda(patientHttp.get(), credentials().get()));
  private final Lazy<SfnClient> stepFunctions = new Lazy<>(this::newStepFunctions);
  private final Lazy<SqsClient> sqs = new Lazy<>(() -> newSqs(http.get(), credentials().get()));
  private final Lazy<IotDataPlaneClient> iot = new Lazy<>(this::newIot);

  /**
   * @param environment with {@code AWS_REGION}; {@code AWS_ENDPOINT_URL_…} of a service, as the SDK
   *     names it, is the address of something that stands in for it
   * @throws io.twinloom.functions.error.ConfigurationError if there is no region
   */
  public AwsClients(Environment environment) {
    this.environment = environment;
    this.region = Region.of(environment.required("AWS_REGION"));
    this.credentials = new Lazy<>(() -> credentials(environment));
  }

  private Lazy<AwsCredentialsProvider> credentials() {
    return credentials;
  }

  public Supplier<DynamoDbClient> dynamoDb() {
    return dynamoDb;
  }

  public Supplier<S3Client> s3() {
    return s3;
  }

  public Supplier<LambdaClient> lambda() {
    return lambda;
  }

  public Supplier<SfnClient> stepFunctions() {
    return stepFunctions;
  }

  public Supplier<SqsClient> sqs() {
    return sqs;
  }

  public Supplier<IotDataPlaneClient> iot() {
    return iot;
  }

  /**
   * Lambda gives a function its credentials in its environment, where they stay the same as long as
   * its process lives, or, where it starts from a snapshot, at an address.
   */
  private static AwsCredentialsProvider credentials(Environment environment) {
    if (environment.optional("AWS_CONTAINER_CREDENTIALS_FULL_URI").isPresent()) {
      return ContainerCredentialsProvider.create();
    }
    String id = environment.required("AWS_ACCESS_KEY_ID");
    String secret = environment.required("AWS_SECRET_ACCESS_KEY");
    return StaticCredentialsProvider.create(
        environment
            .optional("AWS_SESSION_TOKEN")
            .<AwsCredentials>map(token -> AwsSessionCredentials.create(id, secret, token))
            .orElseGet(() -> AwsBasicCredentials.create(id, secret)));
  }

  private static SdkHttpClient http(Duration silence) {
    return UrlConnectionHttpClient.builder()
        .connectionTimeout(CONNECTING)
        .socketTimeout(silence)
        .build();
  }

  /**
   * Puts an item nowhere, so that the first real one finds the SDK's classes loaded: while a
   * function is made, Lambda gives it more of the processor than later. It uses credentials of its
   * own, since asking for the real ones may open a connection.
   */
  public void primeDynamoDb() {
    try (SdkHttpClient nowhere = new NoNetwork()) {
      newDynamoDb(nowhere, NOBODY)
          .putItem(
              PutItemRequest.builder()
                  .tableName("priming")
                  .item(Map.of("device_id", AttributeValue.fromS("")))
                  .conditionExpression("attribute_not_exists(device_id)")
                  .build());
    }
  }

  /** Sends nothing, likewise. */
  public void primeSqs() {
    try (SdkHttpClient nowhere = new NoNetwork()) {
      newSqs(nowhere, NOBODY)
          .sendMessageBatch(
              SendMessageBatchRequest.builder()
                  .queueUrl("https://priming/")
                  .entries(SendMessageBatchRequestEntry.builder().id("0").messageBody("{}").build())
                  .build());
    }
  }

  /** Invokes nothing, likewise. */
  public void primeLambda() {
    try (SdkHttpClient nowhere = new NoNetwork()) {
      newLambda(nowhere, NOBODY)
          .invoke(
              InvokeRequest.builder()
                  .functionName("priming")
                  .invocationType(InvocationType.EVENT)
                  .payload(SdkBytes.fromUtf8String("{}"))
                  .build());
    }
  }

  /**
   * A table that throttles says so: then fewer requests are sent, until it takes all again, where
   * other services are asked three times and no more.
   */
  private DynamoDbClient newDynamoDb(SdkHttpClient client, AwsCredentialsProvider who) {
    RetryStrategy adaptive =
        AwsRetryStrategy.adaptiveRetryStrategy().toBuilder().maxAttempts(TABLE_ATTEMPTS).build();
    return configured(DynamoDbClient.builder().httpClient(client), "DYNAMODB", who, adaptive)
        .endpointDiscoveryEnabled(false)
        .accountIdEndpointMode(AccountIdEndpointMode.DISABLED)
        .build();
  }

  private S3Client newS3() {
    return configured(S3Client.builder().httpClient(http.get()), "S3", credentials.get())
        // Whatever stands in for S3 has one name for all buckets.
        .forcePathStyle(endpoint("S3").isPresent())
        .useArnRegion(false)
        .disableMultiRegionAccessPoints(true)
        .disableS3ExpressSessionAuth(true)
        // Every write has a checksum of our own; the SDK's would be a second one.
        .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
        .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
        .build();
  }

  private LambdaClient newLambda(SdkHttpClient client, AwsCredentialsProvider who) {
    return configured(LambdaClient.builder().httpClient(client), "LAMBDA", who).build();
  }

  private SqsClient newSqs(SdkHttpClient client, AwsCredentialsProvider who) {
    return configured(SqsClient.builder().httpClient(client), "SQS", who)
        // Its digest of each message would be a second one beside TLS.
        .checksumValidationEnabled(false)
        .build();
  }

  private SfnClient newStepFunctions() {
    return configured(SfnClient.builder().httpClient(http.get()), "SFN", credentials.get()).build();
  }

  private IotDataPlaneClient newIot() {
    return configured(
            IotDataPlaneClient.builder().httpClient(http.get()),
            "IOT_DATA_PLANE",
            credentials.get())
        .build();
  }

  private <B extends AwsClientBuilder<B, C>, C> B configured(
      B builder, String service, AwsCredentialsProvider who) {
    return configured(builder, service, who, AwsRetryStrategy.standardRetryStrategy());
  }

  private <B extends AwsClientBuilder<B, C>, C> B configured(
      B builder, String service, AwsCredentialsProvider who, RetryStrategy retries) {
    endpoint(service).ifPresent(builder::endpointOverride);
    return builder
        .region(region)
        .credentialsProvider(who)
        .defaultsMode(DefaultsMode.STANDARD)
        .dualstackEnabled(false)
        .fipsEnabled(false)
        .overrideConfiguration(
            ClientOverrideConfiguration.builder()
                // There is none on Lambda, and looking for it takes time.
                .defaultProfileFile(ProfileFile.aggregator().build())
                .retryStrategy(retries)
                .build());
  }

  private Optional<URI> endpoint(String service) {
    return environment.url("AWS_ENDPOINT_URL_" + service);
  }
}
