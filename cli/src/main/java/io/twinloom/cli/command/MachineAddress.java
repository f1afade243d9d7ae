package io.twinloom.cli.command;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.URI;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Under which address other machines reach this one. */
final class MachineAddress {

  private static final List<String> ALL = List.of("0.0.0.0", "::", "0:0:0:0:0:0:0:0");

  private MachineAddress() {}

  /**
   * The address as another machine types it: where it listens on all addresses, one of them takes
   * the place of the host.
   *
   * @param bind what it listens on
   */
  static URI reachable(URI address, String bind) {
    return ALL.contains(bind) ? at(address, find()) : address;
  }

  static URI at(URI address, Optional<String> host) {
    return host.map(h -> URI.create(address.getScheme() + "://" + h + ":" + address.getPort()))
        .orElse(address);
  }

  /** The machine's own address in its network; empty where it has none. */
  private static Optional<String> find() {
    try {
      for (NetworkInterface one : Collections.list(NetworkInterface.getNetworkInterfaces())) {
        if (one.isUp() && !one.isLoopback() && !one.isVirtual()) {
          Optional<String> address =
              Collections.list(one.getInetAddresses()).stream()
                  .filter(a -> a.getAddress().length == 4 && !a.isLinkLocalAddress())
                  .map(InetAddress::getHostAddress)
                  .findFirst();
          if (address.isPresent()) {
            return address;
          }
        }
      }
      return Optional.empty();
    } catch (SocketException e) {
      return Optional.empty();
    }
  }
}
