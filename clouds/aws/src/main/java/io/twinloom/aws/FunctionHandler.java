package io.twinloom.aws;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.twinloom.aws.client.AwsClients;
import io.twinloom.aws.log.EmbeddedMetrics;
import io.twinloom.aws.queue.SqsEvent;
import io.twinloom.functions.catalog.FunctionCatalog;
import io.twinloom.functions.http.HostedFunction;
import io.twinloom.functions.port.DeadLetter;
import io.twinloom.functions.port.InvocationLog;
import io.twinloom.functions.port.InvocationLog.Level;
import io.twinloom.functions.port.StoreException;
import io.twinloom.functions.settings.Environment;
import io.twinloom.functions.settings.TwinInfo;
import io.twinloom.functions.settings.TwinInfoSource;
import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonSyntaxException;
import io.twinloom.json.JsonValue;
import io.twinloom.model.FunctionKind;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.cloud.KnownClouds;
import io.twinloom.model.function.Need;
import io.twinloom.serverless.Lazy;
import io.twinloom.serverless.Priming;
import io.twinloom.serverless.ServerlessSettings;
import io.twinloom.serverless.http.UrlConnectionRemoteCloud;
import io.twinloom.serverless.log.JsonLineLog;
import io.twinloom.serverless.queue.QueueConsumer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What Lambda calls: the same for all functions; which of them it is, its environment says. A
 * direct or asynchronous invocation, a schedule's included, is given the function as it is;
 * messages of the function's queue, a message of IoT Core and a request to the function's URL are
 * recognised by their form.
 *
 * <p>It may be made before a snapshot is taken (SnapStart), and used after that was restored in
 * many processes: it opens no connection, and takes no time and nothing random, when it is made.
 */
public final class FunctionHandler implements RequestStreamHandler {

  /** Lambda ends a run after 15 minutes at most: a mover has to end before that by itself. */
  private static final int MOVER_SECONDS = 780;

  private final FunctionKind kind;
  private final HostedFunction function;
  private final AwsPorts ports;
  private final Lazy<QueueConsumer> queue;

  /** Made by Lambda. */
  public FunctionHandler() {
    this(entered(), System.out);
  }

  /** What is set for the whole process before anything else runs. */
  private static Map<String, String> entered() {
    UrlConnectionRemoteCloud.sendPostsOnce();
    return System.getenv();
  }

  /**
   * A function with these settings.
   *
   * @param variables its environment
   * @param out takes its log
   * @throws FunctionFailed if it cannot be made of them
   */
  public FunctionHandler(Map<String, String> variables, OutputStream out) {
    InstantSource clock = InstantSource.system();
    try {
      Environment environment = new Environment(variables);
      AwsSettings settings = AwsSettings.of(environment);
      this.kind = settings.function().kind();
      TwinInfoSource twins = new TwinInfoSource();
      TwinInfo twin = twins.read(environment);
      AwsClients clients = new AwsClients(environment);
      this.ports = new AwsPorts(settings, twin, clients, log(out, clock, twin.debug()));
      this.function =
          FunctionCatalog.create(
              kind,
              settings.function().name(),
              ServerlessSettings.limited(kind, variables, MOVER_SECONDS),
              twins,
              ports);
      this.queue = new Lazy<>(() -> ports.consumer(function));
      Priming.of(
          settings.function(),
          Map.of(
              Need.INVOKER,
              settings.queues().isPresent() ? clients::primeSqs : clients::primeLambda,
              Need.HOT_STORE,
              clients::primeDynamoDb));
    } catch (TwinloomException e) {
      log(out, clock, false)
          .note(
              Level.ERROR,
              ServerlessSettings.nameIn(variables),
              "",
              e.what(),
              Map.of("code", e.code(), "fix", e.fix()));
      throw new FunctionFailed(e.what());
    }
  }

  private static InvocationLog log(OutputStream out, InstantSource clock, boolean debug) {
    return new JsonLineLog(KnownClouds.AWS.id(), out, clock, new EmbeddedMetrics(), debug);
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    output.write(
        answer(
            input.readAllBytes(),
            ports.runtime().clock().instant().plusMillis(context.getRemainingTimeInMillis())));
  }

  /**
   * Answers an event.
   *
   * @param end when Lambda ends the function
   * @throws FunctionFailed if the function failed: Lambda tries an asynchronous invocation again
   */
  public byte[] answer(byte[] bytes, Instant end) {
    JsonObject event = event(bytes);
    if (SqsEvent.isQueued(event)) {
      return Json.bytes(SqsEvent.answer(handle(event, end)));
    }
    if (function.isReceiver() && FunctionUrl.isRequest(event)) {
      return FunctionUrl.answer(event, function);
    }
    try {
      return Json.bytes(function.invoke(single(event)));
    } catch (TwinloomException e) {
      throw new FunctionFailed(e.what());
    }
  }

  /** Handles messages of the function's queue; returns those that are handed out again. */
  private List<String> handle(JsonObject event, Instant end) {
    SqsEvent.Batch batch =
        SqsEvent.read(event, ports.settings().function().name(), this::singleOrNone);
    try {
      List<String> again = new ArrayList<>(queue.get().handle(batch.messages(), end));
      for (SqsEvent.Unreadable unreadable : batch.unreadable()) {
        if (!isKept(unreadable.letter())) {
          again.add(unreadable.id());
        }
      }
      return again;
    } catch (TwinloomException e) {
      throw new FunctionFailed(e.what());
    }
  }

  private boolean isKept(DeadLetter letter) {
    try {
      ports.deadLetters().keep(letter);
      return true;
    } catch (StoreException e) {
      return false;
    }
  }

  private JsonObject singleOrNone(JsonObject event) {
    try {
      return single(event);
    } catch (FunctionFailed e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** An event that is not one of several: as it is, or what IoT Core says of a message. */
  private JsonObject single(JsonObject event) {
    boolean message = kind == FunctionKind.DISPATCHER && IotRuleMessage.isMessage(event);
    return message ? IotRuleMessage.toEvent(event) : event;
  }

  private static JsonObject event(byte[] bytes) {
    try {
      JsonValue event = Json.parse(bytes);
      if (event instanceof JsonObject object) {
        return object;
      }
      throw new FunctionFailed("The event is " + event.kind() + ", not an object.");
    } catch (JsonSyntaxException e) {
      throw new FunctionFailed("The event is invalid JSON.");
    }
  }
}
