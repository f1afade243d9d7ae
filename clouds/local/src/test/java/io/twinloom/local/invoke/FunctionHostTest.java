package io.twinloom.local.invoke;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.functions.http.HostedFunction;
import io.twinloom.functions.http.HttpAnswer;
import io.twinloom.functions.http.HttpHead;
import io.twinloom.functions.outcome.Outcome;
import io.twinloom.functions.outcome.Outcome.Done;
import io.twinloom.functions.port.AsyncInvoker;
import io.twinloom.functions.port.FunctionInvoker.Call;
import io.twinloom.functions.port.FunctionInvoker.Called;
import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import io.twinloom.local.worker.UserFunctions;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** A function that is replaced, as a rotation of tokens does it, while it is called. */
class FunctionHostTest {

  private static final HttpHead POST = new HttpHead("POST", Map.of(), Map.of());

  /**
   * Runs as the host notes the time of a call: it has found the function, and not begun its run.
   */
  private final AtomicReference<Runnable> meanwhile = new AtomicReference<>(() -> {});

  private final FunctionHost host =
      new FunctionHost(
          () -> {
            meanwhile.getAndSet(() -> {}).run();
            return Instant.EPOCH;
          },
          new NoUserCode());

  @Test
  void aFunctionThatIsReplacedBeforeItsRunBeginsDoesNotRunAnyMore() {
    host.add("sender", new Named("old"));
    AtomicReference<CompletableFuture<Void>> left = new AtomicReference<>();
    meanwhile.set(() -> left.set(host.replace("sender", new Named("new"))));

    assertThat(host.call("sender", JsonObject.EMPTY).text("ran")).contains("new");
    assertThat(left.get()).isCompleted();
  }

  @Test
  void aRequestThatCameForAReceiverIsAnsweredByTheOneInItsPlace() {
    host.add("receiver", new Named("old"));
    HostedFunction found = host.receiver("receiver").orElseThrow();
    assertThat(host.replace("receiver", new Named("new"))).isCompleted();

    assertThat(new String(found.receive(POST, new byte[0]).body(), StandardCharsets.UTF_8))
        .isEqualTo("{\"ran\":\"new\"}");
  }

  @Test
  void aRunThatHasBegunIsWaitedFor() {
    AtomicReference<CompletableFuture<Void>> left = new AtomicReference<>();
    host.add(
        "sender",
        new Named("old") {
          @Override
          public JsonValue invoke(JsonObject event) {
            left.set(host.replace("sender", new Named("new")));
            assertThat(left.get()).isNotCompleted();
            return super.invoke(event);
          }
        });

    assertThat(host.call("sender", JsonObject.EMPTY).text("ran")).contains("old");
    assertThat(left.get()).isCompleted();
  }

  @Test
  void userCodeRunsUnderTheTraceOfItsCallOrOfItsEvent() {
    List<String> traces = new ArrayList<>();
    FunctionHost users =
        new FunctionHost(
            () -> Instant.EPOCH,
            new UserFunctions() {
              @Override
              public List<Called> callAll(String function, List<Call> calls) {
                calls.forEach(call -> traces.add(call.trace()));
                return calls.stream()
                    .<Called>map(call -> new Called.Returned(call.event()))
                    .toList();
              }

              @Override
              public void close() {}
            });
    users.addUserFunction("user");
    users.call("user", JsonObject.EMPTY, "of the call");
    users.call("user", JsonObject.builder().put("trace_id", "of the event").build());

    assertThat(traces).containsExactly("of the call", "of the event");
  }

  /** Says which one ran. */
  private static class Named implements HostedFunction {
    private final JsonObject answer;

    Named(String name) {
      this.answer = JsonObject.builder().put("ran", name).build();
    }

    @Override
    public JsonValue invoke(JsonObject event) {
      return answer;
    }

    @Override
    public List<Outcome> invokeAll(List<JsonObject> events, AsyncInvoker later) {
      return events.stream().<Outcome>map(event -> Done.answering(invoke(event))).toList();
    }

    @Override
    public Optional<HttpAnswer> refuse(HttpHead head) {
      return Optional.empty();
    }

    @Override
    public HttpAnswer receive(HttpHead head, byte[] body) {
      return new HttpAnswer(200, Json.bytes(answer));
    }

    @Override
    public boolean isReceiver() {
      return true;
    }
  }
}
