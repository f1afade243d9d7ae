package io.twinloom.mqtt;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A server with the usual options for each test, and the protocol's numbers. */
abstract class StartedServer {
  static final int CONNACK = 2;
  static final int PUBACK = 4;
  static final int PINGRESP = 13;
  static final int DISCONNECT = 14;

  /** Reason codes of MQTT 5. */
  static final int MALFORMED = 0x81;

  static final int PROTOCOL_ERROR = 0x82;

  /** Flags of a CONNECT. */
  static final int CLEAN = 2;

  static final int WILL = 4;

  ServerFixture fixture;

  @BeforeEach
  void start() throws IOException {
    fixture = new ServerFixture().start();
  }

  @AfterEach
  void stop() {
    fixture.close();
  }
}
