package io.twinloom.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3AsyncClient;
import com.hivemq.client.mqtt.mqtt3.message.publish.Mqtt3Publish;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/** Clients that devices and their watchers may be. */
final class Subscribers {

  private final ServerFixture fixture;

  Subscribers(ServerFixture fixture) {
    this.fixture = fixture;
  }

  static String text(Mqtt5Publish publish) {
    return new String(publish.getPayloadAsBytes(), StandardCharsets.UTF_8);
  }

  static String text(Mqtt3Publish publish) {
    return new String(publish.getPayloadAsBytes(), StandardCharsets.UTF_8);
  }

  static <T> T next(BlockingQueue<T> messages) throws InterruptedException {
    T message = messages.poll(60, TimeUnit.SECONDS);
    assertThat(message).isNotNull();
    return message;
  }

  /** A client of MQTT 5 with a session of an hour; its messages go to the queue from the start. */
  Mqtt5AsyncClient connect5(String id, boolean clean, BlockingQueue<Mqtt5Publish> to) {
    Mqtt5AsyncClient client = fixture.client5(id).toAsync();
    client.publishes(com.hivemq.client.mqtt.MqttGlobalPublishFilter.ALL, to::add);
    client.connectWith().cleanStart(clean).sessionExpiryInterval(3_600).send().join();
    return client;
  }

  Mqtt3AsyncClient connect3(String id, boolean clean, BlockingQueue<Mqtt3Publish> to) {
    Mqtt3AsyncClient client = fixture.client3(id).toAsync();
    client.publishes(com.hivemq.client.mqtt.MqttGlobalPublishFilter.ALL, to::add);
    client.connectWith().cleanSession(clean).send().join();
    return client;
  }

  static void subscribe(Mqtt5AsyncClient client, String filter) {
    client.subscribeWith().topicFilter(filter).qos(MqttQos.AT_LEAST_ONCE).send().join();
  }

  static void subscribe(Mqtt3AsyncClient client, String filter) {
    client.subscribeWith().topicFilter(filter).qos(MqttQos.AT_LEAST_ONCE).send().join();
  }
}
