package io.twinloom.aws.standin;

import com.hivemq.client.mqtt.MqttClientSslConfig;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3AsyncClient;
import com.hivemq.client.mqtt.mqtt3.Mqtt3Client;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.twinloom.testkit.aws.StandIn;
import io.twinloom.testkit.tls.SelfSigned;
import io.twinloom.testkit.tool.Tool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;

/** Mosquitto with mutual TLS, and before it a front that takes what IoT Core's Publish takes. */
public final class Broker implements AutoCloseable {
  private static final String FRONT = "front";

  private final StandIn mosquitto;
  private final SelfSigned server;
  private final SelfSigned clients;
  private final List<String> devices;
  private final Map<String, Mqtt3AsyncClient> connected = new HashMap<>();
  private final Mqtt3AsyncClient publisher;
  private final HttpServer front;

  private Broker(
      StandIn mosquitto,
      SelfSigned server,
      SelfSigned clients,
      List<String> devices,
      HttpServer front) {
    this.mosquitto = mosquitto;
    this.server = server;
    this.clients = clients;
    this.devices = devices;
    this.front = front;
    this.publisher = client(FRONT, true);
    this.publisher.connect().join();
    front.createContext("/topics/", this::publish);
    front.start();
  }

  /** Starts it for these devices. */
  public static Broker start(Path folder, String... devices) {
    Path program = Tool.command("mosquitto");
    try {
      SelfSigned server = certificate(folder, "server");
      // One for all clients: they are of one name, of which OpenSSL looks up but the first.
      SelfSigned clients = certificate(folder, "clients");
      int port = StandIn.freePort();
      Path config =
          Files.writeString(
              folder.resolve("mosquitto.conf"),
              String.join(
                  "\n",
                  "listener " + port + " 127.0.0.1",
                  "cafile " + clients.chain(),
                  "certfile " + server.chain(),
                  "keyfile " + server.key(),
                  "require_certificate true",
                  "use_identity_as_username true",
                  "allow_anonymous false",
                  "user " + System.getProperty("user.name"),
                  ""));
      StandIn mosquitto =
          StandIn.start(
              port,
              folder.resolve("mosquitto.log"),
              Map.of(),
              List.of(program.toString(), "-c", config.toString()));
      HttpServer front =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      front.setExecutor(Executors.newCachedThreadPool());
      return new Broker(mosquitto, server, clients, List.of(devices), front);
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static SelfSigned certificate(Path folder, String name)
      throws IOException, GeneralSecurityException, InterruptedException {
    return SelfSigned.in(Files.createDirectories(folder.resolve(name)));
  }

  /** Where commands are published to. */
  public URI publishing() {
    return URI.create("http://127.0.0.1:" + front.getAddress().getPort());
  }

  private void publish(HttpExchange exchange) throws IOException {
    try (exchange) {
      String raw = exchange.getRequestURI().getRawPath().substring("/topics/".length());
      boolean once = "qos=1".equals(exchange.getRequestURI().getRawQuery());
      publisher
          .publishWith()
          .topic(URLDecoder.decode(raw, StandardCharsets.UTF_8))
          .qos(once ? MqttQos.AT_LEAST_ONCE : MqttQos.AT_MOST_ONCE)
          .payload(exchange.getRequestBody().readAllBytes())
          .send()
          .join();
      exchange.sendResponseHeaders(200, -1);
    }
  }

  /** Connects a device with a persistent session; returns what it receives. */
  public BlockingQueue<byte[]> connect(String device, String topic) {
    BlockingQueue<byte[]> received = new LinkedBlockingQueue<>();
    Mqtt3AsyncClient client = client(device, true);
    client.publishes(
        MqttGlobalPublishFilter.ALL, message -> received.add(message.getPayloadAsBytes()));
    client.connectWith().cleanSession(false).send().join();
    client.subscribeWith().topicFilter(topic).qos(MqttQos.AT_LEAST_ONCE).send().join();
    connected.put(device, client);
    return received;
  }

  public void disconnect(String device) {
    Mqtt3AsyncClient client = connected.remove(device);
    if (client != null) {
      client.disconnect().join();
    }
  }

  /** Disconnects all devices, and forgets what waits for them. */
  public void forgetSessions() {
    List.copyOf(connected.keySet()).forEach(this::disconnect);
    for (String device : devices) {
      Mqtt3AsyncClient client = client(device, true);
      client.connectWith().cleanSession(true).send().join();
      client.disconnect().join();
    }
  }

  public boolean letsInWithoutCertificate() {
    Mqtt3AsyncClient client = client("press-1", false);
    try {
      client.connect().join();
      client.disconnect().join();
      return true;
    } catch (CompletionException e) {
      return false;
    }
  }

  private Mqtt3AsyncClient client(String name, boolean withCertificate) {
    try {
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(trusted());
      var ssl = MqttClientSslConfig.builder().trustManagerFactory(trust);
      if (withCertificate) {
        KeyManagerFactory keys =
            KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(clients.store(), clients.password().toCharArray());
        ssl = ssl.keyManagerFactory(keys);
      }
      return Mqtt3Client.builder()
          .identifier(name)
          .serverHost("127.0.0.1")
          .serverPort(mosquitto.port())
          .sslConfig(ssl.build())
          .buildAsync();
    } catch (GeneralSecurityException | IOException e) {
      throw new UncheckedIOException(new IOException(e));
    }
  }

  private KeyStore trusted() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setCertificateEntry("server", server.store().getCertificate("test"));
    return store;
  }

  @Override
  public void close() {
    front.stop(0);
    List.copyOf(connected.keySet()).forEach(this::disconnect);
    publisher.disconnect().join();
    mosquitto.close();
  }
}
