package io.twinloom.functions.event;

import io.twinloom.functions.FunctionsError;
import io.twinloom.functions.error.Refused;
import io.twinloom.functions.outcome.Outcome.Done;
import io.twinloom.functions.pipeline.EventBody;
import io.twinloom.functions.pipeline.Invocation;
import io.twinloom.functions.port.DeviceChannel;
import io.twinloom.functions.port.InvocationException;
import io.twinloom.functions.port.InvocationException.Reason;
import io.twinloom.functions.settings.TwinInfo;
import io.twinloom.functions.telemetry.BodyLimits;
import io.twinloom.functions.telemetry.Envelope;
import io.twinloom.functions.telemetry.EnvelopeForm;
import io.twinloom.json.JsonObject;

/**
 * The endpoint through which layer 2 on another cloud reaches the devices: its token allows
 * commands to the twin's own devices, and nothing else.
 */
public final class FeedbackGateway implements EventBody {

  private final TwinInfo twin;
  private final DeviceChannel devices;

  public FeedbackGateway(TwinInfo twin, DeviceChannel devices) {
    this.twin = twin;
    this.devices = devices;
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
      command.sendOver(devices);
    } catch (InvocationException e) {
      // The channel is neither a store nor a queue of this cloud: to publish has failed.
      throw e.reason() == Reason.UNAVAILABLE
          ? InvocationException.failed(e.what(), e.where(), e.fix(), e)
          : e;
    }
    return Done.answering(JsonObject.builder().put("status", "Success").build());
  }
}
