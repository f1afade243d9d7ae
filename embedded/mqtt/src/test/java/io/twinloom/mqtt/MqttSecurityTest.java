package io.twinloom.mqtt;

import static io.twinloom.mqtt.ServerFixture.bytes;
import static io.twinloom.mqtt.ServerFixture.telemetry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3BlockingClient;
import com.hivemq.client.mqtt.mqtt3.Mqtt3Client;
import com.hivemq.client.mqtt.mqtt3.exceptions.Mqtt3ConnAckException;
import com.hivemq.client.mqtt.mqtt3.message.connect.connack.Mqtt3ConnAckReturnCode;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5ConnAckException;
import com.hivemq.client.mqtt.mqtt5.message.connect.connack.Mqtt5ConnAckReasonCode;
import io.twinloom.testkit.tls.SelfSigned;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may connect, and how nobody listens in. */
class MqttSecurityTest {

  @TempDir Path folder;
  private ServerFixture fixture;

  @BeforeEach
  void make() throws Exception {
    fixture = new ServerFixture();
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  private void startWithUsers() throws Exception {
    fixture.security = new MqttSecurity(Optional.empty(), Map.of("lamp", "s3cret-of-the-lamp"));
    fixture.start();
  }

  private Mqtt5Client five(String user, String password) {
    return Mqtt5Client.builder()
        .serverHost("127.0.0.1")
        .serverPort(fixture.port())
        .simpleAuth()
        .username(user)
        .password(bytes(password))
        .applySimpleAuth()
        .build();
  }

  @Test
  void theRightUserConnects() throws Exception {
    startWithUsers();
    Mqtt5BlockingClient device = five("lamp", "s3cret-of-the-lamp").toBlocking();
    device.connect();
    device.disconnect();
    Mqtt3BlockingClient old =
        Mqtt3Client.builder()
            .serverHost("127.0.0.1")
            .serverPort(fixture.port())
            .simpleAuth()
            .username("lamp")
            .password(bytes("s3cret-of-the-lamp"))
            .applySimpleAuth()
            .buildBlocking();
    old.connect();
    old.disconnect();
  }

  @Test
  void aWrongPasswordOrUserOrNoneIsRefused() throws Exception {
    startWithUsers();
    for (Mqtt5Client client :
        new Mqtt5Client[] {
          five("lamp", "wrong"),
          five("lamp", ""),
          five("nobody", ""),
          five("nobody", "s3cret-of-the-lamp"),
          fixture.client5("d1")
        }) {
      assertThatThrownBy(client.toBlocking()::connect)
          .isInstanceOfSatisfying(
              Mqtt5ConnAckException.class,
              e ->
                  assertThat(e.getMqttMessage().getReasonCode())
                      .isEqualTo(Mqtt5ConnAckReasonCode.BAD_USER_NAME_OR_PASSWORD));
    }
    assertThatThrownBy(fixture.client3("d1")::connect)
        .isInstanceOfSatisfying(
            Mqtt3ConnAckException.class,
            e ->
                assertThat(e.getMqttMessage().getReturnCode())
                    .isEqualTo(Mqtt3ConnAckReturnCode.BAD_USER_NAME_OR_PASSWORD));
    assertThat(fixture.notes).isNotEmpty().noneMatch(note -> note.contains("s3cret"));
    assertThat(fixture.security.toString()).doesNotContain("s3cret");
  }

  @Test
  void aDevicePublishesOverTls() throws Exception {
    SelfSigned own = SelfSigned.in(folder);
    fixture.security =
        new MqttSecurity(
            Optional.of(new MqttSecurity.Certificate(own.chain(), own.key())), Map.of());
    fixture.start();
    assertThat(fixture.server.uri().toString()).startsWith("ssl://127.0.0.1:");
    Mqtt5BlockingClient device =
        Mqtt5Client.builder()
            .serverHost("localhost")
            .serverPort(fixture.port())
            .sslConfig()
            .trustManagerFactory(trust(own.store()))
            .applySslConfig()
            .buildBlocking();
    device.connect();
    device
        .publishWith()
        .topic(telemetry("lamp"))
        .qos(MqttQos.AT_LEAST_ONCE)
        .payload(new byte[100_000])
        .send();
    assertThat(fixture.taken.get(0).payload()).hasSize(100_000);
    device.disconnect();
    try (RawClient plain = new RawClient(fixture.port())) {
      plain.send(RawClient.connect3("plain", true, 60));
      assertThat(plain.ended()).isTrue();
    }
  }

  private static TrustManagerFactory trust(KeyStore own) throws Exception {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    store.setCertificateEntry("test", own.getCertificate("test"));
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory;
  }

  @Test
  void aCertificateThatIsNoneIsAnErrorThatSaysSo() throws Exception {
    Path nonsense = Files.writeString(folder.resolve("nonsense.pem"), "nonsense");
    fixture.security =
        new MqttSecurity(Optional.of(new MqttSecurity.Certificate(nonsense, nonsense)), Map.of());
    assertThatThrownBy(fixture::start)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("nonsense.pem");
  }

  @Test
  void aPortThatIsTakenIsAnError() throws Exception {
    fixture.start();
    assertThatThrownBy(() -> MqttServer.start(fixture.options().port(fixture.port()).build()))
        .isInstanceOf(BindException.class);
  }

  @Test
  void anAuthenticatorOfTheOwnerDecides() throws Exception {
    MqttServerOptions options =
        fixture.options().authenticator((user, password) -> "guest".equals(user)).build();
    fixture.server = MqttServer.start(options);
    Mqtt5BlockingClient guest = five("guest", "any").toBlocking();
    guest.connect();
    guest.disconnect();
    assertThatThrownBy(five("lamp", "any").toBlocking()::connect)
        .isInstanceOf(Mqtt5ConnAckException.class);
  }
}
