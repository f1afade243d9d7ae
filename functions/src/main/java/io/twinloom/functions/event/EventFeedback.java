package io.twinloom.functions.event;

import io.twinloom.functions.error.ConfigurationError;
import io.twinloom.functions.error.Refused;
import io.twinloom.functions.error.UserLogicError;
import io.twinloom.functions.intercloud.RemoteSender;
import io.twinloom.functions.intercloud.RemoteSenders;
import io.twinloom.functions.outcome.Outcome.Done;
import io.twinloom.functions.pipeline.EventBody;
import io.twinloom.functions.pipeline.Invocation;
import io.twinloom.functions.port.DeviceChannel;
import io.twinloom.functions.port.FunctionInvoker;
import io.twinloom.functions.port.FunctionRuntime;
import io.twinloom.functions.port.InvocationException;
import io.twinloom.functions.port.InvocationLog.RuleKind;
import io.twinloom.functions.port.SeenDevices;
import io.twinloom.functions.settings.Environment;
import io.twinloom.functions.settings.PreviousRoute;
import io.twinloom.functions.settings.RemoteRouteSetting;
import io.twinloom.functions.settings.RemoteRouteSetting.Route;
import io.twinloom.functions.settings.TwinInfo;
import io.twinloom.functions.telemetry.BodyLimits;
import io.twinloom.functions.telemetry.Envelope;
import io.twinloom.json.CanonicalJson;
import io.twinloom.json.JsonNumber;
import io.twinloom.json.JsonObject;
import io.twinloom.json.Sha256;
import io.twinloom.model.Layer;
import java.util.List;
import java.util.Optional;

/**
 * Sends a command to a device because a rule fired: what the user's feedback code makes of it,
 * where there is any, over this cloud's device channel, or over that of layer 1's cloud.
 */
public final class EventFeedback implements EventBody {

  /** The number of the rule that fired: it distinguishes two commands of one event. */
  static final String RULE = "rule";

  private static final String CODE = "event_feedback";
  private static final int KEY_DIGITS = 16;

  private final Settings settings;
  private final TwinInfo twin;
  private final FunctionInvoker invoker;
  private final FunctionRuntime runtime;
  private final Sending sending;

  @FunctionalInterface
  private interface Sending {
    void send(Command command, Envelope envelope, Invocation invocation);
  }

  /**
   * @param former the ways to clouds whose devices are still let in
   * @param code the user's feedback code, if there is any
   */
  public record Settings(Route route, List<PreviousRoute> former, Optional<String> code) {
    private static final RemoteRouteSetting FEEDBACK =
        new RemoteRouteSetting("FEEDBACK", Layer.L2, Layer.L1);

    /**
     * Reads {@code REMOTE_FEEDBACK_URL}, {@code REMOTE_FEEDBACK_TOKEN} and {@code
     * USER_FEEDBACK_LAMBDA_NAME}; where layer 1 is on this cloud, the ways to its further clouds,
     * which are its gateway's otherwise.
     */
    public static Settings of(Environment environment, TwinInfo twin) {
      Route route = FEEDBACK.route(environment, twin, List.of());
      return new Settings(
          route,
          route instanceof Route.Local
              ? PreviousRoute.of("FEEDBACK", Layer.L2, Layer.L1, environment, twin)
              : List.of(),
          environment.optional("USER_FEEDBACK_LAMBDA_NAME"));
    }
  }

  /**
   * @param seen where it is noted which devices use this cloud; empty where its channel knows
   * @throws ConfigurationError if the way leads nowhere: no gateway is set, and this cloud has no
   *     device channel
   */
  public EventFeedback(
      Settings settings,
      TwinInfo twin,
      Optional<DeviceChannel> devices,
      Optional<SeenDevices> seen,
      RemoteSenders senders,
      FunctionInvoker invoker,
      FunctionRuntime runtime) {
    this.settings = settings;
    this.twin = twin;
    this.invoker = invoker;
    this.runtime = runtime;
    this.sending =
        switch (settings.route()) {
          case Route.Remote remote -> posting(senders.to(remote));
          case Route.Local ignored ->
              sending(
                  CommandWay.of(
                      devices.orElseThrow(
                          () ->
                              ConfigurationError.noStore(
                                  "event-feedback", "device channel (or REMOTE_FEEDBACK_URL)")),
                      seen,
                      settings.former(),
                      senders,
                      runtime));
        };
  }

  @Override
  public List<String> warnings() {
    return settings.route().warnings();
  }

  @Override
  public Done run(Envelope envelope, Invocation invocation) {
    Command given = Command.of(envelope.payload(), twin);
    Command command = settings.code().isPresent() ? byUserCode(given, envelope) : given;
    byte[] bytes = command.bytes();
    sending.send(command, envelope, invocation);
    if (envelope.payload().get(RULE) instanceof JsonNumber rule
        && rule.text().matches("\\d{1,9}")) {
      invocation.ruled(
          RuleKind.COMMAND,
          Integer.parseInt(rule.text()),
          command.device(),
          envelope,
          "Command to " + command.device() + ": " + bytes.length + " bytes.");
    }
    return Done.answering(JsonObject.builder().put("status", "Success").build());
  }

  /** The command with the payload that the user's code returns. */
  private Command byUserCode(Command asked, Envelope envelope) {
    JsonObject.Builder given = asked.toJson().toBuilder();
    given.put("event", envelope.payload().object("event").orElse(JsonObject.EMPTY));
    given.put("trace_id", envelope.traceId());
    try {
      JsonObject result = invoker.call(settings.code().orElseThrow(), given.build());
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

  private static Sending sending(CommandWay way) {
    return (command, envelope, invocation) ->
        way.send(command, envelope, idempotencyKey(command, envelope), invocation);
  }

  private Sending posting(RemoteSender sender) {
    return (command, envelope, invocation) ->
        CommandWay.post(sender, command, envelope, idempotencyKey(command, envelope), runtime);
  }

  /**
   * The same whenever this command is sent again, though its envelope has another time by then. One
   * measurement may cause several commands, and user code may make another one in the next try.
   */
  private static String idempotencyKey(Command command, Envelope envelope) {
    JsonObject.Builder identity = JsonObject.builder().put("payload", command.payload());
    envelope.eventId().ifPresent(id -> identity.put(Envelope.EVENT_ID, id));
    if (envelope.payload().get(RULE) instanceof JsonNumber rule) {
      identity.put(RULE, rule);
    }
    String digest = Sha256.hex(CanonicalJson.bytes(identity.build()));
    return envelope.traceId() + "-command-" + digest.substring(0, KEY_DIGITS);
  }
}
