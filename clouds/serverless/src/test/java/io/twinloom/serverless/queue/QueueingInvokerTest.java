package io.twinloom.serverless.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinloom.functions.port.FunctionInvoker;
import io.twinloom.functions.port.Handed;
import io.twinloom.functions.port.InvocationException;
import io.twinloom.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class QueueingInvokerTest {
  private final FakeQueue queue = new FakeQueue();
  private final List<String> direct = new ArrayList<>();
  private final QueueingInvoker invoker =
      new QueueingInvoker(
          new FunctionInvoker() {
            @Override
            public JsonObject call(String function, JsonObject event) {
              return event;
            }

            @Override
            public void invokeLater(String function, JsonObject event) {
              if (function.equals("missing")) {
                throw InvocationException.unknownFunction(function);
              }
              direct.add(function + " " + FakeFunction.name(event));
            }
          },
          queue,
          Set.of("persister", "checker"));

  @Test
  void whatAHundredEventsCauseIsOneMessageForEachFunction() {
    List<List<Handed>> caused =
        IntStream.range(0, 100)
            .mapToObj(i -> List.of(to("persister", "p" + i), to("checker", "c" + i)))
            .toList();
    assertThat(invoker.handOn(caused)).hasSize(100).allSatisfy(this::taken);
    assertThat(queue.sent)
        .extracting(FunctionQueue.Outgoing::function)
        .containsExactly("persister", "checker");
    assertThat(queue.events()).allSatisfy(events -> assertThat(events).hasSize(100));
    assertThat(direct).isEmpty();
  }

  @Test
  void functionsWithoutAQueueAreInvokedAsTheCloudDoes() {
    invoker.handOn(List.of(List.of(to("action", "a"), to("persister", "p"))));
    invoker.invokeLater("action", FakeFunction.event("b"));
    assertThat(direct).containsExactly("action a", "action b");
    assertThat(queue.sent).hasSize(1);
  }

  @Test
  void whatTheQueueRefusesIsSaidOfItsOwnCausesOnly() {
    queue.refuses = message -> message.function().equals("checker");
    List<List<Optional<InvocationException>>> refusals =
        invoker.handOn(List.of(List.of(to("persister", "a")), List.of(to("checker", "b"))));
    assertThat(refusals.getFirst().getFirst()).isEmpty();
    assertThat(refusals.getLast().getFirst()).isPresent();
    assertThatThrownBy(() -> invoker.invokeLater("checker", FakeFunction.event("c")))
        .isInstanceOf(InvocationException.class);
  }

  @Test
  void behindOneWithoutWhichItsCauseIsNotDoneNothingMoreIsInvoked() {
    List<List<Optional<InvocationException>>> refusals =
        invoker.handOn(
            List.of(
                List.of(to("missing", "a"), to("action", "b")),
                List.of(Handed.alone("missing", FakeFunction.event("c")), to("action", "d"))));
    assertThat(direct).containsExactly("action d");
    assertThat(refusals.getFirst()).allSatisfy(why -> assertThat(why).isPresent());
    assertThat(refusals.getLast().getLast()).isEmpty();
  }

  private void taken(List<Optional<InvocationException>> refusals) {
    assertThat(refusals).allSatisfy(why -> assertThat(why).isEmpty());
  }

  private static Handed to(String function, String name) {
    return Handed.to(function, FakeFunction.event(name));
  }
}
