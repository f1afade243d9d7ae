package io.twinloom.model.error;

import java.io.EOFException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/** What failed on the network, in words instead of an exception's name. */
public final class NetworkFailure {

  /**
   * What can fail, the most telling first: an exception is often the cause of one that says less.
   */
  private enum Kind {
    NAME(
        "its name is not found",
        e -> e instanceof UnknownHostException || e instanceof UnresolvedAddressException),
    TIME(
        "it did not answer in time",
        e ->
            e instanceof SocketTimeoutException
                || e instanceof HttpTimeoutException
                || e instanceof TimeoutException
                || says(e, "timed out", "timeout")),
    ENCRYPTION("no encrypted connection can be made", SSLException.class::isInstance),
    ROUTE(
        "its address cannot be reached",
        e -> e instanceof NoRouteToHostException || says(e, "unreachable")),
    REFUSED(
        "the connection was refused",
        e -> e instanceof ConnectException || says(e, "connection refused")),
    ANSWER("its answer is not HTTP", ProtocolException.class::isInstance),
    CLOSED(
        "the connection was closed",
        e ->
            e instanceof EOFException
                || e instanceof ClosedChannelException
                || e instanceof SocketException
                || says(e, "reset", "broken pipe", "closed", "eof reached", "received no bytes"));

    private final String words;
    private final Predicate<Throwable> isOf;

    Kind(String words, Predicate<Throwable> isOf) {
      this.words = words;
      this.isOf = isOf;
    }
  }

  /** Causes behind these say no more. */
  private static final int MOST_CAUSES = 8;

  private NetworkFailure() {}

  /**
   * The reason, to follow a colon: {@code the connection was refused}. No name, address or header
   * is in it.
   */
  public static String reason(Throwable e) {
    return known(e).orElse("the connection failed");
  }

  /** The same; empty where it is not the network that failed, as far as can be seen. */
  public static Optional<String> known(Throwable e) {
    return Arrays.stream(Kind.values())
        .filter(
            kind ->
                Stream.iterate(e, x -> x != null, Throwable::getCause)
                    .limit(MOST_CAUSES)
                    .anyMatch(kind.isOf))
        .map(kind -> kind.words)
        .findFirst();
  }

  private static boolean says(Throwable e, String... words) {
    String message = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
    return Arrays.stream(words).anyMatch(message::contains);
  }
}
