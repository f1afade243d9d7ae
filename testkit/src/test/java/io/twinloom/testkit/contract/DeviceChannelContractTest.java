package io.twinloom.testkit.contract;

import io.twinloom.functions.port.DeviceChannel;
import io.twinloom.functions.port.InvocationException;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;

/** Queues fulfil the contract: so the contract can be fulfilled. */
class DeviceChannelContractTest implements DeviceChannelContract {

  private final Map<String, BlockingQueue<byte[]>> sessions = new ConcurrentHashMap<>();

  @Override
  public DeviceChannel channel() {
    return (device, payload) -> {
      if (payload.length > DeviceChannel.MAX_COMMAND_BYTES) {
        throw InvocationException.limitExceeded("Too large", device, "Send less.");
      }
      session(device).add(payload);
    };
  }

  @Override
  public BlockingQueue<byte[]> connect(String device) {
    return session(device);
  }

  @Override
  public void disconnect(String device) {
    // The session stays, and with it its queue.
    session(device);
  }

  private BlockingQueue<byte[]> session(String device) {
    return sessions.computeIfAbsent(device, ignored -> new LinkedBlockingQueue<>());
  }
}
