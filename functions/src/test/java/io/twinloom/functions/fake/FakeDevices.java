package io.twinloom.functions.fake;

import io.twinloom.functions.port.DeviceChannel;
import io.twinloom.functions.port.InvocationException;
import io.twinloom.functions.port.InvocationException.Reason;
import io.twinloom.model.Provider;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;

/** Remembers the commands that were sent, and keeps them for devices that listen. */
public final class FakeDevices implements DeviceChannel {

  /** A command that was sent. */
  public record Sent(String device, String payload) {}

  private final List<Sent> sent = new CopyOnWriteArrayList<>();
  private final Map<String, BlockingQueue<byte[]>> sessions = new ConcurrentHashMap<>();
  private final Map<String, Provider> elsewhere = new ConcurrentHashMap<>();
  private Optional<Reason> failing = Optional.empty();
  private boolean knowing = true;

  /** From now on nothing is taken. */
  public void fail(Reason reason) {
    failing = Optional.of(reason);
  }

  /** From now on a device is reached on another cloud. */
  public void moved(String device, Provider cloud) {
    elsewhere.put(device, cloud);
  }

  /** From now on it is not known where devices are. */
  public void loseSight() {
    knowing = false;
  }

  @Override
  public boolean knowsWhereDevicesAre() {
    return knowing;
  }

  @Override
  public Optional<Provider> elsewhere(String device) {
    return Optional.ofNullable(elsewhere.get(device));
  }

  public List<Sent> sent() {
    return List.copyOf(sent);
  }

  /** The commands of a device, those too that were sent before it listened. */
  public BlockingQueue<byte[]> session(String device) {
    return sessions.computeIfAbsent(device, ignored -> new LinkedBlockingQueue<>());
  }

  @Override
  public void send(String device, byte[] payload) {
    if (failing.isPresent()) {
      throw InvocationException.of(failing.get(), "Not taken", device, "Try again.");
    }
    if (payload.length > MAX_COMMAND_BYTES) {
      throw InvocationException.limitExceeded("Too large", device, "Send less.");
    }
    session(device).add(payload.clone());
    sent.add(new Sent(device, new String(payload, StandardCharsets.UTF_8)));
  }
}
