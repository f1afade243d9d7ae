package io.twinloom.deployer.cloud;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Who deploys, for people on other machines and in other processes.
 *
 * @param user the name of the account
 * @param host the name of the machine
 */
record Executor(String user, String host, long process) {

  private static final int LONGEST = 200;

  /** This process. */
  static Executor ofThis() {
    return new Executor(
        System.getProperty("user.name", "?"), hostName(), ProcessHandle.current().pid());
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "?";
    }
  }

  /** Where it is, as Terraform names it for its lock. */
  String place() {
    return user + "@" + host;
  }

  /** What a lock says of it. */
  byte[] holder() {
    byte[] text = ("process " + process + " of " + place()).getBytes(StandardCharsets.UTF_8);
    return Arrays.copyOf(text, Math.min(text.length, LONGEST));
  }
}
