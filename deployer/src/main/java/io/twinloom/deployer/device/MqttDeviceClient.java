package io.twinloom.deployer.device;

import io.netty.handler.codec.mqtt.MqttQoS;
import io.twinloom.deployer.error.DeployerError;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.error.NetworkFailure;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.mqtt.MqttClient;
import io.vertx.mqtt.MqttClientOptions;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The devices' side of a channel over MQTT, at QoS 1, in one connection. May be used by any thread.
 */
public final class MqttDeviceClient implements DeviceClient {

  /** Held here, since the logging of the platform forgets levels of loggers that nobody holds. */
  private static final Logger LIBRARY = Logger.getLogger("io.vertx.mqtt");

  static {
    // It logs every connection to standard error, and each failure twice.
    LIBRARY.setLevel(Level.OFF);
  }

  private static final String COMMANDS = "/commands";
  private static final String TELEMETRY = "/telemetry";
  private static final int CONNECT_SECONDS = 10;

  /** As many messages may wait for their acknowledgement; further publishing waits. */
  private static final int IN_FLIGHT = 256;

  private static final int PACKET_IDS = 65_535;

  private final Vertx vertx;
  private final MqttClient client;
  private final String twin;
  private final Map<Integer, CompletableFuture<Void>> waiting = new ConcurrentHashMap<>();
  private final Map<String, BiConsumer<String, byte[]>> receivers = new ConcurrentHashMap<>();
  private final Semaphore places = new Semaphore(IN_FLIGHT);
  private int lastId;

  private MqttDeviceClient(Vertx vertx, MqttClient client, String twin) {
    this.vertx = vertx;
    this.client = client;
    this.twin = twin;
  }

  /**
   * Connects.
   *
   * @param mqtt {@code tcp://} or {@code ssl://} and the address
   * @throws TwinloomException if there is no connection within ten seconds
   */
  public static MqttDeviceClient connect(
      URI mqtt, MqttAccess access, String twin, String clientId) {
    Vertx vertx =
        Vertx.vertx(
            new VertxOptions()
                .setEventLoopPoolSize(1)
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(1));
    MqttClient client = MqttClient.create(vertx, options(mqtt, access, clientId));
    MqttDeviceClient publisher = new MqttDeviceClient(vertx, client, twin);
    try {
      client.publishCompletionHandler(publisher::acknowledged);
      client.closeHandler(ignored -> publisher.lost());
      client
          .connect(mqtt.getPort(), mqtt.getHost())
          .toCompletionStage()
          .toCompletableFuture()
          .get(CONNECT_SECONDS, TimeUnit.SECONDS);
      return publisher;
    } catch (ExecutionException | TimeoutException e) {
      publisher.close();
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new TwinloomException(
          DeployerError.MQTT_CONNECT,
          "The device channel cannot be reached: " + reason(cause) + ".",
          mqtt.toString(),
          "See that the twin runs ('twinloom status'), and that user, password and certificate"
              + " are those it was started with.",
          e);
    } catch (InterruptedException e) {
      publisher.close();
      Thread.currentThread().interrupt();
      throw new TwinloomException(
          DeployerError.INTERRUPTED, "Connecting was interrupted.", mqtt.toString(), "Try again.");
    }
  }

  private static String reason(Throwable cause) {
    if (cause instanceof TimeoutException) {
      return "no answer within " + CONNECT_SECONDS + " s";
    }
    // What the broker itself refuses is no failure of the network: it says more.
    return cause instanceof IOException || cause.getMessage() == null
        ? NetworkFailure.reason(cause)
        : cause.getMessage();
  }

  @Override
  public CompletionStage<Void> publish(String device, byte[] payload) throws InterruptedException {
    places.acquire();
    CompletableFuture<Void> done = new CompletableFuture<>();
    int id = nextId(done);
    var unused = done.whenComplete((v, e) -> places.release());
    try {
      client
          .publish(
              id,
              "dt/" + twin + "/" + device + "/telemetry",
              Buffer.buffer(payload),
              MqttQoS.AT_LEAST_ONCE,
              false,
              false)
          .onFailure(e -> fail(id, done));
    } catch (RuntimeException e) {
      // The library throws whatever comes where the connection has just ended.
      fail(id, done);
    }
    return done;
  }

  private void fail(int id, CompletableFuture<Void> done) {
    waiting.remove(id);
    done.completeExceptionally(connectionLost());
  }

  private static TwinloomException connectionLost() {
    return new TwinloomException(
        DeployerError.MQTT_LOST,
        "The connection ended before the message was acknowledged.",
        "",
        "See whether the twin still runs ('twinloom status'), and send it again.");
  }

  @Override
  public void listen(BiConsumer<String, byte[]> received) throws InterruptedException {
    listen("+", received);
  }

  /**
   * Gets the commands of one device only, where its channel lets it listen to no other.
   *
   * @throws TwinloomException if the channel does not confirm it within ten seconds
   */
  public void listenTo(String device, BiConsumer<String, byte[]> received)
      throws InterruptedException {
    listen(device, received);
  }

  private void listen(String devices, BiConsumer<String, byte[]> received)
      throws InterruptedException {
    subscribe(devices, COMMANDS, received);
  }

  @Override
  public void observe(BiConsumer<String, byte[]> received) throws InterruptedException {
    subscribe("+", TELEMETRY, received);
  }

  private void subscribe(String devices, String kind, BiConsumer<String, byte[]> received)
      throws InterruptedException {
    String before = "dt/" + twin + "/";
    CompletableFuture<Void> confirmed = new CompletableFuture<>();
    receivers.put(kind, received);
    client.publishHandler(
        message -> {
          String topic = message.topicName();
          String ending = topic.substring(Math.max(0, topic.lastIndexOf('/')));
          BiConsumer<String, byte[]> receiver = receivers.get(ending);
          if (receiver != null && topic.startsWith(before)) {
            String device = topic.substring(before.length(), topic.length() - ending.length());
            receiver.accept(device, message.payload().getBytes());
          }
        });
    client.subscribeCompletionHandler(ignored -> confirmed.complete(null));
    client
        .subscribe(before + devices + kind, MqttQoS.AT_LEAST_ONCE.value())
        .onFailure(confirmed::completeExceptionally);
    try {
      confirmed.get(CONNECT_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new TwinloomException(
          DeployerError.MQTT_LISTEN_COMMANDS,
          "The device channel does not confirm the subscription.",
          before + devices + kind,
          "See the log ('twinloom logs').",
          e);
    }
  }

  private synchronized int nextId(CompletableFuture<Void> done) {
    do {
      lastId = lastId % PACKET_IDS + 1;
    } while (waiting.putIfAbsent(lastId, done) != null);
    return lastId;
  }

  private void acknowledged(int id) {
    CompletableFuture<Void> done = waiting.remove(id);
    if (done != null) {
      done.complete(null);
    }
  }

  private void lost() {
    waiting
        .keySet()
        .forEach(
            id -> {
              CompletableFuture<Void> done = waiting.remove(id);
              if (done != null) {
                done.completeExceptionally(connectionLost());
              }
            });
  }

  @Override
  public boolean isConnected() {
    return client.isConnected();
  }

  private static MqttClientOptions options(URI mqtt, MqttAccess access, String clientId) {
    MqttClientOptions options =
        new MqttClientOptions()
            .setClientId(clientId)
            .setCleanSession(true)
            .setAckTimeout(-1)
            .setMaxInflightQueue(IN_FLIGHT + 1);
    access.user().ifPresent(options::setUsername);
    access.password().ifPresent(options::setPassword);
    if ("ssl".equals(mqtt.getScheme())) {
      options.setSsl(true);
      // A certificate that is named is what is trusted, whatever names it has; else the authorities
      // that Java knows are, for the names that they vouch for.
      options.setHostnameVerificationAlgorithm(access.certificate().isPresent() ? "" : "HTTPS");
      access
          .certificate()
          .ifPresent(c -> options.setTrustOptions(new PemTrustOptions().addCertPath(c.toString())));
      access
          .identity()
          .ifPresent(
              i ->
                  options.setKeyCertOptions(
                      new PemKeyCertOptions()
                          .addCertPath(i.certificate().toString())
                          .addKeyPath(i.key().toString())));
    }
    return options;
  }

  @Override
  public void close() {
    try {
      if (client.isConnected()) {
        client.disconnect().toCompletionStage().toCompletableFuture().get(2, TimeUnit.SECONDS);
      }
      vertx.close().toCompletionStage().toCompletableFuture().get(5, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      // It is closed as far as it can be; what was not acknowledged has been reported.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    lost();
  }
}
