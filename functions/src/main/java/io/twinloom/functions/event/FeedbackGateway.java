package io.twinloom.functions.event;

import io.twinloom.functions.FunctionsError;
import io.twinloom.functions.error.Refused;
import io.twinloom.functions.intercloud.RemoteSenders;
import io.twinloom.functions.outcome.Outcome.Done;
import io.twinloom.functions.pipeline.EventBody;
import io.twinloom.functions.pipeline.Invocation;
import io.twinloom.functions.port.DeviceChannel;
import io.twinloom.functions.port.FunctionRuntime;
import io.twinloom.functions.port.InvocationException;
import io.twinloom.functions.port.InvocationException.Reason;
import io.twinloom.functions.port.SeenDevices;
import io.twinloom.functions.settings.Environment;
import io.twinloom.functions.settings.PreviousRoute;
import io.twinloom.functions.settings.TwinInfo;
import io.twinloom.functions.telemetry.BodyLimits;
import io.twinloom.functions.telemetry.Envelope;
import io.twinloom.functions.telemetry.EnvelopeForm;
import io.twinloom.json.JsonObject;
import io.twinloom.model.Layer;
import java.util.List;
import java.util.Optional;

/**
 * The endpoint through which layer 2 on another cloud reaches the devices: its token allows
 * commands to the twin's own devices, and nothing else. While devices are still let in on a former
 * cloud of layer 1, it passes on to that cloud's gateway what is for them.
 */
public final class FeedbackGateway implements EventBody {

  private final TwinInfo twin;
  private final CommandWay way;
  private final FunctionRuntime runtime;

  /**
   * @param seen where it is noted which devices use this cloud; empty where its channel knows
   * @param former the ways to clouds whose devices are still let in
   */
  public FeedbackGateway(
      TwinInfo twin,
      DeviceChannel devices,
      Optional<SeenDevices> seen,
      List<PreviousRoute> former,
      RemoteSenders senders,
      FunctionRuntime runtime) {
    this.twin = twin;
    this.way = CommandWay.of(devices, seen, former, senders, runtime);
    this.runtime = runtime;
  }

  /** Reads {@code REMOTE_PREVIOUS_1_FEEDBACK_URL}, its token and so on. */
  public static List<PreviousRoute> former(Environment environment, TwinInfo twin) {
    return PreviousRoute.of("FEEDBACK", Layer.L1, Layer.L1, environment, twin);
  }

  @Override
  public EnvelopeForm form() {
    return new EnvelopeForm("L1", Envelope.COMMAND, false, false);
  }

  @Override
  public Done run(Envelope envelope, Invocation invocation) {
    if (!envelope.messageType().equals(Envelope.COMMAND)) {
      throw Refused.of(
          FunctionsError.ENVELOPE,
          "The envelope's message_type is not " + Envelope.COMMAND + ".",
          "Send commands here, and measurements to the ingestion.");
    }
    BodyLimits.checkEvent(envelope.payload());
    Command command = Command.of(envelope.payload(), twin);
    try {
      // Two rules may send the same to one device: each is a command of its own.
      way.send(command, envelope, runtime.traceIds().get(), invocation);
    } catch (InvocationException e) {
      // The channel is neither a store nor a queue of this cloud: to publish has failed.
      throw e.reason() == Reason.UNAVAILABLE
          ? InvocationException.failed(e.what(), e.where(), e.fix(), e)
          : e;
    }
    return Done.answering(JsonObject.builder().put("status", "Success").build());
  }
}
