package io.twinloom.model.function;

import java.util.Optional;

/**
 * What makes a function a receiver: the end of a connection, which other clouds reach by HTTPS and
 * with its token.
 *
 * @param variable what the senders' settings of the connection begin with: {@code …_URL}, {@code
 *     …_TOKEN} and {@code …_SIGNED}
 * @param pulled what is said where data is fetched from it, with the calling cloud as {@code
 *     {cloud}}; empty where data is sent to it
 * @param idSuffix what ends the id of a connection to it
 * @param view whether a view of layer 5 may read it
 * @param takesLists whether one request may hold several events
 * @param answersRepeats whether the repeat of a signed request is answered as the first was. At the
 *     other receivers a repeat has no effect by nature: it writes what is there already, or reads
 */
public record Receiver(
    String variable,
    Optional<String> pulled,
    String idSuffix,
    boolean view,
    boolean takesLists,
    boolean answersRepeats) {

  /** A receiver that data is sent to. */
  static Receiver pushed(String variable, String idSuffix, boolean answersRepeats) {
    return new Receiver(variable, Optional.empty(), idSuffix, false, false, answersRepeats);
  }

  /** A receiver that data is fetched from; its own id ends that of the connection. */
  static Receiver pulled(String variable, String idSuffix, String why, boolean view) {
    return new Receiver(variable, Optional.of(why), idSuffix, view, false, false);
  }

  /** The same, whose requests may hold several events. */
  Receiver takingLists() {
    return new Receiver(variable, pulled, idSuffix, view, true, answersRepeats);
  }

  /** Whether data is fetched from it, and not sent to it. */
  public boolean isReader() {
    return pulled.isPresent();
  }
}
