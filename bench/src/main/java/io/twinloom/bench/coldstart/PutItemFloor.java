package io.twinloom.bench.coldstart;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;

/**
 * The floor under the persister: puts what it is given into a table, as the SDK's guide for quick
 * starts says to.
 */
public final class PutItemFloor implements RequestStreamHandler {
  private final DynamoDbClient client =
      DynamoDbClient.builder()
          .region(Region.of(System.getenv("AWS_REGION")))
          .endpointOverride(URI.create(System.getenv("AWS_ENDPOINT_URL_DYNAMODB")))
          .credentialsProvider(
              StaticCredentialsProvider.create(
                  AwsBasicCredentials.create(
                      System.getenv("AWS_ACCESS_KEY_ID"), System.getenv("AWS_SECRET_ACCESS_KEY"))))
          .httpClient(UrlConnectionHttpClient.create())
          .build();

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    String body = new String(input.readAllBytes(), StandardCharsets.UTF_8);
    client.putItem(
        PutItemRequest.builder()
            .tableName(System.getenv("DYNAMODB_TABLE_NAME"))
            .item(
                Map.of(
                    "device_id", AttributeValue.fromS("press-1"),
                    "timestamp", AttributeValue.fromS("2026-03-01T12:00:00.000000Z"),
                    "body", AttributeValue.fromS(body)))
            .build());
    output.write("{}".getBytes(StandardCharsets.UTF_8));
  }
}
