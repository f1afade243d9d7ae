package io.twinloom.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.functions.http.HostedFunction;
import io.twinloom.functions.http.HttpAnswer;
import io.twinloom.functions.http.HttpHead;
import io.twinloom.functions.outcome.Outcome;
import io.twinloom.functions.port.AsyncInvoker;
import io.twinloom.json.Json;
import io.twinloom.json.JsonBoolean;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import io.twinloom.model.trace.TraceParent;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests in the form that Lambda's documentation shows. */
class FunctionUrlTest {

  private static final String REQUEST =
      """
      {"version": "2.0", "routeKey": "$default", "rawPath": "/",
       "rawQueryString": "device_id=a%2Bb&start=1,2",
       "headers": {"X-Inter-Cloud-Token": "t", "x-many": "one,two", "content-length": "7"},
       "queryStringParameters": {"device_id": "a+b", "start": "1,2"},
       "requestContext": {"http": {"method": "POST", "path": "/", "protocol": "HTTP/1.1"}},
       "body": "{\\"é\\":1}", "isBase64Encoded": false}
      """;

  /** As Lambda's front adds it to each request. */
  private static final String AMAZON =
      "\"x-amzn-trace-id\": \"Root=1-0af76519-16cd43dd8448eb211c80319c\", ";

  private final Receiver receiver = new Receiver();

  @Test
  void methodHeadersQueryAndBodyAreTheRequests() {
    JsonObject answer = answered(json(REQUEST));
    assertThat(receiver.head.method()).isEqualTo("POST");
    assertThat(receiver.head.headers())
        .containsEntry("x-inter-cloud-token", "t")
        .containsEntry("x-many", "one,two");
    assertThat(receiver.head.query()).isEqualTo(Map.of("device_id", "a+b", "start", "1,2"));
    assertThat(receiver.body).isEqualTo("{\"é\":1}".getBytes(StandardCharsets.UTF_8));
    assertThat(answer)
        .isEqualTo(
            json(
                "{\"statusCode\": 418, \"headers\": {\"Content-Type\": \"application/json\"},"
                    + " \"body\": \"{\\\"a\\\":\\\"ü\\\"}\", \"isBase64Encoded\": false}"));
  }

  @Test
  void aRequestThatSaysOfNoTraceIsOfTheOneThatLambdaGaveIt() {
    answered(json(REQUEST.replace("\"x-many\"", AMAZON + "\"x-many\"")));
    assertThat(TraceParent.traceId(receiver.head.header("traceparent").orElseThrow()))
        .contains("0af76519-16cd-43dd-8448-eb211c80319c");
  }

  @Test
  void aRequestThatSaysOfWhichTraceItIsKeepsThat() {
    String said = "00-11111111111111111111111111111111-b7ad6b7169203331-01";
    answered(
        json(
            REQUEST.replace(
                "\"x-many\"", AMAZON + "\"traceparent\": \"" + said + "\", \"x-many\"")));
    assertThat(receiver.head.header("traceparent")).contains(said);
  }

  @Test
  void aTraceThatIsNoneOfLambdasFormIsLeftOut() {
    answered(
        json(REQUEST.replace("\"x-many\"", "\"X-Amzn-Trace-Id\": \"Root=nonsense\", \"x-many\"")));
    assertThat(receiver.head.header("traceparent")).isEmpty();
  }

  @Test
  void aParameterThatStandsTwiceIsRefused() {
    JsonObject answer =
        answered(
            json(REQUEST).toBuilder().put("rawQueryString", "start=1&device_id=a&start=2").build());
    assertThat(String.valueOf(answer.get("statusCode"))).isEqualTo("400");
  }

  @Test
  void aBodyInBase64IsDecoded() {
    byte[] bytes = {0, -1, '{', 10};
    answered(
        json(REQUEST).toBuilder()
            .put("body", Base64.getEncoder().encodeToString(bytes))
            .put("isBase64Encoded", true)
            .build());
    assertThat(receiver.body).isEqualTo(bytes);
  }

  @Test
  void aBodyThatIsNotTheBase64ItIsSaidToBeIsRefused() {
    JsonObject answer =
        answered(json(REQUEST).toBuilder().put("body", "{}").put("isBase64Encoded", true).build());
    assertThat(String.valueOf(answer.get("statusCode"))).isEqualTo("400");
  }

  @Test
  void aGetHasNoBodyAndMayHaveNoQuery() {
    answered(
        json(
            "{\"version\": \"2.0\", \"requestContext\": {\"http\": {\"method\": \"GET\"}},"
                + " \"headers\": {\"host\": \"x\"}}"));
    assertThat(receiver.head.method()).isEqualTo("GET");
    assertThat(receiver.head.query()).isEmpty();
    assertThat(receiver.body).isEmpty();
  }

  @Test
  void aLargeAnswerIsSmallerInBase64ThanEscaped() {
    receiver.answer = ("[" + "\"\",".repeat(500_000) + "1]").getBytes(StandardCharsets.UTF_8);
    JsonObject answer = answered(json(REQUEST));
    assertThat(answer.get("isBase64Encoded")).isEqualTo(JsonBoolean.TRUE);
    assertThat(Base64.getDecoder().decode(answer.text("body").orElseThrow()))
        .isEqualTo(receiver.answer);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"version\": \"1.0\", \"requestContext\": {\"http\": {\"method\": \"GET\"}}}",
        "{\"version\": \"2.0\", \"requestContext\": {\"elb\": {}}}",
        "{\"version\": \"2.0\", \"requestContext\": {\"http\": \"GET\"}}",
        "{\"workspaceId\": \"w\", \"entityId\": \"e\"}",
      })
  void whatHasAnotherFormIsNoRequest(String event) {
    assertThat(FunctionUrl.isRequest(json(event))).isFalse();
  }

  private JsonObject answered(JsonObject event) {
    assertThat(FunctionUrl.isRequest(event)).isTrue();
    return Json.parseObject(FunctionUrl.answer(event, receiver));
  }

  private static JsonObject json(String text) {
    return Json.parseObject(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Keeps what it was asked. */
  private static final class Receiver implements HostedFunction {
    HttpHead head;
    byte[] body;
    byte[] answer = "{\"a\":\"ü\"}".getBytes(StandardCharsets.UTF_8);

    @Override
    public JsonValue invoke(JsonObject event) {
      throw new AssertionError("it was called over HTTP");
    }

    @Override
    public List<Outcome> invokeAll(List<JsonObject> events, AsyncInvoker later) {
      throw new AssertionError("it was called over HTTP");
    }

    @Override
    public Optional<HttpAnswer> refuse(HttpHead asked) {
      return Optional.empty();
    }

    @Override
    public HttpAnswer receive(HttpHead asked, byte[] given) {
      head = asked;
      body = given;
      return new HttpAnswer(418, answer);
    }

    @Override
    public boolean isReceiver() {
      return true;
    }
  }
}
