package io.twinloom.aws;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.twinloom.aws.client.AwsClients;
import io.twinloom.aws.log.StandardOutLog;
import io.twinloom.functions.catalog.FunctionCatalog;
import io.twinloom.functions.http.HostedFunction;
import io.twinloom.functions.port.InvocationLog;
import io.twinloom.functions.port.InvocationLog.Level;
import io.twinloom.functions.settings.Environment;
import io.twinloom.functions.settings.TwinInfoSource;
import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonSyntaxException;
import io.twinloom.json.JsonValue;
import io.twinloom.model.FunctionKind;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.function.FunctionSpec;
import io.twinloom.model.function.Need;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What Lambda calls: the same for all functions; which of them it is, its environment says. A
 * direct or asynchronous invocation, a schedule's included, is given the function as it is; a
 * message of IoT Core and a request to the function's URL are recognised by their form.
 *
 * <p>It may be made before a snapshot is taken (SnapStart), and used after that was restored in
 * many processes: it opens no connection, and takes no time and nothing random, when it is made.
 */
public final class FunctionHandler implements RequestStreamHandler {

  /** Lambda ends a run after 15 minutes at most: a mover has to end before that by itself. */
  private static final String MOVER_LIMIT = "MOVER_TIME_LIMIT_SECONDS";

  private static final String MOVER_SECONDS = "780";

  private final FunctionKind kind;
  private final HostedFunction function;

  /** Keeps what it has read for as long as this lives. */
  @SuppressWarnings({"unused", "FieldCanBeLocal"})
  private final TwinInfoSource twin;

  /** Made by Lambda. */
  public FunctionHandler() {
    this(System.getenv(), System.out);
  }

  FunctionHandler(Map<String, String> variables, OutputStream out) {
    InstantSource clock = InstantSource.system();
    try {
      Environment environment = new Environment(variables);
      AwsSettings settings = AwsSettings.of(environment);
      this.kind = settings.kind();
      this.twin = TwinInfoSource.read(environment);
      InvocationLog log = new StandardOutLog(out, clock, twin.info().debug());
      AwsClients clients = new AwsClients(environment);
      this.function =
          FunctionCatalog.create(
              kind,
              settings.name(),
              limited(kind, variables),
              new AwsPorts(settings, twin.info(), clients, log));
      rehearse(settings, clients);
    } catch (TwinloomException e) {
      new StandardOutLog(out, clock, false)
          .note(
              Level.ERROR,
              variables.getOrDefault("TWINLOOM_FUNCTION_NAME", ""),
              "",
              e.what(),
              Map.of("code", e.code(), "fix", e.fix()));
      throw new FunctionFailed(e.what());
    }
  }

  /** Has the classes loaded that the function's first event needs. */
  private static void rehearse(AwsSettings settings, AwsClients clients) {
    Optional<Need> primed = FunctionSpec.of(settings.kind()).primed();
    if (primed.filter(Need.INVOKER::equals).isPresent()) {
      clients.rehearseLambda();
    } else if (primed.filter(Need.HOT_STORE::equals).isPresent()
        && settings.hotTable().isPresent()) {
      clients.rehearseDynamoDb();
    }
  }

  private static Map<String, String> limited(FunctionKind kind, Map<String, String> variables) {
    boolean continues = FunctionSpec.of(kind).needs(Need.MOVE_PLANS);
    if (!continues || variables.containsKey(MOVER_LIMIT)) {
      return variables;
    }
    Map<String, String> limited = new HashMap<>(variables);
    limited.put(MOVER_LIMIT, MOVER_SECONDS);
    return limited;
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    output.write(answer(input.readAllBytes()));
  }

  /**
   * Answers an event.
   *
   * @throws FunctionFailed if the function failed: Lambda tries an asynchronous invocation again
   */
  byte[] answer(byte[] bytes) {
    JsonObject event = event(bytes);
    if (function.isReceiver() && FunctionUrl.isRequest(event)) {
      return FunctionUrl.answer(event, function);
    }
    boolean message = kind == FunctionKind.DISPATCHER && IotRuleMessage.isMessage(event);
    try {
      return Json.bytes(function.invoke(message ? IotRuleMessage.toEvent(event) : event));
    } catch (TwinloomException e) {
      throw new FunctionFailed(e.what());
    }
  }

  private static JsonObject event(byte[] bytes) {
    try {
      JsonValue event = Json.parse(bytes);
      if (event instanceof JsonObject object) {
        return object;
      }
      throw new FunctionFailed("The event is " + event.kind() + ", not an object.");
    } catch (JsonSyntaxException e) {
      throw new FunctionFailed("The event is no JSON.");
    }
  }
}
