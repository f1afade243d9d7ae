package io.twinloom.local.mqtt;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.mqtt.MqttDecoder;
import io.netty.handler.codec.mqtt.MqttEncoder;
import io.netty.util.concurrent.ScheduledFuture;
import io.twinloom.functions.port.DeviceChannel;
import io.twinloom.functions.port.InvocationException;
import io.twinloom.functions.port.InvocationLog;
import io.twinloom.local.LocalOptions.MqttSecurity;
import io.twinloom.local.error.LocalError;
import io.twinloom.local.mqtt.DeviceTopic.Kind;
import io.twinloom.local.store.CloudDatabase;
import io.twinloom.model.TwinloomException;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A local cloud's device channel: MQTT 3.1.1 and 5 over TCP or TLS. Devices publish to {@code
 * dt/{twin}/{device}/telemetry}, are told that a QoS 1 message arrived when the intake has it, and
 * listen on {@code dt/{twin}/{device}/commands}.
 *
 * <p>Everything of a channel happens on one event loop, which is never blocked; its state needs no
 * locks. Its methods may be called on any other thread.
 *
 * @see <a href="https://docs.oasis-open.org/mqtt/mqtt/v5.0/os/mqtt-v5.0-os.html">MQTT 5</a>
 * @see <a href="https://docs.oasis-open.org/mqtt/mqtt/v3.1.1/os/mqtt-v3.1.1-os.html">MQTT 3.1.1</a>
 */
public final class MqttChannel implements DeviceChannel, AutoCloseable {

  /** Makes the tables that a channel keeps its sessions in; for {@link CloudDatabase#open}. */
  public static final List<String> SCHEMA = SessionJournal.SCHEMA;

  private static final String NAME = "mqtt";
  private static final long ANSWER_SECONDS = 30;
  private static final long EXPIRY_CHECK_SECONDS = 60;

  private final String twin;
  private final URI uri;
  private final NetServer server;
  private final EventLoop loop;
  private final Parts parts;
  private final SessionJournal journal;
  private final ScheduledFuture<?> expiry;
  private volatile boolean closed;

  private MqttChannel(
      String twin, URI uri, NetServer server, EventLoop loop, Parts parts, SessionJournal journal) {
    this.twin = twin;
    this.uri = uri;
    this.server = server;
    this.loop = loop;
    this.parts = parts;
    this.journal = journal;
    this.expiry =
        loop.scheduleAtFixedRate(
            parts.sessions()::expire, EXPIRY_CHECK_SECONDS, EXPIRY_CHECK_SECONDS, TimeUnit.SECONDS);
  }

  /**
   * Starts a channel and returns when devices can connect. Not to be called on an event loop.
   *
   * @param bind the address to listen on
   * @param port the port; 0: a free one
   * @param intake takes the telemetry; called on the event loop, so it must not block
   * @param database keeps the persistent sessions; has the tables of {@link #SCHEMA}, and stays
   *     open until the channel is closed
   * @param clock tells when a session has expired
   * @throws TwinloomException if the port is taken or the certificate cannot be used
   */
  public static MqttChannel start(
      Vertx vertx,
      String twin,
      String bind,
      int port,
      Optional<MqttSecurity> security,
      Intake intake,
      CloudDatabase database,
      InvocationLog log,
      InstantSource clock) {
    return start(vertx, twin, bind, port, security, intake, database, log, clock, Limits.DEFAULT);
  }

  static MqttChannel start(
      Vertx vertx,
      String twin,
      String bind,
      int port,
      Optional<MqttSecurity> security,
      Intake intake,
      CloudDatabase database,
      InvocationLog log,
      InstantSource clock,
      Limits limits) {
    ContextInternal context = ((VertxInternal) vertx).createEventLoopContext();
    EventLoop loop = context.nettyEventLoop();
    ChannelLog channelLog = new ChannelLog(log, clock, NAME);
    SessionJournal journal = new SessionJournal(database);
    Sessions sessions = new Sessions(journal, loop, limits, clock, channelLog);
    Router router = new Router(intake, sessions, channelLog);
    Users users = new Users(security.map(MqttSecurity::users).orElse(Map.of()));
    Handshake handshake =
        new Handshake(twin, users, limits, () -> "device-" + UUID.randomUUID(), channelLog);
    Wills wills = new Wills(router, loop, clock, channelLog);
    Parts parts = new Parts(twin, limits, clock, channelLog, handshake, sessions, router, wills);

    Optional<MqttSecurity.Certificate> certificate = security.flatMap(MqttSecurity::certificate);
    NetServer server = vertx.createNetServer(options(certificate));
    server.connectHandler(socket -> connected((NetSocketInternal) socket, parts));
    CompletableFuture<NetServer> listening = new CompletableFuture<>();
    context.runOnContext(
        v ->
            server
                .listen(port, bind)
                .onSuccess(listening::complete)
                .onFailure(listening::completeExceptionally));
    try {
      listening.get(ANSWER_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      journal.close();
      throw cannotListen(bind, port, certificate.isPresent(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw cannotListen(bind, port, certificate.isPresent(), e);
    }
    String scheme = certificate.isPresent() ? "ssl" : "tcp";
    URI uri = URI.create(scheme + "://" + host(bind) + ":" + server.actualPort());
    return new MqttChannel(twin, uri, server, loop, parts, journal);
  }

  private static NetServerOptions options(Optional<MqttSecurity.Certificate> certificate) {
    NetServerOptions options = new NetServerOptions().setTcpNoDelay(true);
    certificate.ifPresent(
        pem ->
            options
                .setSsl(true)
                .setKeyCertOptions(
                    new PemKeyCertOptions()
                        .setCertPath(pem.chain().toString())
                        .setKeyPath(pem.key().toString())));
    return options;
  }

  private static TwinloomException cannotListen(
      String bind, int port, boolean tls, Exception error) {
    Throwable cause = error.getCause() == null ? error : error.getCause();
    return new TwinloomException(
        LocalError.MQTT_LISTEN,
        "The device channel cannot listen: " + cause.getMessage(),
        bind + ":" + port,
        "Choose another port"
            + (tls ? ", or check the PEM files of the certificate and its key." : "."),
        cause);
  }

  private static String host(String bind) {
    if (bind.equals("0.0.0.0") || bind.equals("::")) {
      return "127.0.0.1";
    }
    return bind.indexOf(':') >= 0 ? "[" + bind + "]" : bind;
  }

  private static void connected(NetSocketInternal socket, Parts parts) {
    ChannelHandlerContext context = socket.channelHandlerContext();
    if (parts.connections().size() >= parts.limits().connections()) {
      parts
          .log()
          .warn(
              ChannelLog.Kind.REJECTED,
              "A connection is refused: "
                  + parts.limits().connections()
                  + " are open, which is the most",
              Map.of());
      context.close();
      return;
    }
    Connection connection = new Connection(parts, context);
    ChannelPipeline pipeline = context.pipeline();
    pipeline.addBefore("handler", Connection.CODEC, MqttEncoder.INSTANCE);
    pipeline.addBefore(
        "handler",
        "mqttDecoder",
        new MqttDecoder(parts.limits().packetBytes(), parts.limits().clientIdLength()));
    pipeline.addBefore("handler", NAME, connection);
    connection.begin();
  }

  /** Where devices connect: {@code tcp://} or {@code ssl://}, host and port. */
  public URI uri() {
    return uri;
  }

  /**
   * {@inheritDoc}
   *
   * <p>Returns when the command is on disk for every persistent session that listens, and handed
   * out to the others. Where nobody listens it is gone, which is counted and noted. Not to be
   * called on an event loop.
   *
   * @throws InvocationException with {@code LIMIT_EXCEEDED} if it is larger than {@link
   *     #MAX_COMMAND_BYTES} or the sessions that listen are full; with {@code UNAVAILABLE} if it
   *     could not be written
   */
  @Override
  public void send(String device, byte[] payload) {
    if (payload.length > MAX_COMMAND_BYTES) {
      throw new InvocationException(
          InvocationException.Reason.LIMIT_EXCEEDED,
          "A command of " + payload.length + " bytes for device " + device,
          NAME,
          "Send at most " + MAX_COMMAND_BYTES + " bytes.",
          null);
    }
    if (loop.inEventLoop()) {
      throw new IllegalStateException("A command would wait for the thread that it waits on");
    }
    if (closed) {
      throw Sent.unavailable(device, "the channel is closed", null);
    }
    DeviceTopic topic = DeviceTopic.of(twin, device, Kind.COMMANDS);
    Message message = new Message(topic.name(), payload, 1, MessageProperties.NONE, 0);
    Sent sent = new Sent();
    loop.execute(() -> parts.router().publish(topic, message, null, sent));
    sent.await(device);
    if (sent.outcome() == Handover.Outcome.NOBODY_LISTENS) {
      loop.execute(
          () ->
              parts
                  .log()
                  .warn(
                      ChannelLog.Kind.UNHEARD,
                      "A command is gone: its device is not connected and has no session",
                      Map.of("device", device)));
    }
  }

  private static final class Sent extends Handover {
    private final CompletableFuture<Outcome> done = new CompletableFuture<>();

    @Override
    void finished() {
      done.complete(outcome());
    }

    void await(String device) {
      try {
        Outcome outcome = done.get(ANSWER_SECONDS, TimeUnit.SECONDS);
        if (outcome == Outcome.FULL) {
          throw full(device);
        }
        if (outcome != Outcome.TAKEN && outcome != Outcome.NOBODY_LISTENS) {
          throw unavailable(device, outcome.toString(), failure());
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw unavailable(device, "interrupted", e);
      } catch (ExecutionException | TimeoutException e) {
        throw unavailable(device, "no answer", e);
      }
    }

    /** Only the device can make room: trying again soon would hold up the others' commands. */
    private static InvocationException full(String device) {
      return new InvocationException(
          InvocationException.Reason.LIMIT_EXCEEDED,
          "A command for device " + device + " was not taken: as many wait for it as may",
          NAME,
          "Let the device fetch its commands; then replay the dead letter.",
          null);
    }

    private static InvocationException unavailable(
        String device, String why, @org.jspecify.annotations.Nullable Throwable cause) {
      return new InvocationException(
          InvocationException.Reason.UNAVAILABLE,
          "A command for device " + device + " was not taken: " + why,
          NAME,
          "See whether the device fetches its commands, and whether the disk is full.",
          cause);
    }
  }

  /** What the channel has done so far. */
  public MqttCounts counts() {
    ChannelLog log = parts.log();
    return new MqttCounts(
        parts.connections().size(),
        parts.sessions().size(),
        log.count(ChannelLog.Kind.TELEMETRY),
        log.count(ChannelLog.Kind.COMMAND),
        log.count(ChannelLog.Kind.DELIVERED),
        log.count(ChannelLog.Kind.DROPPED),
        log.count(ChannelLog.Kind.REFUSED),
        log.count(ChannelLog.Kind.FAILED),
        log.count(ChannelLog.Kind.REJECTED));
  }

  /** Forgets sessions that have expired; happens by itself every minute. */
  void expireSessions() {
    loop.execute(parts.sessions()::expire);
  }

  /** Ends all connections, writes what is to be kept, and stops listening. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    expiry.cancel(false);
    CompletableFuture<Void> ended = new CompletableFuture<>();
    loop.execute(
        () -> {
          List.copyOf(parts.connections()).forEach(Connection::shutDown);
          server
              .close()
              .onComplete(
                  done -> {
                    // Those that came in between.
                    List.copyOf(parts.connections()).forEach(Connection::shutDown);
                    ended.complete(null);
                  });
        });
    try {
      ended.get(ANSWER_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("The device channel does not close", e);
    } finally {
      journal.close();
    }
  }
}
