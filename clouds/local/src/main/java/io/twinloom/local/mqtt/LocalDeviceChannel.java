package io.twinloom.local.mqtt;

import io.twinloom.functions.port.DeviceChannel;
import io.twinloom.functions.port.InvocationException;
import io.twinloom.functions.port.InvocationLog;
import io.twinloom.functions.port.InvocationLog.Level;
import io.twinloom.local.error.LocalError;
import io.twinloom.local.mqtt.DeviceTopic.Kind;
import io.twinloom.local.store.CloudDatabase;
import io.twinloom.model.Provider;
import io.twinloom.model.TwinloomException;
import io.twinloom.mqtt.MqttLimits;
import io.twinloom.mqtt.MqttLog;
import io.twinloom.mqtt.MqttSecurity;
import io.twinloom.mqtt.MqttServer;
import io.twinloom.mqtt.MqttServerOptions;
import io.twinloom.mqtt.PublishOutcome;
import java.io.IOException;
import java.net.URI;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A local cloud's device channel on the embedded MQTT server. Devices publish to {@code
 * dt/{twin}/{device}/telemetry}, whose QoS 1 messages are acknowledged when the intake has them,
 * and subscribe to {@code dt/{twin}/{device}/commands}.
 */
public final class LocalDeviceChannel implements DeviceChannel, AutoCloseable {
  private static final String NAME = "mqtt";
  private static final long ANSWER_SECONDS = 30;
  private static final long TELL_SECONDS = 2;

  private final String twin;
  private final Listen listen;
  private final Contacts contacts;
  private final MqttServer server;

  private LocalDeviceChannel(String twin, Listen listen, Contacts contacts, MqttServer server) {
    this.twin = twin;
    this.listen = listen;
    this.contacts = contacts;
    this.server = server;
  }

  /**
   * Where a channel listens.
   *
   * @param bind the address to listen on
   * @param ports those to try, until one is free
   */
  public record Listen(String bind, List<Integer> ports, MqttSecurity security) {
    public Listen {
      ports = List.copyOf(ports);
    }

    /** On this port alone. */
    public Listen(String bind, int port, MqttSecurity security) {
      this(bind, List.of(port), security);
    }
  }

  /**
   * What a channel is given of its cloud.
   *
   * @param database keeps the persistent sessions; has the tables of {@link
   *     SqliteSessionStore#SCHEMA}, and stays open until the channel is closed
   * @param clock tells when a session has expired
   * @param ids new ones, for clients that have none
   */
  public record Host(
      CloudDatabase database, InvocationLog log, InstantSource clock, Supplier<String> ids) {}

  /**
   * Opens a channel, which takes commands; devices can connect once it {@link #listen listens}.
   *
   * @param intake takes the telemetry; called on the event loop, so it must not block
   * @param contacts notes which devices are in touch
   * @throws TwinloomException if the certificate cannot be used
   */
  public static LocalDeviceChannel open(
      String twin, Listen listen, Intake intake, Contacts contacts, Host host) {
    return open(twin, listen, intake, contacts, host, MqttLimits.DEFAULT);
  }

  static LocalDeviceChannel open(
      String twin, Listen listen, Intake intake, Contacts contacts, Host host, MqttLimits limits) {
    DeviceCertificate.check(listen.security());
    MqttServerOptions options =
        MqttServerOptions.builder(
                new DeviceTopics(twin, intake, contacts),
                new SqliteSessionStore(host.database()),
                new MqttServerOptions.Host(
                    notes(host.log()), host.clock(), () -> "device-" + host.ids().get()))
            .bind(listen.bind())
            .security(listen.security())
            .authorizer(
                new NotedListeners(new BoundUsers(twin, listen.security().bound()), twin, contacts))
            .limits(limits)
            .build();
    try {
      return new LocalDeviceChannel(twin, listen, contacts, MqttServer.open(options));
    } catch (IOException e) {
      throw cannotListen(listen, e);
    }
  }

  /**
   * Lets devices connect, and returns when they can.
   *
   * @throws TwinloomException if the port is taken
   */
  public void listen() {
    try {
      server.listen(listen.ports());
    } catch (IOException e) {
      throw cannotListen(listen, e);
    }
  }

  private static TwinloomException cannotListen(Listen listen, IOException e) {
    return new TwinloomException(
        LocalError.MQTT_LISTEN,
        "The device channel cannot listen: " + e.getMessage(),
        listen.bind() + ":" + listen.ports().getLast(),
        LocalError.MQTT_LISTEN.fix(),
        e);
  }

  private static MqttLog notes(InvocationLog log) {
    return (message, fields, cause) ->
        log.note(Level.WARN, NAME, "", message, withCause(fields, cause));
  }

  private static Map<String, String> withCause(
      Map<String, String> fields, @Nullable Throwable cause) {
    if (cause == null) {
      return fields;
    }
    Map<String, String> all = new HashMap<>(fields);
    all.put(
        "error",
        cause instanceof TwinloomException known ? known.code() : cause.getClass().getSimpleName());
    return all;
  }

  /** Where devices connect: {@code tcp://} or {@code ssl://}, host and port. */
  public URI uri() {
    return server.uri();
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
      throw InvocationException.limitExceeded(
          "A command of " + payload.length + " bytes for device " + device,
          NAME,
          "Send at most " + MAX_COMMAND_BYTES + " bytes.");
    }
    if (server.onEventLoop()) {
      throw new IllegalStateException("A command would wait for the thread that it waits on");
    }
    String topic = DeviceTopic.of(twin, device, Kind.COMMANDS).name();
    try {
      PublishOutcome outcome =
          server
              .publish(topic, payload)
              .toCompletableFuture()
              .get(ANSWER_SECONDS, TimeUnit.SECONDS);
      switch (outcome) {
        case ACCEPTED, NO_SUBSCRIBERS -> {}
        case SESSION_FULL -> throw full(device);
        case MALFORMED_TOPIC, NOT_AUTHORIZED, FAILED ->
            throw unavailable(device, outcome.toString(), null);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unavailable(device, "interrupted", e);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw unavailable(device, String.valueOf(cause.getMessage()), cause);
    } catch (TimeoutException e) {
      throw unavailable(device, "no answer", e);
    }
  }

  @Override
  public Optional<Provider> elsewhere(String device) {
    return contacts.elsewhere(device);
  }

  @Override
  public boolean knowsWhereDevicesAre() {
    return true;
  }

  /** Has the commands that wait here for a device which is away sent over another channel. */
  public void handOver(String device, LocalDeviceChannel to) {
    String topic = DeviceTopic.of(twin, device, Kind.COMMANDS).name();
    server.handOver(topic, payload -> to.server.publish(topic, payload));
  }

  /** Only the device can make room: trying again soon would delay the others' commands. */
  private static InvocationException full(String device) {
    return InvocationException.limitExceeded(
        "A command for device " + device + " was not accepted: its queue of commands is full",
        NAME,
        "Let the device fetch its commands; then replay the dead letter.");
  }

  private static InvocationException unavailable(
      String device, String why, @Nullable Throwable cause) {
    return InvocationException.unavailable(
        "A command for device " + device + " was not accepted: " + why,
        NAME,
        "See whether the device fetches its commands, and whether the disk is full.",
        cause);
  }

  /**
   * The devices that are connected now: for which a client that is connected has published, or
   * whose commands it listens to. Empty where the channel does not say so soon.
   */
  public Optional<Set<String>> connected() {
    try {
      Set<String> devices = new HashSet<>();
      for (String topic :
          server.connectedTopics().toCompletableFuture().get(TELL_SECONDS, TimeUnit.SECONDS)) {
        DeviceTopic parsed = DeviceTopic.parse(twin, topic);
        if (parsed != null) {
          devices.add(parsed.device());
        }
      }
      return Optional.of(devices);
    } catch (ExecutionException | TimeoutException | RejectedExecutionException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /** How often each kind of event has happened since the start, by its name. */
  public Map<String, Long> events() {
    return server.events();
  }

  /** Ends all connections, writes what is to be kept, and stops listening. */
  @Override
  public void close() {
    server.close();
  }
}
