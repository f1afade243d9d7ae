package io.twinloom.aws.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.aws.client.AwsClients;
import io.twinloom.aws.standin.ProductClients;
import io.twinloom.functions.port.InvocationException;
import io.twinloom.functions.port.InvocationException.Reason;
import io.twinloom.json.JsonObject;
import io.twinloom.serverless.queue.FunctionQueue.Outgoing;
import io.twinloom.serverless.queue.QueueMessage;
import io.twinloom.serverless.queue.QueuedEvent;
import io.twinloom.testkit.aws.StandIns;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** Messages on their way through SQS, as far as moto is one. */
@Tag("full")
@ExtendWith(StandIns.class)
class SqsQueuesTest {

  private static AwsClients clients;
  private final String function = "plant-persister-" + UUID.randomUUID();
  private String url;
  private SqsQueues queues;

  @BeforeAll
  static void connect() {
    clients = ProductClients.of(Map.of("SQS", StandIns.moto().uri()));
  }

  @BeforeEach
  void open() {
    url = sqs().createQueue(r -> r.queueName(function)).queueUrl();
    URI made = URI.create(url);
    String base = StandIns.moto().uri() + made.getPath().replace(function, "");
    queues = new SqsQueues(clients.sqs(), base);
  }

  private static SqsClient sqs() {
    return clients.sqs().get();
  }

  @Test
  void aMessageThatIsSentIsHandedOutAsItWasWithAllItsCharacters() {
    JsonObject event = JsonObject.builder().put("text", "\uFFFE\uFFFF\u0001 😀 传感器 \"\\ é").build();
    QueuedEvent queued = new QueuedEvent(event, 2, 0, Optional.empty());
    String body = QueueMessage.pack(List.of(queued), 1).getFirst().body();
    assertThat(queues.send(List.of(new Outgoing(function, body, Duration.ZERO))))
        .containsExactly(Optional.empty());
    Message message = receive(1).getFirst();
    SqsEvent.Batch batch = SqsEvent.read(records(message), function, UnaryOperator.identity());
    assertThat(batch.unreadable()).isEmpty();
    assertThat(batch.messages().getFirst().id()).isEqualTo(message.messageId());
    assertThat(batch.messages().getFirst().events()).containsExactly(queued);
  }

  @Test
  void moreThanTenMessagesAreAllSent() {
    List<Outgoing> many = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      many.add(new Outgoing(function, "{\"n\":" + i + "}", Duration.ZERO));
    }
    assertThat(queues.send(many)).hasSize(25).allSatisfy(refused -> assertThat(refused).isEmpty());
    assertThat(receive(25)).extracting(Message::body).doesNotHaveDuplicates().hasSize(25);
  }

  @Test
  void aMessageWithADelayIsNotHandedOutYet() {
    queues.send(List.of(new Outgoing(function, "{}", Duration.ofMinutes(15))));
    assertThat(
            sqs()
                .getQueueAttributes(
                    r ->
                        r.queueUrl(url)
                            .attributeNames(
                                QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED))
                .attributes())
        .containsEntry(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED, "1");
  }

  @Test
  void aQueueThatIsMissingAndAnEventThatIsTooLargeAreRefusedAndOthersAreSent() {
    List<Optional<InvocationException>> refused =
        queues.send(
            List.of(
                new Outgoing("plant-nobody", "{}", Duration.ZERO),
                new Outgoing(function, "x".repeat(1024 * 1024 + 1), Duration.ZERO),
                new Outgoing(function, "{}", Duration.ZERO)));
    assertThat(refused.get(0).orElseThrow().reason()).isEqualTo(Reason.UNKNOWN_FUNCTION);
    assertThat(refused.get(1).orElseThrow().reason()).isEqualTo(Reason.LIMIT_EXCEEDED);
    assertThat(refused.get(2)).isEmpty();
    assertThat(receive(1)).hasSize(1);
  }

  @Test
  void whatIsSettledIsNotHandedOutAgain() {
    queues.send(List.of(new Outgoing(function, "{}", Duration.ZERO)));
    queues.settle(function, List.of(receive(1).getFirst().receiptHandle()));
    assertThat(
            sqs()
                .getQueueAttributes(r -> r.queueUrl(url).attributeNames(QueueAttributeName.ALL))
                .attributes())
        .containsEntry(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES, "0")
        .containsEntry(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE, "0");
  }

  private List<Message> receive(int count) {
    List<Message> received = new ArrayList<>();
    for (int i = 0; i < 10 && received.size() < count; i++) {
      received.addAll(
          sqs().receiveMessage(r -> r.queueUrl(url).maxNumberOfMessages(10)).messages());
    }
    return received;
  }

  /** What Lambda makes of a message. */
  private static JsonObject records(Message message) {
    JsonObject attributes = JsonObject.builder().put("ApproximateReceiveCount", "1").build();
    return JsonObject.builder()
        .put(
            "Records",
            new io.twinloom.json.JsonArray(
                List.of(
                    JsonObject.builder()
                        .put("messageId", message.messageId())
                        .put("receiptHandle", message.receiptHandle())
                        .put("body", message.body())
                        .put("attributes", attributes)
                        .put("eventSource", "aws:sqs")
                        .build())))
        .build();
  }
}
