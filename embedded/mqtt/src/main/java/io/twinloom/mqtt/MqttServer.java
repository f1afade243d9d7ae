package io.twinloom.mqtt;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An MQTT server: 3.1.1 and 5 over TCP or TLS. A QoS 1 publish is acknowledged when its topic's
 * {@link TopicRoute route} has it; QoS 1 messages for a persistent session are in the {@link
 * SessionStore} before they are sent.
 *
 * <p>Everything of a server happens on one event loop of its own, which is never blocked; its state
 * needs no locks. Its methods may be called on any other thread.
 *
 * @see <a href="https://docs.oasis-open.org/mqtt/mqtt/v5.0/os/mqtt-v5.0-os.html">MQTT 5</a>
 * @see <a href="https://docs.oasis-open.org/mqtt/mqtt/v3.1.1/os/mqtt-v3.1.1-os.html">MQTT 3.1.1</a>
 */
public final class MqttServer implements AutoCloseable {

  /** The first handler that sees packets; one before it sees bytes. */
  static final String CODEC = "encoder";

  private static final long CLOSE_SECONDS = 30;
  private static final long EXPIRY_CHECK_SECONDS = 60;
  private static final long TELL_SECONDS = 5;

  private final MqttServerOptions options;
  private final EventLoopGroup group;
  private final EventLoop loop;
  private final ServerContext context;
  private final @Nullable SslContext tls;
  private @Nullable Channel listener;
  private volatile boolean closed;

  private MqttServer(
      MqttServerOptions options,
      EventLoopGroup group,
      ServerContext context,
      @Nullable SslContext tls) {
    this.options = options;
    this.group = group;
    this.loop = (EventLoop) group.next();
    this.context = context;
    this.tls = tls;
    Future<?> unused =
        loop.scheduleAtFixedRate(
            context.sessions()::expire,
            EXPIRY_CHECK_SECONDS,
            EXPIRY_CHECK_SECONDS,
            TimeUnit.SECONDS);
    Future<?> closed =
        loop.scheduleAtFixedRate(
            context.events()::tellOfRepetitions, TELL_SECONDS, TELL_SECONDS, TimeUnit.SECONDS);
  }

  /**
   * Starts a server and returns when clients can connect: {@link #open}, then {@link #listen}.
   *
   * @throws IOException if the port is taken or the certificate cannot be used
   */
  public static MqttServer start(MqttServerOptions options) throws IOException {
    MqttServer server = open(options);
    server.listen();
    return server;
  }

  /**
   * Makes a server that has its sessions and takes messages to publish, but no connections yet.
   * Where it fails it closes the store.
   *
   * @throws IOException if the certificate cannot be used
   */
  public static MqttServer open(MqttServerOptions options) throws IOException {
    EventLoopGroup group =
        new MultiThreadIoEventLoopGroup(
            1, new DefaultThreadFactory("mqtt", true), NioIoHandler.newFactory());
    try {
      SslContext tls = Acceptor.tls(options.security());
      return new MqttServer(
          options, group, ServerContext.of(options, (EventLoop) group.next()), tls);
    } catch (GeneralSecurityException e) {
      stop(options, group);
      throw new IOException(e.getMessage(), e);
    } catch (IOException | RuntimeException e) {
      stop(options, group);
      throw e;
    }
  }

  /**
   * Lets clients connect, and returns when they can. To be called once, and not on an event loop.
   * Where it fails the server is closed, and its store.
   *
   * @throws IOException if the port is taken
   */
  public void listen() throws IOException {
    listen(List.of(options.port()));
  }

  /**
   * As {@link #listen()}, on the first of these ports that is free.
   *
   * @param ports 0: a free one, as the system chooses it
   * @throws IOException if all of them are taken
   */
  public synchronized void listen(List<Integer> ports) throws IOException {
    try {
      listener = bound(ports);
      // Behind Netty's own, which passes on why a connection could not be accepted.
      listener.pipeline().addLast("failures", new Acceptor.Failures(context.events()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      closed = true;
      stop(options, group);
      throw new IOException("Interrupted", e);
    } catch (Exception e) {
      // Netty throws what binding failed with, although it declares nothing.
      closed = true;
      stop(options, group);
      throw e;
    }
  }

  private Channel bound(List<Integer> ports) throws IOException, InterruptedException {
    BindException taken = new BindException("no port to listen on");
    for (int port : ports) {
      ChannelFuture binding =
          new ServerBootstrap()
              .group(group)
              .channel(NioServerSocketChannel.class)
              .option(ChannelOption.SO_REUSEADDR, true)
              .childOption(ChannelOption.TCP_NODELAY, true)
              .childOption(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
              .childHandler(new Acceptor(context, tls))
              .bind(options.bind(), port)
              .await();
      if (binding.isSuccess()) {
        return binding.channel();
      }
      if (!(binding.cause() instanceof BindException other)) {
        throw new IOException(binding.cause().getMessage(), binding.cause());
      }
      taken = other;
    }
    throw taken;
  }

  private static void stop(MqttServerOptions options, EventLoopGroup group) {
    Future<?> unused = group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    options.store().close();
  }

  /**
   * Where clients connect: {@code tcp://} or {@code ssl://}, host and port.
   *
   * @throws IllegalStateException if it does not listen yet
   */
  public synchronized URI uri() {
    if (listener == null) {
      throw new IllegalStateException("The MQTT server does not listen yet");
    }
    String scheme = options.security().certificate().isPresent() ? "ssl" : "tcp";
    int port = ((InetSocketAddress) listener.localAddress()).getPort();
    return URI.create(scheme + "://" + host(options.bind()) + ":" + port);
  }

  private static String host(String bind) {
    if (bind.equals("0.0.0.0") || bind.equals("::")) {
      return "127.0.0.1";
    }
    return bind.indexOf(':') >= 0 ? "[" + bind + "]" : bind;
  }

  /**
   * Publishes a message of the server's owner with QoS 1.
   *
   * @param topic one that is routed
   * @return completes on any thread when the message is durable for every persistent session that
   *     subscribes and handed to the others; with {@link PublishOutcome#NO_SUBSCRIBERS} it is gone,
   *     which is counted and noted. Completes exceptionally where it could not be stored, or the
   *     server is closed
   * @throws IllegalArgumentException if the topic is malformed or not routed
   */
  public CompletionStage<PublishOutcome> publish(String topic, byte[] payload) {
    Topic routed = Topic.of(topic, options.router());
    if (routed == null) {
      throw new IllegalArgumentException("No route for topic " + topic);
    }
    Message message = new Message(topic, payload, 1, MessageProperties.NONE, 0);
    OwnPublish publish = new OwnPublish();
    if (closed) {
      return CompletableFuture.failedFuture(new IOException("The MQTT server is closed"));
    }
    try {
      loop.execute(() -> context.router().publish(routed, message, null, publish));
    } catch (RejectedExecutionException e) {
      return CompletableFuture.failedFuture(new IOException("The MQTT server is closed", e));
    }
    return publish.done.whenComplete(
        (outcome, error) -> {
          if (outcome == PublishOutcome.NO_SUBSCRIBERS) {
            loop.execute(() -> noteNoSubscribers(topic));
          }
        });
  }

  /**
   * Has what waits for clients that are away, and subscribe to nothing but this topic, published by
   * another server: what that takes is removed here. Of a server that is closed it stays.
   */
  public void handOver(String topic, Function<byte[], CompletionStage<PublishOutcome>> elsewhere) {
    HandOver.begin(topic, context.sessions(), loop, elsewhere);
  }

  private void noteNoSubscribers(String topic) {
    context
        .events()
        .warn(
            EventLog.Kind.NO_SUBSCRIBERS,
            "A message is gone: no client that subscribes to its topic is connected or has a"
                + " session",
            Map.of("topic", topic));
  }

  private static final class OwnPublish extends PublishCompletion {
    private final CompletableFuture<PublishOutcome> done = new CompletableFuture<>();

    @Override
    void finished() {
      Throwable failure = failure();
      if (failure == null) {
        done.complete(outcome());
      } else {
        done.completeExceptionally(failure);
      }
    }
  }

  /** Whether the caller is on the server's event loop, where it must not wait for the server. */
  public boolean onEventLoop() {
    return loop.inEventLoop();
  }

  /** What the server has done so far. */
  public MqttCounts counts() {
    EventLog events = context.events();
    return new MqttCounts(
        context.connections().size(),
        context.sessions().size(),
        events.count(EventLog.Kind.ROUTED),
        events.count(EventLog.Kind.DELIVERED),
        events.count(EventLog.Kind.DROPPED),
        events.count(EventLog.Kind.REFUSED),
        events.count(EventLog.Kind.FAILED),
        events.count(EventLog.Kind.REJECTED));
  }

  /**
   * The topics that the clients which are connected now have published to, and the filters of their
   * subscriptions. Completes on the event loop.
   */
  public CompletionStage<Set<String>> connectedTopics() {
    return CompletableFuture.supplyAsync(context.sessions()::connectedTopics, loop);
  }

  /** How often each kind of event has happened since the start, by its name. */
  public Map<String, Long> events() {
    Map<String, Long> events = new TreeMap<>();
    for (EventLog.Kind kind : EventLog.Kind.values()) {
      events.put(kind.id(), context.events().count(kind));
    }
    return events;
  }

  /** Removes sessions that have expired; happens by itself every minute. */
  void expireSessions() {
    loop.execute(context.sessions()::expire);
  }

  /** Ends all connections, writes what is to be kept, and stops listening. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    Channel listening = listener;
    CompletableFuture<Void> ended = new CompletableFuture<>();
    loop.execute(
        () -> {
          endConnections();
          if (listening == null) {
            ended.complete(null);
            return;
          }
          listening
              .close()
              .addListener(
                  done -> {
                    // Those that came in between.
                    endConnections();
                    ended.complete(null);
                  });
        });
    try {
      ended.get(CLOSE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("The MQTT server does not close", e);
    } finally {
      options.store().close();
      Future<?> unused = group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }
  }

  private void endConnections() {
    List.copyOf(context.connections()).forEach(Connection::shutDown);
    context.events().end();
  }
}
