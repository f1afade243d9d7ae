package io.twinloom.mqtt;

import java.time.InstantSource;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a server runs with.
 *
 * @param bind the address to listen on
 * @param port the port; 0: a free one
 * @param access who may do what, over which channel
 * @param limits of everything
 * @param router the topics and what happens to their messages
 * @param store keeps the persistent sessions; the server closes it when it is closed
 * @param host what it is given of the process it runs in
 */
public record MqttServerOptions(
    String bind,
    int port,
    Access access,
    MqttLimits limits,
    TopicRouter router,
    SessionStore store,
    Host host) {

  /**
   * Who may do what.
   *
   * @param security the certificate, and the users where there is no other authenticator
   * @param authenticator decides who may connect
   * @param authorizer decides who may publish and subscribe to what
   */
  public record Access(MqttSecurity security, Authenticator authenticator, Authorizer authorizer) {}

  /**
   * What a server is given of the process it runs in.
   *
   * @param log for what an operator should see
   * @param clock tells when sessions and messages have expired
   * @param clientIds makes an id for a client that has none; each is new
   */
  public record Host(MqttLog log, InstantSource clock, Supplier<String> clientIds) {}

  MqttSecurity security() {
    return access.security();
  }

  Authenticator authenticator() {
    return access.authenticator();
  }

  Authorizer authorizer() {
    return access.authorizer();
  }

  MqttLog log() {
    return host.log();
  }

  InstantSource clock() {
    return host.clock();
  }

  Supplier<String> clientIds() {
    return host.clientIds();
  }

  /** Options of a server on a free port of loopback, without security, with the usual limits. */
  public static Builder builder(TopicRouter router, SessionStore store, Host host) {
    return new Builder(router, store, host);
  }

  /** Makes options. */
  public static final class Builder {
    private final TopicRouter router;
    private final SessionStore store;
    private final Host host;
    private String bind = "127.0.0.1";
    private int port;
    private MqttSecurity security = MqttSecurity.NONE;
    private @Nullable Authenticator authenticator;
    private Authorizer authorizer = Authorizer.ANYTHING;
    private MqttLimits limits = MqttLimits.DEFAULT;

    private Builder(TopicRouter router, SessionStore store, Host host) {
      this.router = router;
      this.store = store;
      this.host = host;
    }

    /** The address to listen on. */
    public Builder bind(String address) {
      bind = address;
      return this;
    }

    /** The port; 0: a free one. */
    public Builder port(int number) {
      port = number;
      return this;
    }

    /** The certificate and the users. */
    public Builder security(MqttSecurity wanted) {
      security = wanted;
      return this;
    }

    /** Decides who may connect, in place of the users of {@link #security}. */
    public Builder authenticator(Authenticator wanted) {
      authenticator = wanted;
      return this;
    }

    /** Decides who may publish and subscribe to what. */
    public Builder authorizer(Authorizer wanted) {
      authorizer = wanted;
      return this;
    }

    /** The limits of everything. */
    public Builder limits(MqttLimits wanted) {
      limits = wanted;
      return this;
    }

    /** The options. */
    public MqttServerOptions build() {
      Authenticator users = authenticator;
      return new MqttServerOptions(
          bind,
          port,
          new Access(
              security, users == null ? new PasswordUsers(security.users()) : users, authorizer),
          limits,
          router,
          store,
          host);
    }
  }
}
