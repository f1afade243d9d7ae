package io.twinloom.aws.standin;

import io.twinloom.aws.client.AwsClients;
import java.util.UUID;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableRequest;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;

/** Tables and buckets as a deployment makes them, a new one for each test. */
public final class Tables {

  private Tables() {}

  /** The hot table. */
  public static String hot(AwsClients clients) {
    return make(clients.dynamoDb().get(), "hot-", "device_id", "timestamp");
  }

  /** The table with what functions remember. */
  public static String state(AwsClients clients) {
    return make(clients.dynamoDb().get(), "state-", "pk", "sk");
  }

  /** A bucket. */
  public static String bucket(AwsClients clients) {
    String name = "bucket-" + UUID.randomUUID();
    clients
        .s3()
        .get()
        .createBucket(
            request ->
                request
                    .bucket(name)
                    .createBucketConfiguration(c -> c.locationConstraint("eu-central-1")));
    return name;
  }

  private static String make(DynamoDbClient client, String prefix, String key, String sort) {
    String name = prefix + UUID.randomUUID();
    client.createTable(
        CreateTableRequest.builder()
            .tableName(name)
            .billingMode(BillingMode.PAY_PER_REQUEST)
            .attributeDefinitions(text(key), text(sort))
            .keySchema(
                KeySchemaElement.builder().attributeName(key).keyType(KeyType.HASH).build(),
                KeySchemaElement.builder().attributeName(sort).keyType(KeyType.RANGE).build())
            .build());
    DescribeTableRequest describe = DescribeTableRequest.builder().tableName(name).build();
    org.awaitility.Awaitility.await()
        .pollInterval(java.time.Duration.ofMillis(5))
        .until(() -> client.describeTable(describe).table().tableStatus() == TableStatus.ACTIVE);
    return name;
  }

  private static AttributeDefinition text(String name) {
    return AttributeDefinition.builder()
        .attributeName(name)
        .attributeType(ScalarAttributeType.S)
        .build();
  }
}
