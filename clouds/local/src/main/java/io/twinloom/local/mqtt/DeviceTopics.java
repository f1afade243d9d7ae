package io.twinloom.local.mqtt;

import io.twinloom.functions.port.DeviceChannel;
import io.twinloom.mqtt.TopicRoute;
import io.twinloom.mqtt.TopicRouter;
import java.util.Optional;

/** A twin's topics: telemetry goes to the cloud's intake, commands to the devices that listen. */
final class DeviceTopics implements TopicRouter {
  private static final TopicRoute COMMANDS =
      new TopicRoute.ToSubscribers(DeviceChannel.MAX_COMMAND_BYTES);

  private final String twin;
  private final Intake intake;
  private final TopicRoute.Consumer consumer;

  DeviceTopics(String twin, Intake intake, Contacts contacts) {
    this.twin = twin;
    this.intake = intake;
    this.consumer =
        messages -> {
          messages.forEach(message -> contacts.note(message.address()));
          return intake.acceptAll(
              messages.stream()
                  .map(message -> new Intake.Message(message.address(), message.payload()))
                  .toList());
        };
  }

  @Override
  public Optional<TopicRoute> route(String topic) {
    DeviceTopic parsed = DeviceTopic.parse(twin, topic);
    if (parsed == null || intake.elsewhere().isPresent()) {
      return Optional.empty();
    }
    return Optional.of(
        switch (parsed.kind()) {
          case TELEMETRY -> new TopicRoute.ToConsumer(consumer, parsed.device());
          case COMMANDS -> COMMANDS;
        });
  }

  @Override
  public String allowed() {
    return intake.elsewhere().orElseGet(this::topics);
  }

  private String topics() {
    return "A topic is dt/"
        + twin
        + "/{device}/telemetry or …/commands, a command has at most "
        + DeviceChannel.MAX_COMMAND_BYTES
        + " bytes";
  }
}
