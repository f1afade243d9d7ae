package io.twinloom.bench.coldstart;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import software.amazon.awssdk.services.lambda.model.InvokeRequest;

/**
 * The floor under the dispatcher: hands what it is given to another function, as the SDK's guide
 * for quick starts says to.
 */
public final class InvokeFloor implements RequestStreamHandler {
  private final LambdaClient client =
      LambdaClient.builder()
          .region(Region.of(System.getenv("AWS_REGION")))
          .endpointOverride(URI.create(System.getenv("AWS_ENDPOINT_URL_LAMBDA")))
          .credentialsProvider(
              StaticCredentialsProvider.create(
                  AwsBasicCredentials.create(
                      System.getenv("AWS_ACCESS_KEY_ID"), System.getenv("AWS_SECRET_ACCESS_KEY"))))
          .httpClient(UrlConnectionHttpClient.create())
          .build();

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    client.invoke(
        InvokeRequest.builder()
            .functionName("plant-processor")
            .invocationType(InvocationType.EVENT)
            .payload(SdkBytes.fromByteArray(input.readAllBytes()))
            .build());
    output.write("{}".getBytes(StandardCharsets.UTF_8));
  }
}
