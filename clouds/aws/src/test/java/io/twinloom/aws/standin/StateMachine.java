package io.twinloom.aws.standin;

import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sfn.SfnClient;

/**
 * The twin's state machine, as Terraform fills in its definition, and what moto needs to run it.
 */
public final class StateMachine {
  private static final Path DEFINITION = Path.of("../../terraform/aws/workflow.asl.json");
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final Set<String> OWN_HEADERS =
      Set.of("host", "connection", "content-length", "expect", "upgrade", "http2-settings");

  private StateMachine() {}

  /** Regions of AWS, one after the other. */
  public static Iterator<Region> regions() {
    return List.of(
            Region.EU_CENTRAL_1,
            Region.EU_NORTH_1,
            Region.EU_WEST_1,
            Region.EU_WEST_2,
            Region.EU_WEST_3,
            Region.EU_SOUTH_1,
            Region.US_EAST_2,
            Region.US_WEST_2,
            Region.CA_CENTRAL_1,
            Region.SA_EAST_1)
        .iterator();
  }

  /** Makes one, whose attempts follow one another within seconds. */
  public static String make(SfnClient client, String deadLetterBucket) {
    String definition;
    try {
      definition =
          Files.readString(DEFINITION)
              .replace("${partition}", "aws")
              .replace("${dead_letters}", deadLetterBucket)
              .replace("${workflow_cloud_name}", "plant-workflow")
              // moto passes an object on to S3's client as it is, which Step Functions writes as
              // JSON.
              .replace("\"$.letter\"", "\"States.JsonToString($.letter)\"")
              .replaceAll("\"IntervalSeconds\": \\d+", "\"IntervalSeconds\": 1")
              .replaceAll("\"BackoffRate\": \\d+", "\"BackoffRate\": 1");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return client
        .createStateMachine(
            request ->
                request
                    .name("plant-workflow-" + UUID.randomUUID())
                    .roleArn("arn:aws:iam::123456789012:role/plant-workflow")
                    .definition(definition))
        .stateMachineArn();
  }

  /** Has moto run state machines instead of answering that they run. */
  public static void interpreted(URI moto) {
    HttpRequest request =
        HttpRequest.newBuilder(moto.resolve("/moto-api/config"))
            .POST(BodyPublishers.ofString("{\"stepfunctions\":{\"execute_state_machine\":true}}"))
            .build();
    try {
      HttpResponse<Void> response = HTTP.send(request, BodyHandlers.discarding());
      if (response.statusCode() >= 300) {
        throw new IllegalStateException("moto: " + response.statusCode());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Passes on to moto what its interpreter asks other services than Lambda. */
  public static HttpHandler passedOn(URI moto) {
    return exchange -> {
      try (exchange) {
        String host = exchange.getRequestHeaders().getFirst("Host");
        int bucket = host.indexOf(".localhost");
        String path = bucket < 0 ? "" : "/" + host.substring(0, bucket);
        HttpRequest.Builder request =
            HttpRequest.newBuilder(moto.resolve(path + exchange.getRequestURI()))
                .method(
                    exchange.getRequestMethod(),
                    BodyPublishers.ofByteArray(exchange.getRequestBody().readAllBytes()));
        exchange
            .getRequestHeaders()
            .forEach(
                (name, values) -> {
                  if (!OWN_HEADERS.contains(name.toLowerCase(java.util.Locale.ROOT))) {
                    values.forEach(value -> request.header(name, value));
                  }
                });
        HttpResponse<byte[]> response = HTTP.send(request.build(), BodyHandlers.ofByteArray());
        exchange.sendResponseHeaders(
            response.statusCode(), response.body().length == 0 ? -1 : response.body().length);
        exchange.getResponseBody().write(response.body());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    };
  }
}
