package io.twinloom.functions.event;

import io.twinloom.functions.error.ConfigurationError;
import io.twinloom.functions.error.Refused;
import io.twinloom.functions.error.UserLogicError;
import io.twinloom.functions.intercloud.RemoteException;
import io.twinloom.functions.intercloud.RemoteSender;
import io.twinloom.functions.pipeline.FunctionBody;
import io.twinloom.functions.pipeline.Invocation;
import io.twinloom.functions.port.InvocationException;
import io.twinloom.functions.port.InvocationException.Reason;
import io.twinloom.functions.port.InvocationLog.Level;
import io.twinloom.functions.port.Ports;
import io.twinloom.functions.settings.Environment;
import io.twinloom.functions.settings.RemoteRouteSetting;
import io.twinloom.functions.settings.RemoteRouteSetting.Route;
import io.twinloom.functions.settings.TwinInfo;
import io.twinloom.functions.telemetry.BodyLimits;
import io.twinloom.functions.telemetry.Envelope;
import io.twinloom.json.Json;
import io.twinloom.json.JsonNumber;
import io.twinloom.json.JsonObject;
import io.twinloom.model.Layer;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Sends a command to a device because a rule fired: what the user's feedback code makes of it,
 * where there is any, over this cloud's device channel, or over that of layer 1's cloud.
 */
public final class EventFeedback implements FunctionBody {

  /** The number of the rule that fired: two commands of one event are told apart by it. */
  static final String RULE = "rule";

  private static final String CODE = "event_feedback";

  private final Settings settings;
  private final TwinInfo twin;
  private final Ports ports;
  private final Sending sending;

  @FunctionalInterface
  private interface Sending {
    void send(Command command, Envelope envelope, String idempotencyKey);
  }

  /**
   * @param code the user's feedback code, if there is any
   */
  public record Settings(Route route, Optional<String> code) {
    private static final RemoteRouteSetting FEEDBACK =
        new RemoteRouteSetting("FEEDBACK", Layer.L2, Layer.L1);

    /**
     * Reads {@code REMOTE_FEEDBACK_URL}, {@code REMOTE_FEEDBACK_TOKEN} and {@code
     * USER_FEEDBACK_LAMBDA_NAME}.
     */
    public static Settings of(Environment environment, TwinInfo twin) {
      return new Settings(
          FEEDBACK.route(environment, twin, List.of()),
          environment.optional("USER_FEEDBACK_LAMBDA_NAME"));
    }
  }

  /**
   * @throws ConfigurationError if the way leads nowhere: no gateway is set, and this cloud has no
   *     device channel
   */
  public EventFeedback(String name, Settings settings, TwinInfo twin, Ports ports) {
    this.settings = settings;
    this.twin = twin;
    this.ports = ports;
    this.sending =
        switch (settings.route()) {
          case Route.Remote remote -> posting(new RemoteSender(remote, ports));
          case Route.Local local -> {
            if (!local.warning().isEmpty()) {
              ports.log().note(Level.WARN, name, "", local.warning(), Map.of());
            }
            if (!ports.devices().isConfigured()) {
              throw ConfigurationError.noStore(
                  "event-feedback", "device channel (or REMOTE_FEEDBACK_URL)");
            }
            yield (command, envelope, key) ->
                ports.devices().send(command.device(), command.bytes());
          }
        };
  }

  @Override
  public JsonObject run(JsonObject event, Invocation invocation) {
    Envelope envelope = Envelope.of(event, "L2", ports.clock(), ports.traceIds());
    invocation.cameFrom(envelope.sourceCloud(), envelope.traceId());
    int attempts = 1;
    try {
      Command asked = Command.of(envelope.payload(), twin);
      invocation.device(asked.device());
      Command command = settings.code().isPresent() ? made(asked, envelope) : asked;
      command.bytes();
      sending.send(command, envelope, key(envelope));
      return JsonObject.builder().put("status", "Success").build();
    } catch (RemoteException e) {
      if (!e.isRefusal()) {
        throw e;
      }
      invocation.giveUp(ports.deadLetters(), event, e, e.attempts());
    } catch (Refused e) {
      invocation.giveUp(ports.deadLetters(), event, e, attempts);
    } catch (InvocationException e) {
      if (e.reason() != Reason.LIMIT_EXCEEDED) {
        throw e;
      }
      invocation.giveUp(ports.deadLetters(), event, e, attempts);
    }
    return JsonObject.EMPTY;
  }

  /** What the user's code makes of a command. */
  private Command made(Command asked, Envelope envelope) {
    JsonObject.Builder given = asked.toJson().toBuilder();
    given.put("event", envelope.payload().object("event").orElse(JsonObject.EMPTY));
    given.put("trace_id", envelope.traceId());
    try {
      JsonObject result = ports.invoker().call(settings.code().orElseThrow(), given.build());
      BodyLimits.checkEvent(result);
      Command made = asked.with(result);
      made.bytes();
      return made;
    } catch (InvocationException e) {
      throw UserLogicError.of(e, asked.device(), envelope.traceId(), CODE);
    } catch (Refused e) {
      throw UserLogicError.of(asked.device(), envelope.traceId(), e.what(), CODE);
    }
  }

  private Sending posting(RemoteSender sender) {
    String cloud = ports.cloud().connectionId();
    return (command, envelope, key) -> {
      Envelope sent =
          envelope.ofType(Envelope.COMMAND).sentOn(cloud, "L1", command.toJson(), ports.clock());
      sender.post(Json.bytes(sent.toJson()), sent.traceId(), key);
    };
  }

  /** One measurement may cause several commands, so its own key is not enough. */
  private static String key(Envelope envelope) {
    return envelope.payload().get(RULE) instanceof JsonNumber rule
        ? envelope.idempotencyKey() + "-rule-" + rule.text()
        : envelope.idempotencyKey();
  }
}
