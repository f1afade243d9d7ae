package io.twinloom.local.deploy;

import io.twinloom.deployer.PreparedProject;
import io.twinloom.local.LocalOptions;
import io.twinloom.local.LocalOptions.Listener;
import io.twinloom.local.error.LocalError;
import io.twinloom.local.mqtt.DeviceCertificate;
import io.twinloom.model.Provider;
import io.twinloom.model.TwinloomException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Whether a twin could start with its options while another process still runs it: that one is not
 * ended for one that cannot take its place.
 */
final class RestartCheck {

  private static final String LOOPBACK = "127.0.0.1";
  private static final int ANY = 0;

  private final LocalOptions options;
  private final Set<Integer> own = new HashSet<>();

  private RestartCheck(LocalOptions options, Endpoints running) {
    this.options = options;
    own.add(running.api().getPort());
    running
        .clouds()
        .values()
        .forEach(
            cloud -> {
              own.add(cloud.http().getPort());
              own.add(cloud.mqtt().getPort());
            });
  }

  /**
   * Refuses options with which the twin would not start.
   *
   * @param running where it is reached now; these ports are free once it has ended
   * @throws TwinloomException if they are such
   */
  static void check(PreparedProject wanted, LocalOptions options, Endpoints running) {
    options
        .mqttSecurity()
        .ifPresent(
            security -> {
              BoundDevices.check(wanted.project(), security);
              DeviceCertificate.check(security);
            });
    new RestartCheck(options, running).checkPorts();
  }

  private void checkPorts() {
    // Whether the address can be listened on at all, also where its ports are taken.
    requireListenable(LocalError.LOCAL_PORT, options.bind(), ANY);
    Map<Integer, LocalError> wanted = new TreeMap<>();
    for (Provider cloud : Provider.all()) {
      wanted.put(options.port(Listener.HTTP, cloud), LocalError.LOCAL_PORT);
      wanted.put(options.port(Listener.MQTT, cloud), LocalError.MQTT_LISTEN);
    }
    wanted.remove(ANY);
    wanted.keySet().removeAll(own);
    wanted.forEach(
        (port, error) -> {
          requireListenable(error, options.bind(), port);
          if (error == LocalError.LOCAL_PORT) {
            requireListenable(error, LOOPBACK, port);
          }
        });
    RunningTwin.fixedServerPort(options)
        .filter(port -> !own.contains(port))
        .ifPresent(port -> requireListenable(LocalError.LOCAL_PORT, LOOPBACK, port));
  }

  private static void requireListenable(LocalError error, String address, int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getByName(address), port));
    } catch (IOException e) {
      throw new TwinloomException(
          error,
          "The twin could not listen there, so the one that runs was not ended: "
              + e.getMessage()
              + ".",
          port == ANY ? address : address + ":" + port,
          port == ANY ? "Give an address of this machine with --bind." : error.fix(),
          e);
    }
  }
}
