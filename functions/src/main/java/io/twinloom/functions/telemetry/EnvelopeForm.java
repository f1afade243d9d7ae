package io.twinloom.functions.telemetry;

/**
 * How a function reads envelopes: what is assumed where a sender has left something out.
 *
 * @param targetLayer the layer of the function, such as {@code L2}
 * @param messageType {@link Envelope#TELEMETRY}, {@link Envelope#COMMAND} or {@link
 *     Envelope#TWIN_UPDATE}
 * @param bareItems whether an object without an object {@code payload} is the payload itself
 * @param items whether the payload is a stored item, whose {@code event_id} is the product's; that
 *     of a device's message is the device's own
 */
public record EnvelopeForm(
    String targetLayer, String messageType, boolean bareItems, boolean items) {

  /** Measurements on their way through layer 2. */
  public static final EnvelopeForm OF_MEASUREMENTS =
      new EnvelopeForm("L2", Envelope.TELEMETRY, false, false);
}
