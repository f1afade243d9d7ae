package io.twinloom.testkit.contract;

import io.twinloom.functions.fake.FakeDevices;
import io.twinloom.functions.port.DeviceChannel;
import java.util.concurrent.BlockingQueue;

/** The devices of the functions' own tests get their commands as devices of a cloud do. */
class DeviceChannelContractTest implements DeviceChannelContract {

  private final FakeDevices devices = new FakeDevices();

  @Override
  public DeviceChannel channel() {
    return devices;
  }

  @Override
  public BlockingQueue<byte[]> connect(String device) {
    return devices.session(device);
  }

  @Override
  public void disconnect(String device) {
    // Its session stays.
  }
}
