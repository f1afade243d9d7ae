package io.twinloom.aws.invoke;

import io.twinloom.functions.port.FunctionInvoker;
import io.twinloom.functions.port.InvocationException;
import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonSyntaxException;
import io.twinloom.json.JsonValue;
import io.twinloom.model.Names;
import io.twinloom.model.Names.Thing;
import io.twinloom.model.cloud.KnownClouds;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import software.amazon.awssdk.services.lambda.model.InvokeRequest;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.lambda.model.RequestTooLargeException;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;

/**
 * Calls other functions through Lambda, by the names that the topology gives them. What is invoked
 * later waits in Lambda's own queue: it is tried three times there, and then becomes a dead letter
 * by the function's on-failure destination.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html">Invoke</a>
 */
public final class LambdaInvoker implements FunctionInvoker {

  /**
   * After this no further call of several is begun: one takes up to half a minute, and who waits
   * for all of them has a minute.
   */
  private static final Duration CALLING = Duration.ofSeconds(25);

  private final Supplier<LambdaClient> client;
  private final InstantSource clock;

  /**
   * @param clock tells when several calls have taken too long
   */
  public LambdaInvoker(Supplier<LambdaClient> client, InstantSource clock) {
    this.client = client;
    this.clock = clock;
  }

  @Override
  public void invokeLater(String function, JsonObject event) {
    var unused = invoke(function, event, r -> r.invocationType(InvocationType.EVENT));
  }

  @Override
  public JsonObject call(String function, JsonObject event) {
    return call(function, event, "");
  }

  /**
   * {@inheritDoc}
   *
   * <p>The trace is in the client context, which the runner of a package of user code reads.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html">X-Amz-Client-Context</a>
   */
  @Override
  public JsonObject call(String function, JsonObject event, String trace) {
    InvokeResponse response =
        invoke(
            function,
            event,
            r -> {
              r.invocationType(InvocationType.REQUEST_RESPONSE);
              if (!trace.isEmpty()) {
                r.clientContext(clientContext(trace));
              }
            });
    byte[] payload = response.payload() == null ? new byte[0] : response.payload().asByteArray();
    if (response.functionError() != null) {
      throw FunctionErrors.failure(function, payload);
    }
    try {
      JsonValue result = Json.parse(payload);
      if (result instanceof JsonObject object) {
        return object;
      }
      throw FunctionErrors.noObject(function, result.kind());
    } catch (JsonSyntaxException e) {
      throw FunctionErrors.noObject(function, "invalid JSON");
    }
  }

  /**
   * {@inheritDoc}
   *
   * <p>Several events go in one call, which the runner of a package of user code takes. A package
   * of an earlier version, or code that ends its process, answers in another way: then each event
   * goes by itself.
   */
  @Override
  public List<Called> callAll(String function, List<Call> calls) {
    Instant end = clock.instant().plus(CALLING);
    List<Called> ended = new ArrayList<>(calls.size());
    while (calls.size() - ended.size() > 1 && clock.instant().isBefore(end)) {
      List<Call> open = calls.subList(ended.size(), calls.size());
      List<Called> answered = BatchCall.answered(function, together(function, open), open.size());
      if (answered.isEmpty()) {
        break;
      }
      ended.addAll(answered);
    }
    for (Call call : calls.subList(ended.size(), calls.size())) {
      boolean inTime = ended.isEmpty() || clock.instant().isBefore(end);
      ended.addAll(
          inTime
              ? FunctionInvoker.super.callAll(function, List.of(call))
              : List.of(new Called.NotReturned(notStarted(function))));
    }
    return ended;
  }

  private static InvocationException notStarted(String function) {
    return InvocationException.unavailable(
        function + " is busy with earlier events",
        function,
        "Nothing to do: the event comes again by itself.");
  }

  private JsonObject together(String function, List<Call> calls) {
    try {
      return call(function, BatchCall.of(calls));
    } catch (InvocationException e) {
      // Said again by the event that it is for, if it is for one.
      return JsonObject.EMPTY;
    }
  }

  private static String clientContext(String trace) {
    JsonObject custom = JsonObject.builder().put("trace_id", trace).build();
    return Base64.getEncoder()
        .encodeToString(Json.bytes(JsonObject.builder().put("custom", custom).build()));
  }

  private InvokeResponse invoke(
      String function, JsonObject event, Consumer<InvokeRequest.Builder> how) {
    InvokeRequest request =
        InvokeRequest.builder()
            .functionName(Names.cloudName(KnownClouds.AWS, Thing.FUNCTION, function))
            .payload(SdkBytes.fromByteArrayUnsafe(Json.bytes(event)))
            .applyMutation(how)
            .build();
    try {
      return client.get().invoke(request);
    } catch (ResourceNotFoundException e) {
      throw InvocationException.unknownFunction(function, e);
    } catch (RequestTooLargeException e) {
      throw InvocationException.limitExceeded(
          "The event for " + function + " is larger than Lambda takes",
          function,
          "Make the event smaller; the limits are in docs/configuration.md.",
          e);
    } catch (SdkException e) {
      throw Unanswered.failure("Lambda did not take the event for " + function, function, e);
    }
  }
}
