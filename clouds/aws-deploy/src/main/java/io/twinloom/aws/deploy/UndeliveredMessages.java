package io.twinloom.aws.deploy;

import io.twinloom.aws.queue.SqsEvent;
import io.twinloom.aws.store.S3DeadLetters;
import io.twinloom.functions.port.DeadLetter;
import io.twinloom.functions.port.DeadLetters;
import io.twinloom.json.JsonString;
import io.twinloom.model.cloud.KnownClouds;
import io.twinloom.model.function.FunctionSpec;
import io.twinloom.serverless.queue.QueuedEvent;
import io.twinloom.topology.DeployedFunction;
import io.twinloom.topology.Topology;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/**
 * The messages that no process could handle: SQS puts them into a queue of their own. Their events
 * are kept as dead letters beside the others. Which function they were for SQS says, and not they
 * themselves.
 */
final class UndeliveredMessages {

  private static final int AT_ONCE = 10;

  /** A queue with more is emptied by the next look. */
  private static final int MOST = 1_000;

  /** As often SQS hands a message out, as terraform/aws/queues.tf says. */
  private static final int ATTEMPTS = 20;

  private static final String ERROR = "It ended every process that it was handed to.";

  private final Supplier<SqsClient> sqs;
  private final String url;
  private final Supplier<S3Client> s3;
  private final String bucket;
  private final Topology topology;
  private final InstantSource clock;

  /** Where the messages are, and where their dead letters go. */
  record Places(String queueUrl, String bucket) {}

  UndeliveredMessages(
      AwsDeployClients clients, Places places, Topology topology, InstantSource clock) {
    this.sqs = clients.sqs;
    this.url = places.queueUrl();
    this.s3 = clients.s3;
    this.bucket = places.bucket();
    this.topology = topology;
    this.clock = clock;
  }

  /** Keeps the events of what is there as dead letters, and removes it. */
  void keep() {
    int kept = 0;
    List<Message> some;
    do {
      some = receive();
      some.forEach(this::keep);
      kept += some.size();
    } while (!some.isEmpty() && kept < MOST);
  }

  private List<Message> receive() {
    return AwsFailures.asking(
        "The messages that were not handled cannot be read",
        url,
        () ->
            sqs.get()
                .receiveMessage(
                    r ->
                        r.queueUrl(url)
                            .maxNumberOfMessages(AT_ONCE)
                            .messageSystemAttributeNames(
                                MessageSystemAttributeName.DEAD_LETTER_QUEUE_SOURCE_ARN,
                                MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT))
                .messages());
  }

  private void keep(Message message) {
    Optional<DeployedFunction> function = function(message.attributes());
    if (function.isEmpty()) {
      // Somebody else's: it stays as long as the queue keeps it.
      return;
    }
    String name = function.get().name();
    Iterator<String> ids =
        java.util.stream.IntStream.iterate(0, i -> i + 1)
            .mapToObj(i -> message.messageId() + "-" + i)
            .iterator();
    DeadLetters letters =
        new S3DeadLetters(s3, bucket, function.get().cloudName(), clock, ids::next);
    SqsEvent.events(message.body())
        .ifPresentOrElse(
            events -> events.forEach(event -> letters.keep(letter(name, event))),
            () ->
                letters.keep(
                    new DeadLetter(name, new JsonString(message.body()), ERROR, ATTEMPTS, "")));
    AwsFailures.asking(
        "A message that is kept as a dead letter cannot be removed",
        url,
        () -> sqs.get().deleteMessage(r -> r.queueUrl(url).receiptHandle(message.receiptHandle())));
  }

  private static DeadLetter letter(String function, QueuedEvent event) {
    return new DeadLetter(
        function, event.event(), ERROR, ATTEMPTS, event.event().text("trace_id").orElse(""));
  }

  private Optional<DeployedFunction> function(Map<MessageSystemAttributeName, String> attributes) {
    String source =
        attributes.getOrDefault(MessageSystemAttributeName.DEAD_LETTER_QUEUE_SOURCE_ARN, "");
    String queue = source.substring(source.lastIndexOf(':') + 1);
    return topology.functions().stream()
        .filter(f -> f.cloud() == KnownClouds.AWS && f.cloudName().equals(queue))
        .filter(f -> FunctionSpec.of(f.kind()).queued())
        .findFirst();
  }
}
