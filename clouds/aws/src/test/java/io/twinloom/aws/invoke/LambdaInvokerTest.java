package io.twinloom.aws.invoke;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinloom.aws.standin.BridgedFunctions;
import io.twinloom.aws.standin.ProductClients;
import io.twinloom.functions.port.DeadLetter;
import io.twinloom.functions.port.FunctionInvoker;
import io.twinloom.functions.port.InvocationException;
import io.twinloom.functions.port.InvocationException.Reason;
import io.twinloom.json.Json;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import io.twinloom.model.Names;
import io.twinloom.model.Names.Thing;
import io.twinloom.model.cloud.KnownClouds;
import io.twinloom.testkit.contract.FunctionInvokerContract;
import io.twinloom.testkit.lambda.RuntimeApi.Outcome;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Functions that the official runtime client runs, behind a small Lambda. */
class LambdaInvokerTest implements FunctionInvokerContract {

  @TempDir Path folder;
  private BridgedFunctions functions;

  @BeforeEach
  void start() {
    functions = new BridgedFunctions(folder.resolve("function.log"));
  }

  @AfterEach
  void stop() {
    functions.close();
  }

  @Override
  public void define(String name, UnaryOperator<JsonObject> code) {
    functions.define(name, code);
  }

  @Override
  public FunctionInvoker invoker() {
    return new LambdaInvoker(
        ProductClients.of(Map.of("LAMBDA", functions.front().uri())).lambda(),
        InstantSource.system());
  }

  @Override
  public List<DeadLetter> deadLetters() {
    return functions.deadLetters();
  }

  @Test
  @DisplayName("of several events each has its trace beside it, since user code must not see it")
  void tracesOfABatchStandBesideItsEvents() {
    List<JsonObject> given = new CopyOnWriteArrayList<>();
    functions
        .front()
        .deploy(
            "plant-default-processor",
            (arn, event) -> {
              given.add(Json.parseObject(event));
              return new Outcome(
                  false,
                  bytes("{\"twinloom_batch\":1,\"results\":[{\"result\":{}},{\"result\":{}}]}"));
            });
    assertThat(
            invoker()
                .callAll(
                    "plant-default-processor",
                    List.of(
                        new FunctionInvoker.Call(JsonObject.EMPTY, "trace-1"),
                        new FunctionInvoker.Call(JsonObject.EMPTY, "trace-2"))))
        .hasSize(2);
    assertThat(given.getFirst().array("traces").orElseThrow())
        .isEqualTo(JsonArray.ofTexts(List.of("trace-1", "trace-2")));
  }

  @Test
  void aFunctionIsCalledByItsNameOnAws() {
    String name = "plant-传感器-processor";
    functions
        .front()
        .deploy(
            Names.cloudName(KnownClouds.AWS, Thing.FUNCTION, name),
            (arn, event) -> new Outcome(false, bytes("{\"ok\":true}")));
    assertThat(invoker().call(name, JsonObject.EMPTY).has("ok")).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Sandbox.Timedout | RequestId: 1 Error: Task timed out after 30.00 seconds |"
            + " LIMIT_EXCEEDED",
        "Runtime.OutOfMemory | RequestId: 1 Error: Runtime exited with error: signal: killed"
            + " | LIMIT_EXCEEDED",
        "java.lang.OutOfMemoryError | Java heap space | LIMIT_EXCEEDED",
        "KeyError | 'temperature' | FUNCTION_FAILED",
      })
  void whatLambdaSaysOfAFailureTellsItsReason(String type, String message, Reason reason) {
    functions
        .front()
        .deploy(
            "bad",
            (arn, event) ->
                new Outcome(
                    true,
                    bytes(
                        "{\"errorType\":\"%s\",\"errorMessage\":\"%s\"}"
                            .formatted(type, message))));
    assertThatThrownBy(() -> invoker().call("bad", JsonObject.EMPTY))
        .isInstanceOfSatisfying(
            InvocationException.class,
            e -> {
              assertThat(e.reason()).isEqualTo(reason);
              assertThat(e.what()).isEqualTo(type + ": " + message);
            });
  }

  @Test
  void aSystemFunctionsErrorIsSaidInItsOwnWordsAlone() {
    functions
        .front()
        .deploy(
            "ours",
            (arn, event) ->
                new Outcome(
                    true,
                    bytes(
                        "{\"errorType\":\"io.twinloom.aws.FunctionFailed\","
                            + "\"errorMessage\":\"The item was not written\"}")));
    assertThatThrownBy(() -> invoker().call("ours", JsonObject.EMPTY))
        .hasMessage("The item was not written");
  }

  @ParameterizedTest
  @ValueSource(strings = {"io.twinloom.runner.UserCodeException", "UserCodeError"})
  void whatUserCodeDidWrongIsSaidAsItIsLocally(String type) {
    functions
        .front()
        .deploy(
            "user",
            (arn, event) ->
                new Outcome(
                    true,
                    bytes(
                        "{\"errorType\":\"%s\",\"errorMessage\":\"ValueError: v (process.py:2)\"}"
                            .formatted(type))));
    assertThatThrownBy(() -> invoker().call("user", JsonObject.EMPTY))
        .hasMessage("ValueError: v (process.py:2)");
  }

  @Test
  void aResultThatIsNoObjectIsAFailure() {
    functions.front().deploy("nothing", (arn, event) -> new Outcome(false, bytes("null")));
    assertThatThrownBy(() -> invoker().call("nothing", JsonObject.EMPTY))
        .isInstanceOfSatisfying(
            InvocationException.class,
            e -> assertThat(e.reason()).isEqualTo(Reason.FUNCTION_FAILED))
        .hasMessage("It returned null, not an object");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
