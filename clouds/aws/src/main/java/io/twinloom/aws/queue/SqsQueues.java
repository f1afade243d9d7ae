package io.twinloom.aws.queue;

import io.twinloom.aws.client.SdkFailure;
import io.twinloom.functions.port.InvocationException;
import io.twinloom.model.Names;
import io.twinloom.model.Names.Thing;
import io.twinloom.model.cloud.KnownClouds;
import io.twinloom.serverless.queue.FunctionQueue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/**
 * The queues of a twin's functions in SQS, each with its function's name. Ten messages go in one
 * request, if they fit.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessageBatch.html">SendMessageBatch</a>
 */
public final class SqsQueues implements FunctionQueue {

  private static final int AT_ONCE = 10;

  /** The most that a request may have, and that a single message may have. */
  private static final int MAX_BYTES = 1024 * 1024;

  private final Supplier<SqsClient> client;
  private final String base;

  /**
   * @param base what the address of a queue begins with, up to its name
   */
  public SqsQueues(Supplier<SqsClient> client, String base) {
    this.client = client;
    this.base = base.endsWith("/") ? base : base + "/";
  }

  /** The address of a function's queue. */
  String url(String function) {
    return base + Names.cloudName(KnownClouds.AWS, Thing.FUNCTION, function);
  }

  @Override
  public List<Optional<InvocationException>> send(List<Outgoing> messages) {
    List<Optional<InvocationException>> refused = new ArrayList<>(messages.size());
    Map<String, List<Integer>> byQueue = new LinkedHashMap<>();
    for (int i = 0; i < messages.size(); i++) {
      refused.add(Optional.empty());
      byQueue.computeIfAbsent(messages.get(i).function(), name -> new ArrayList<>()).add(i);
    }
    byQueue.forEach((function, places) -> send(function, places, messages, refused));
    return refused;
  }

  private void send(
      String function,
      List<Integer> places,
      List<Outgoing> messages,
      List<Optional<InvocationException>> refused) {
    List<SendMessageBatchRequestEntry> entries = new ArrayList<>();
    int bytes = 0;
    for (int place : places) {
      Outgoing message = messages.get(place);
      int size = message.body().getBytes(StandardCharsets.UTF_8).length;
      if (size > MAX_BYTES) {
        refused.set(place, Optional.of(tooLarge(function)));
        continue;
      }
      if (entries.size() == AT_ONCE || bytes + size > MAX_BYTES) {
        request(function, entries, refused);
        entries.clear();
        bytes = 0;
      }
      entries.add(
          SendMessageBatchRequestEntry.builder()
              .id(Integer.toString(place))
              .messageBody(message.body())
              .delaySeconds((int) message.delay().toSeconds())
              .build());
      bytes += size;
    }
    if (!entries.isEmpty()) {
      request(function, entries, refused);
    }
  }

  private void request(
      String function,
      List<SendMessageBatchRequestEntry> entries,
      List<Optional<InvocationException>> refused) {
    List<SendMessageBatchRequestEntry> sent = List.copyOf(entries);
    try {
      client
          .get()
          .sendMessageBatch(r -> r.queueUrl(url(function)).entries(sent))
          .failed()
          .forEach(
              failed ->
                  refused.set(
                      Integer.parseInt(failed.id()), Optional.of(notTaken(function, failed))));
    } catch (SdkException e) {
      InvocationException why = why(function, e);
      sent.forEach(entry -> refused.set(Integer.parseInt(entry.id()), Optional.of(why)));
    }
  }

  private static InvocationException why(String function, SdkException e) {
    if (e instanceof AwsServiceException service && service.awsErrorDetails() != null) {
      String code = String.valueOf(service.awsErrorDetails().errorCode());
      return e instanceof QueueDoesNotExistException || code.endsWith("NonExistentQueue")
          ? InvocationException.unknownFunction(function, e)
          : unavailable(function, code + " (status " + service.statusCode() + ")", e);
    }
    return unavailable(function, SdkFailure.reason(e), e);
  }

  private static InvocationException notTaken(String function, BatchResultErrorEntry failed) {
    return unavailable(function, failed.code(), null);
  }

  private static InvocationException unavailable(
      String function, String code, @org.jspecify.annotations.Nullable Throwable cause) {
    return InvocationException.unavailable(
        "SQS did not take the events for " + function + ": " + code,
        function,
        "The events are tried again by themselves; see the cause in the log if this lasts.",
        cause);
  }

  private static InvocationException tooLarge(String function) {
    return InvocationException.limitExceeded(
        "The event for " + function + " is larger than SQS takes",
        function,
        "Make the event smaller; the limits are in docs/configuration.md.");
  }

  @Override
  public void settle(String function, List<String> receipts) {
    for (int from = 0; from < receipts.size(); from += AT_ONCE) {
      List<DeleteMessageBatchRequestEntry> entries = new ArrayList<>();
      for (String receipt : receipts.subList(from, Math.min(receipts.size(), from + AT_ONCE))) {
        entries.add(
            DeleteMessageBatchRequestEntry.builder()
                .id(Integer.toString(entries.size()))
                .receiptHandle(receipt)
                .build());
      }
      try {
        client.get().deleteMessageBatch(r -> r.queueUrl(url(function)).entries(entries));
      } catch (SdkException e) {
        // They are reported as done all the same; only where the process dies do they come again.
        return;
      }
    }
  }
}
