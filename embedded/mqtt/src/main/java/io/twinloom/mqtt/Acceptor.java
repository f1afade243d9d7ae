package io.twinloom.mqtt;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.mqtt.MqttDecoder;
import io.netty.handler.codec.mqtt.MqttEncoder;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Prepares the connections that come. */
final class Acceptor extends ChannelInitializer<Channel> {
  private static final byte[] TRIAL = {1};

  private final ServerContext context;
  private final @Nullable SslContext tls;

  Acceptor(ServerContext context, @Nullable SslContext tls) {
    this.context = context;
    this.tls = tls;
  }

  @Override
  protected void initChannel(Channel channel) {
    MqttLimits limits = context.limits();
    if (context.connections().size() >= limits.connections()) {
      context
          .events()
          .warn(
              EventLog.Kind.REJECTED,
              "A connection is refused: " + limits.connections() + " are open, which is the most",
              Map.of());
      channel.close();
      return;
    }
    if (tls != null) {
      channel.pipeline().addLast("tls", tls.newHandler(channel.alloc()));
    }
    Connection connection = new Connection(context, channel);
    channel
        .pipeline()
        .addLast(MqttServer.CODEC, MqttEncoder.INSTANCE)
        .addLast("framer", new PacketFramer(limits.packetBytes()))
        .addLast("decoder", new MqttDecoder(limits.packetBytes(), limits.clientIdLength()))
        .addLast("connection", connection);
    connection.begin();
  }

  /** Notes why connections cannot be accepted, such as that the process has no descriptor left. */
  static final class Failures extends ChannelInboundHandlerAdapter {
    private final EventLog events;

    Failures(EventLog events) {
      this.events = events;
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      String why = cause.getMessage();
      events.warn(
          EventLog.Kind.REJECTED,
          "A connection cannot be accepted: "
              + (why == null ? cause.getClass().getSimpleName() : why),
          Map.of());
    }
  }

  /** What makes connections encrypted; null where they are not. */
  static @Nullable SslContext tls(MqttSecurity security)
      throws IOException, GeneralSecurityException {
    Optional<MqttSecurity.Certificate> certificate = security.certificate();
    if (certificate.isEmpty()) {
      return null;
    }
    X509Certificate[] chain = chain(certificate.get().chain());
    PrivateKey key = PrivateKeyPem.read(certificate.get().key());
    if (!isPair(key, chain[0].getPublicKey())) {
      throw new GeneralSecurityException(
          "The key in "
              + certificate.get().key()
              + " is not that of the certificate in "
              + certificate.get().chain());
    }
    return SslContextBuilder.forServer(key, chain).build();
  }

  /** Whether what the one signs is signed for the other: no handshake would say why it fails. */
  private static boolean isPair(PrivateKey key, PublicKey certified)
      throws GeneralSecurityException {
    if (!key.getAlgorithm().equals(certified.getAlgorithm())) {
      return false;
    }
    Signature signature =
        Signature.getInstance(
            switch (key.getAlgorithm()) {
              case "RSA" -> "SHA256withRSA";
              case "EC" -> "SHA256withECDSA";
              default -> key.getAlgorithm();
            });
    signature.initSign(key);
    signature.update(TRIAL);
    byte[] signed = signature.sign();
    signature.initVerify(certified);
    signature.update(TRIAL);
    try {
      return signature.verify(signed);
    } catch (SignatureException e) {
      // One of another length.
      return false;
    }
  }

  private static X509Certificate[] chain(Path file) throws IOException, GeneralSecurityException {
    try (InputStream pem = Files.newInputStream(file)) {
      X509Certificate[] chain =
          CertificateFactory.getInstance("X.509").generateCertificates(pem).stream()
              .map(X509Certificate.class::cast)
              .toArray(X509Certificate[]::new);
      if (chain.length == 0) {
        throw new GeneralSecurityException("No certificate in " + file);
      }
      return chain;
    } catch (CertificateException e) {
      throw new GeneralSecurityException("No certificate in " + file, e);
    }
  }
}
