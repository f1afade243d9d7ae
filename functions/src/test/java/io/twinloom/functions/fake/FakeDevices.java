package io.twinloom.functions.fake;

import io.twinloom.functions.port.DeviceChannel;
import io.twinloom.functions.port.InvocationException;
import io.twinloom.functions.port.InvocationException.Reason;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Remembers the commands that were sent. */
public final class FakeDevices implements DeviceChannel {

  /** A command that was sent. */
  public record Sent(String device, String payload) {}

  private final List<Sent> sent = new ArrayList<>();
  private Optional<Reason> failing = Optional.empty();

  /** From now on nothing is taken. */
  public void fail(Reason reason) {
    failing = Optional.of(reason);
  }

  public List<Sent> sent() {
    return List.copyOf(sent);
  }

  @Override
  public void send(String device, byte[] payload) {
    if (failing.isPresent()) {
      throw InvocationException.of(failing.get(), "Not taken", device, "Try again.");
    }
    sent.add(new Sent(device, new String(payload, StandardCharsets.UTF_8)));
  }
}
