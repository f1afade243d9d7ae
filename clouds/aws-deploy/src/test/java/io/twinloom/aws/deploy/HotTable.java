package io.twinloom.aws.deploy;

import static org.awaitility.Awaitility.await;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;

/** A table of the hot store, as the HCL makes it. */
final class HotTable {

  private HotTable() {}

  /** Makes one, and returns once it can be used. */
  static void make(DynamoDbClient client, String name) {
    client.createTable(
        r ->
            r.tableName(name)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(
                    a -> a.attributeName("device_id").attributeType(ScalarAttributeType.S),
                    a -> a.attributeName("timestamp").attributeType(ScalarAttributeType.S))
                .keySchema(
                    k -> k.attributeName("device_id").keyType(KeyType.HASH),
                    k -> k.attributeName("timestamp").keyType(KeyType.RANGE)));
    await()
        .until(
            () ->
                client.describeTable(r -> r.tableName(name)).table().tableStatus()
                    == TableStatus.ACTIVE);
  }
}
