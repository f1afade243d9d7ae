package io.twinloom.mqtt;

import static io.twinloom.mqtt.ServerFixture.bytes;
import static io.twinloom.mqtt.ServerFixture.commands;
import static io.twinloom.mqtt.ServerFixture.telemetry;
import static io.twinloom.mqtt.Subscribers.next;
import static io.twinloom.mqtt.Subscribers.subscribe;
import static io.twinloom.mqtt.Subscribers.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import com.hivemq.client.mqtt.mqtt5.message.subscribe.suback.Mqtt5SubAckReasonCode;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What comes to clients that listen, and what is refused. */
class MqttDeliveryTest extends StartedServer {
  @Test
  void aConnectedDeviceGetsACommand() throws Exception {
    BlockingQueue<Mqtt5Publish> got = new LinkedBlockingQueue<>();
    Mqtt5AsyncClient device = fixture.client5("d1").toAsync();
    device.connect().join();
    device
        .subscribeWith()
        .topicFilter(commands("lamp"))
        .qos(MqttQos.AT_LEAST_ONCE)
        .callback(got::add)
        .send()
        .join();
    fixture.send("lamp", bytes("{\"on\":true}"));
    Mqtt5Publish command = next(got);
    assertThat(command.getTopic()).hasToString(commands("lamp"));
    assertThat(command.getQos()).isEqualTo(MqttQos.AT_LEAST_ONCE);
    assertThat(text(command)).isEqualTo("{\"on\":true}");
    device.disconnect().join();
  }

  @Test
  void noMoreMessagesAreUnderWayThanTheClientWants() throws Exception {
    try (RawClient device = new RawClient(fixture.port())) {
      device.connect5("d1", true, 3_600, 3);
      device.subscribe(commands("lamp"), 1);
      for (int i = 0; i < 200; i++) {
        fixture.send("lamp", bytes("c" + i));
      }
      List<RawClient.Packet> first = List.of(device.expect(3), device.expect(3), device.expect(3));
      device.ping();
      device.expect(13);
      for (RawClient.Packet packet : first) {
        device.pubAck(packet.packetIdOfPublish());
      }
      for (int i = 3; i < 200; i++) {
        RawClient.Packet packet = device.expect(3);
        assertThat(packet.publishText()).isEqualTo("c" + i);
        device.pubAck(packet.packetIdOfPublish());
      }
    }
  }

  @Test
  void overlappingSubscriptionsDeliverOnceWithTheirBestQos() throws Exception {
    BlockingQueue<Mqtt5Publish> got = new LinkedBlockingQueue<>();
    Mqtt5AsyncClient device = fixture.clients.connect5("d1", true, got);
    device.subscribeWith().topicFilter("dt/#").qos(MqttQos.AT_MOST_ONCE).send().join();
    subscribe(device, "dt/house/+/commands");
    subscribe(device, commands("lamp"));
    fixture.send("lamp", bytes("once"));
    fixture.send("lamp", bytes("next"));
    Mqtt5Publish once = next(got);
    assertThat(text(once)).isEqualTo("once");
    assertThat(once.getQos()).isEqualTo(MqttQos.AT_LEAST_ONCE);
    assertThat(text(next(got))).isEqualTo("next");
    device.disconnect().join();
  }

  @Test
  void aSubscriberSeesTelemetryWithWhatItsPublisherSaysOfIt() throws Exception {
    BlockingQueue<Mqtt5Publish> got = new LinkedBlockingQueue<>();
    Mqtt5AsyncClient viewer = fixture.clients.connect5("viewer", true, got);
    subscribe(viewer, "dt/house/+/telemetry");
    Mqtt5BlockingClient device = fixture.client5("d1");
    device.connect();
    device
        .publishWith()
        .topic(telemetry("lamp"))
        .qos(MqttQos.AT_LEAST_ONCE)
        .payload(bytes("{}"))
        .contentType("application/json")
        .correlationData(bytes("42"))
        .responseTopic("answers")
        .messageExpiryInterval(60)
        .userProperties()
        .add("unit", "°C")
        .add("unit", "K")
        .applyUserProperties()
        .send();
    Mqtt5Publish seen = next(got);
    assertThat(seen.getContentType())
        .hasValueSatisfying(t -> assertThat(t).hasToString("application/json"));
    assertThat(seen.getResponseTopic())
        .hasValueSatisfying(t -> assertThat(t).hasToString("answers"));
    assertThat(seen.getCorrelationData()).isPresent();
    assertThat(seen.getMessageExpiryInterval()).hasValue(60);
    assertThat(seen.getUserProperties().asList())
        .extracting(p -> p.getName() + "=" + p.getValue())
        .containsExactly("unit=°C", "unit=K");
    assertThat(fixture.taken).hasSize(1);
    device.disconnect();
    viewer.disconnect().join();
  }

  @Test
  void aSessionThatIsFullRefusesACommandAndSaysSo() throws Exception {
    fixture.stop();
    fixture.limits = TestLimits.kept(3);
    fixture.start();
    Mqtt5AsyncClient device = fixture.clients.connect5("d1", false, new LinkedBlockingQueue<>());
    subscribe(device, commands("lamp"));
    device.disconnect().join();
    for (int i = 0; i < 3; i++) {
      fixture.send("lamp", bytes("c" + i));
    }
    assertThat(fixture.send("lamp", bytes("too many"))).isEqualTo(PublishOutcome.SESSION_FULL);
    assertThat(fixture.server.counts().dropped()).isEqualTo(1);
  }

  @Test
  void aCommandThatNobodyListensToIsNoted() throws Exception {
    assertThat(fixture.send("nobody", bytes("hello"))).isEqualTo(PublishOutcome.NO_SUBSCRIBERS);
    await()
        .untilAsserted(
            () ->
                assertThat(fixture.notes)
                    .anyMatch(note -> note.contains("topic=" + commands("nobody"))));
  }

  @Test
  void aCommandThatIsTooLargeIsRefused() throws Exception {
    assertThat(fixture.send("lamp", new byte[ServerFixture.MAX_COMMAND_BYTES + 1]))
        .isEqualTo(PublishOutcome.NOT_AUTHORIZED);
  }

  @Test
  void aTopicWithoutARouteIsAnErrorOfTheOwner() throws Exception {
    assertThatThrownBy(() -> fixture.server.publish("elsewhere", bytes("x")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("elsewhere");
  }

  @Test
  void subscriptionsAreGrantedOrRefusedOneByOne() throws Exception {
    Mqtt5AsyncClient device = fixture.clients.connect5("d1", true, new LinkedBlockingQueue<>());
    assertThatThrownBy(
            () ->
                device
                    .subscribeWith()
                    .addSubscription()
                    .topicFilter("dt/house/+/commands")
                    .qos(MqttQos.EXACTLY_ONCE)
                    .applySubscription()
                    .addSubscription()
                    .topicFilter(
                        String.join("/", IntStream.range(0, 40).mapToObj(i -> "x").toList()))
                    .applySubscription()
                    .send()
                    .join())
        .rootCause()
        .isInstanceOfSatisfying(
            com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5SubAckException.class,
            e ->
                assertThat(e.getMqttMessage().getReasonCodes())
                    .containsExactly(
                        Mqtt5SubAckReasonCode.GRANTED_QOS_1, Mqtt5SubAckReasonCode.QUOTA_EXCEEDED));
    device.disconnect().join();
  }

  @Test
  void aServerThatIsClosedTakesNoMessage() throws Exception {
    fixture.server.close();
    assertThatThrownBy(() -> fixture.send("lamp", bytes("late")))
        .hasRootCauseInstanceOf(IOException.class);
  }
}
