package io.twinloom.mqtt;

import static io.twinloom.mqtt.ServerFixture.telemetry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.twinloom.mqtt.TopicRoute.Received;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Messages that come together are handed over together. */
class MqttBurstTest {
  private static final int PUBACK = 4;

  private final List<List<Received>> handed = new CopyOnWriteArrayList<>();
  private final List<CompletableFuture<Void>> stages = new CopyOnWriteArrayList<>();
  private ServerFixture fixture;

  @BeforeEach
  void start() throws Exception {
    fixture = new ServerFixture();
    fixture.consumer =
        messages -> {
          handed.add(messages);
          List<CompletableFuture<Void>> waiting =
              messages.stream().map(one -> new CompletableFuture<Void>()).toList();
          stages.addAll(waiting);
          return waiting;
        };
    fixture.start();
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  @Test
  void messagesOfOneReadAreHandedOverTogetherInTheirOrderWhateverTheirDevices() throws Exception {
    try (RawClient client = fixture.raw()) {
      client.connect3("gateway", true);
      client.send(publishes(1, 60));
      await().until(() -> stages.size() == 60);
      assertThat(handed).hasSizeLessThanOrEqualTo(2);
      List<Received> all = handed.stream().flatMap(List::stream).toList();
      assertThat(all).extracting(MqttBurstTest::text).containsExactlyElementsOf(texts(60));
      assertThat(all.get(4).address()).isEqualTo("lamp-2");
    }
  }

  @Test
  void acknowledgementsComeAfterTheirCommitAndInOrder() throws Exception {
    try (RawClient client = fixture.raw()) {
      client.connect3("gateway", true);
      client.send(publishes(1, 20));
      await().until(() -> stages.size() == 20);
      for (int i = 19; i > 0; i--) {
        stages.get(i).complete(null);
      }
      assertThat(client.readable()).isFalse();
      stages.getFirst().complete(null);
      for (int i = 1; i <= 20; i++) {
        assertThat(client.expect(PUBACK).packetIdOfPubAck()).isEqualTo(i);
      }
    }
  }

  @Test
  void whatCouldNotBeStoredIsNotAcknowledgedNorWhatCameBehindIt() throws Exception {
    try (RawClient client = fixture.raw()) {
      client.connect3("gateway", true);
      client.send(publishes(1, 3));
      await().until(() -> stages.size() == 3);
      stages.get(2).complete(null);
      stages.get(1).completeExceptionally(new IOException("full"));
      stages.get(0).complete(null);
      assertThat(client.expect(PUBACK).packetIdOfPubAck()).isEqualTo(1);
      assertThat(client.ended()).isTrue();
    }
  }

  @Test
  void whatWasReadBeforeTheClientLeftIsHandedOver() throws Exception {
    try (RawClient client = fixture.raw()) {
      client.connect3("gateway", true);
      byte[] disconnect = RawClient.packet(0xE0, new byte[0]);
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      all.writeBytes(publishes(1, 5));
      all.writeBytes(disconnect);
      client.send(all.toByteArray());
      assertThat(client.ended()).isTrue();
      await().until(() -> stages.size() == 5);
    }
  }

  @Test
  void aConsumerThatFailsAcknowledgesNothing() throws Exception {
    fixture.consumer =
        messages -> {
          throw new IllegalStateException("broken");
        };
    fixture.stop();
    fixture.start();
    try (RawClient client = fixture.raw()) {
      client.connect3("gateway", true);
      client.send(publishes(1, 2));
      assertThat(client.ended()).isTrue();
    }
  }

  private static byte[] publishes(int from, int to) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int i = from; i <= to; i++) {
      int number = i;
      all.writeBytes(
          RawClient.packet(
              0x32,
              RawClient.body(
                  out -> {
                    out.writeUTF(telemetry("lamp-" + number % 3));
                    out.writeShort(number);
                    out.writeBytes("{\"n\":" + number + "}");
                  })));
    }
    return all.toByteArray();
  }

  private static String text(Received message) {
    return new String(message.payload(), StandardCharsets.UTF_8);
  }

  private static List<String> texts(int count) {
    List<String> texts = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      texts.add("{\"n\":" + i + "}");
    }
    return texts;
  }
}
