package io.twinloom.aws.chain;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.twinloom.aws.TestSettings;
import io.twinloom.aws.standin.RuntimeClient;
import io.twinloom.model.FunctionKind;
import io.twinloom.testkit.lambda.LambdaProcess;
import io.twinloom.testkit.lambda.RuntimeApi.Outcome;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The artifact as Lambda starts it for a snapshot (SnapStart): the runtime client stops when the
 * function is made, and goes on when it is restored.
 */
@Tag("full")
class SnapshotArtifactTest {

  private static final Duration LIMIT = Duration.ofSeconds(60);

  @TempDir Path folder;
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private HttpServer services;

  @BeforeEach
  void start() throws IOException {
    services = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    services.createContext(
        "/",
        exchange -> {
          try (exchange) {
            String path = exchange.getRequestURI().getPath();
            asked.add(path);
            byte[] answer =
                (path.equals("/credentials")
                        ? "{\"AccessKeyId\":\"a\",\"SecretAccessKey\":\"s\",\"Token\":\"t\","
                            + "\"Expiration\":\"2099-01-01T00:00:00Z\"}"
                        : "{}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(path.equals("/credentials") ? 200 : 202, answer.length);
            exchange.getResponseBody().write(answer);
          }
        });
    services.setExecutor(Executors.newCachedThreadPool());
    services.start();
  }

  @AfterEach
  void stop() {
    services.stop(0);
  }

  @Test
  void nothingIsAskedBeforeTheSnapshotIsTakenAndAllWorksAfterItWasRestored() throws Exception {
    Path lib = Files.createDirectories(folder.resolve("lib"));
    Files.copy(Path.of("target", "twinloom-aws.jar"), lib.resolve("twinloom-aws.jar"));
    String address = "http://127.0.0.1:" + services.getAddress().getPort();
    Map<String, String> environment = TestSettings.of(FunctionKind.DISPATCHER);
    environment.put("AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start");
    environment.put("AWS_CONTAINER_CREDENTIALS_FULL_URI", address + "/credentials");
    environment.put("AWS_CONTAINER_AUTHORIZATION_TOKEN", "token");
    environment.put("AWS_ENDPOINT_URL_LAMBDA", address);
    try (LambdaProcess process =
        LambdaProcess.start(
            new LambdaProcess.Spec(
                RuntimeClient.classPath(),
                folder,
                "plant-dispatcher",
                "io.twinloom.aws.FunctionHandler::handleRequest",
                512,
                environment,
                folder.resolve("dispatcher.log")))) {
      process.api().snapshot().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
      assertThat(asked).isEmpty();
      process.api().restore();
      Outcome outcome =
          process.invoke(
              "arn:aws:lambda:eu-central-1:123456789012:function:plant-dispatcher",
              ("{\"channel_device\": \"press-1\", \"accepted_ms\": 1772366400500,"
                      + " \"message_id\": \"1\", \"payload_base64\": \"e30=\"}")
                  .getBytes(StandardCharsets.UTF_8),
              LIMIT);
      assertThat(new String(outcome.payload(), StandardCharsets.UTF_8)).isEqualTo("{}");
      assertThat(asked)
          .containsExactly("/credentials", "/2015-03-31/functions/plant-processor/invocations");
    }
  }
}
