package io.twinloom.local.mqtt;

import io.twinloom.functions.port.DeviceChannel;
import io.twinloom.local.mqtt.Handover.Outcome;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Brings a published message where it goes to: telemetry to the cloud's intake, and both kinds to
 * the sessions that subscribed. Confined to the event loop.
 */
final class Router {
  private final Intake intake;
  private final Sessions sessions;
  private final ChannelLog log;

  Router(Intake intake, Sessions sessions, ChannelLog log) {
    this.intake = intake;
    this.sessions = sessions;
    this.log = log;
  }

  /**
   * Publishes a message.
   *
   * @param publisher the session it came from; null where it came from none
   * @param handover finishes when the message is safe everywhere
   */
  void publish(DeviceTopic topic, Message message, @Nullable Session publisher, Handover handover) {
    switch (topic.kind()) {
      case TELEMETRY -> {
        takeIn(topic.device(), message.payload(), handover);
        give(topic, message, publisher, handover);
        handover.handedOver(Outcome.TAKEN);
      }
      case COMMANDS -> handover.handedOver(command(topic, message, publisher, handover));
    }
  }

  private void takeIn(String device, byte[] payload, Handover handover) {
    CompletionStage<Void> taken;
    try {
      taken = intake.accept(device, payload);
    } catch (RuntimeException e) {
      taken = java.util.concurrent.CompletableFuture.failedFuture(e);
    }
    log.add(ChannelLog.Kind.TELEMETRY);
    handover.await(taken);
  }

  private Outcome command(
      DeviceTopic topic, Message message, @Nullable Session publisher, Handover handover) {
    if (message.payload().length > DeviceChannel.MAX_COMMAND_BYTES) {
      return Outcome.NOT_ALLOWED;
    }
    Given given = give(topic, message, publisher, handover);
    if (given.taken > 0) {
      log.add(ChannelLog.Kind.COMMAND);
      return Outcome.TAKEN;
    }
    return given.full > 0 ? Outcome.FULL : Outcome.NOBODY_LISTENS;
  }

  private static final class Given {
    private static final Given NOBODY = new Given();
    private int taken;
    private int full;
  }

  private Given give(
      DeviceTopic topic, Message message, @Nullable Session publisher, Handover handover) {
    Map<Session, Subscription> to = sessions.subscribers(topic.levels(), publisher);
    if (to.isEmpty()) {
      return Given.NOBODY;
    }
    Given given = new Given();
    to.forEach(
        (session, subscription) -> {
          int qos = Math.min(message.qos(), subscription.qos());
          switch (session.outbox().offer(message, qos)) {
            case Outbox.Offer.Taken taken -> given.taken++;
            case Outbox.Offer.Away away -> {}
            case Outbox.Offer.Kept kept -> {
              given.taken++;
              handover.await(kept.written());
            }
            case Outbox.Offer.Full full -> {
              given.full++;
              log.warn(
                  ChannelLog.Kind.DROPPED,
                  "A subscriber is too slow or was away too long: it does not get this message",
                  Map.of("client", session.clientId(), "topic", topic.name()));
            }
          }
        });
    return given;
  }
}
