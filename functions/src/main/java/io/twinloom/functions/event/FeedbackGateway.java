package io.twinloom.functions.event;

import io.twinloom.functions.FunctionsError;
import io.twinloom.functions.error.Refused;
import io.twinloom.functions.pipeline.FunctionBody;
import io.twinloom.functions.pipeline.Invocation;
import io.twinloom.functions.port.InvocationException;
import io.twinloom.functions.port.InvocationException.Reason;
import io.twinloom.functions.port.Ports;
import io.twinloom.functions.settings.TwinInfo;
import io.twinloom.functions.telemetry.BodyLimits;
import io.twinloom.functions.telemetry.Envelope;
import io.twinloom.json.JsonObject;

/**
 * The door through which layer 2 on another cloud reaches the devices: who has its token can send
 * commands to the twin's own devices, and nothing else.
 */
public final class FeedbackGateway implements FunctionBody {

  private final TwinInfo twin;
  private final Ports ports;

  public FeedbackGateway(TwinInfo twin, Ports ports) {
    this.twin = twin;
    this.ports = ports;
  }

  @Override
  public JsonObject run(JsonObject event, Invocation invocation) {
    Envelope envelope = Envelope.of(event, "L1", ports.clock(), ports.traceIds());
    invocation.cameFrom(envelope.sourceCloud(), envelope.traceId());
    if (event.has("message_type") && !envelope.messageType().equals(Envelope.COMMAND)) {
      throw Refused.of(
          FunctionsError.ENVELOPE,
          "The envelope's message_type is not " + Envelope.COMMAND + ".",
          "Send commands here, and measurements to the ingestion.");
    }
    BodyLimits.checkEvent(envelope.payload());
    Command command = Command.of(envelope.payload(), twin);
    invocation.device(command.device());
    try {
      ports.devices().send(command.device(), command.bytes());
    } catch (InvocationException e) {
      if (e.reason() != Reason.LIMIT_EXCEEDED) {
        throw e;
      }
      // The gateway is well: said otherwise, this one device would hold up all the others.
      throw Refused.of(FunctionsError.COMMAND_NOT_TAKEN, e.what(), e.fix());
    }
    return JsonObject.builder().put("status", "Success").build();
  }
}
