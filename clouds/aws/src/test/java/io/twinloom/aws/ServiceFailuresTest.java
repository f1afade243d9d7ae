package io.twinloom.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.twinloom.aws.client.AwsClients;
import io.twinloom.aws.invoke.LambdaInvoker;
import io.twinloom.aws.invoke.StepFunctionsWorkflows;
import io.twinloom.aws.standin.ProductClients;
import io.twinloom.aws.store.DynamoSeenDevices;
import io.twinloom.aws.store.StateTable;
import io.twinloom.functions.port.InvocationException;
import io.twinloom.functions.port.InvocationException.Reason;
import io.twinloom.functions.port.StoreException;
import io.twinloom.functions.port.Workflows;
import io.twinloom.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Services that answer every request with one error. */
@DisplayName("What a service's failure counts as")
class ServiceFailuresTest {

  private HttpServer server;
  private volatile String error = "";
  private volatile int status;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          byte[] answer = ("{\"__type\":\"" + error + "\"}").getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("x-amzn-ErrorType", error);
          exchange.sendResponseHeaders(status, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private AwsClients clients() {
    URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    return ProductClients.of(Map.of("DYNAMODB", uri, "LAMBDA", uri, "SFN", uri));
  }

  private void answers(String type, int code) {
    if (code == 0) {
      server.stop(0);
    }
    error = type;
    status = code;
  }

  @ParameterizedTest(name = "{0} ({1}): {2}")
  @CsvSource({
    "InternalServerError, 500, true",
    "ServiceUnavailable, 503, true",
    "ThrottlingException, 400, true",
    "nobody listens, 0, true",
    "AccessDeniedException, 400, false",
    "ValidationException, 400, false",
    "ResourceNotFoundException, 400, false"
  })
  @DisplayName("a store that is not there is no fault of what was to be stored")
  void ofAStore(String type, int code, boolean unavailable) {
    DynamoSeenDevices seen = new DynamoSeenDevices(new StateTable(clients().dynamoDb(), "state"));
    answers(type, code);
    assertThatThrownBy(() -> seen.lastSeen("d"))
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.isUnavailable()).isEqualTo(unavailable));
  }

  @ParameterizedTest(name = "{0} ({1}): {2}")
  @CsvSource({
    "TooManyRequestsException, 429, UNAVAILABLE",
    "ServiceException, 500, UNAVAILABLE",
    "nobody listens, 0, UNAVAILABLE",
    "ResourceConflictException, 409, UNAVAILABLE",
    "AccessDeniedException, 403, FUNCTION_FAILED",
    "KMSAccessDeniedException, 502, UNAVAILABLE",
    "InvalidParameterValueException, 400, FUNCTION_FAILED",
    "ResourceNotFoundException, 404, UNKNOWN_FUNCTION"
  })
  @DisplayName("what Lambda refuses counts as an attempt, and is not put off for hours")
  void ofLambda(String type, int code, Reason reason) {
    LambdaInvoker invoker = new LambdaInvoker(clients().lambda(), InstantSource.system());
    answers(type, code);
    for (boolean later : List.of(true, false)) {
      assertThatThrownBy(
              () -> {
                if (later) {
                  invoker.invokeLater("mail", JsonObject.EMPTY);
                } else {
                  var unused = invoker.call("mail", JsonObject.EMPTY);
                }
              })
          .isInstanceOfSatisfying(
              InvocationException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }
  }

  @ParameterizedTest(name = "{0} ({1}): {2}")
  @CsvSource({
    "ThrottlingException, 400, UNAVAILABLE",
    "InternalServerError, 500, UNAVAILABLE",
    "AccessDeniedException, 400, FUNCTION_FAILED",
    "StateMachineDoesNotExist, 400, UNKNOWN_FUNCTION"
  })
  @DisplayName("what Step Functions refuses counts as an attempt, and is not put off for hours")
  void ofStepFunctions(String type, int code, Reason reason) {
    StepFunctionsWorkflows workflows = new StepFunctionsWorkflows(clients().stepFunctions());
    answers(type, code);
    assertThatThrownBy(
            () ->
                workflows.start(
                    "arn:aws:states:eu-central-1:000000000000:stateMachine:w",
                    new Workflows.Run(List.of("mail"), JsonObject.EMPTY)))
        .isInstanceOfSatisfying(
            InvocationException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }
}
