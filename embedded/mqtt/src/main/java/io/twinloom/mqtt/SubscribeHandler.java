package io.twinloom.mqtt;

import io.netty.channel.EventLoop;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttReasonCodes.Disconnect;
import io.netty.handler.codec.mqtt.MqttReasonCodes.SubAck;
import io.netty.handler.codec.mqtt.MqttReasonCodes.UnsubAck;
import io.netty.handler.codec.mqtt.MqttSubscribeMessage;
import io.netty.handler.codec.mqtt.MqttTopicSubscription;
import io.netty.handler.codec.mqtt.MqttUnsubscribeMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The SUBSCRIBE and UNSUBSCRIBE packets of one connection: answered when they are safe. */
final class SubscribeHandler {

  /** What MQTT 3.1.1 answers to every subscription that is not made. */
  private static final int FAILURE = 0x80;

  private final ServerContext server;
  private final PacketWriter writer;
  private final Session session;
  private final @Nullable String user;
  private final EventLoop loop;
  private final PublishHandler.Ending ending;

  SubscribeHandler(
      ServerContext server,
      PacketWriter writer,
      Session session,
      @Nullable String user,
      EventLoop loop,
      PublishHandler.Ending ending) {
    this.server = server;
    this.writer = writer;
    this.session = session;
    this.user = user;
    this.loop = loop;
    this.ending = ending;
  }

  void subscribe(MqttSubscribeMessage packet) {
    MqttProperties properties = packet.idAndPropertiesVariableHeader().properties();
    if (properties.getProperty(MqttProperties.SUBSCRIPTION_IDENTIFIER) != null) {
      ending.end(
          Disconnect.SUBSCRIPTION_IDENTIFIERS_NOT_SUPPORTED, "No subscription identifiers here");
      return;
    }
    List<MqttTopicSubscription> wanted = packet.payload().topicSubscriptions();
    if (wanted.isEmpty()) {
      ending.end(Disconnect.PROTOCOL_ERROR, "A SUBSCRIBE names a topic filter");
      return;
    }
    String broken = FieldRules.ofSubscribe(wanted, writer.version5());
    if (broken != null) {
      ending.end(Disconnect.PROTOCOL_ERROR, broken);
      return;
    }
    int[] codes = new int[wanted.size()];
    List<CompletableFuture<?>> writes = new ArrayList<>();
    for (int i = 0; i < codes.length; i++) {
      codes[i] = subscribe(wanted.get(i), writes);
    }
    int packetId = packet.variableHeader().messageId();
    whenSafe(
        writes,
        failed -> {
          for (int i = 0; failed && i < codes.length; i++) {
            codes[i] = FAILURE;
          }
          writer.write(Packets.subAck(packetId, codes));
        });
  }

  private int subscribe(MqttTopicSubscription wanted, List<CompletableFuture<?>> writes) {
    String name = wanted.topicFilter();
    Optional<TopicFilter> filter = TopicFilter.parse(name);
    if (filter.isEmpty()) {
      return refused(name, SubAck.TOPIC_FILTER_INVALID);
    }
    if (TopicFilter.shared(name)) {
      return refused(name, SubAck.SHARED_SUBSCRIPTIONS_NOT_SUPPORTED);
    }
    if (!server.options().authorizer().maySubscribe(user, name)) {
      return refused(name, SubAck.NOT_AUTHORIZED);
    }
    Map<String, ?> existing = session.subscriptions();
    if (filter.get().levels().length > server.limits().sessions().filterLevels()
        || (existing.size() >= server.limits().sessions().subscriptions()
            && !existing.containsKey(name))) {
      return refused(name, SubAck.QUOTA_EXCEEDED);
    }
    int qos = Math.min(1, wanted.qualityOfService().value());
    boolean noLocal = writer.version5() && wanted.option().isNoLocal();
    CompletionStage<Void> written =
        server.sessions().subscribe(session, filter.get(), new Subscription(qos, noLocal));
    writes.add(written.toCompletableFuture());
    return qos;
  }

  private int refused(String filter, SubAck code) {
    server
        .events()
        .warn(
            EventLog.Kind.REFUSED,
            "A subscription is refused: " + code,
            Map.of("client", session.clientId(), "filter", filter));
    return writer.version5() ? Byte.toUnsignedInt(code.byteValue()) : FAILURE;
  }

  void unsubscribe(MqttUnsubscribeMessage packet) {
    List<String> filters = packet.payload().topics();
    if (filters.isEmpty()) {
      ending.end(Disconnect.PROTOCOL_ERROR, "An UNSUBSCRIBE names a topic filter");
      return;
    }
    short[] codes = new short[writer.version5() ? filters.size() : 0];
    List<CompletableFuture<?>> writes = new ArrayList<>();
    for (int i = 0; i < filters.size(); i++) {
      CompletionStage<Void> written = server.sessions().unsubscribe(session, filters.get(i));
      if (written != null) {
        writes.add(written.toCompletableFuture());
      } else if (writer.version5()) {
        codes[i] = UnsubAck.NO_SUBSCRIPTION_EXISTED.byteValue();
      }
    }
    int packetId = packet.variableHeader().messageId();
    whenSafe(
        writes,
        failed -> {
          if (failed) {
            ending.end(Disconnect.UNSPECIFIED_ERROR, "The subscription could not be removed");
          } else {
            writer.write(Packets.unsubAck(packetId, codes));
          }
        });
  }

  private interface Answer {
    void give(boolean failed);
  }

  private void whenSafe(List<CompletableFuture<?>> writes, Answer answer) {
    CompletableFuture<Void> all =
        CompletableFuture.allOf(writes.toArray(CompletableFuture<?>[]::new));
    if (all.isDone() && !all.isCompletedExceptionally()) {
      answer.give(false);
      writer.flush();
      return;
    }
    all.whenComplete(
        (done, error) ->
            loop.execute(
                () -> {
                  answer.give(error != null);
                  writer.flush();
                }));
  }
}
