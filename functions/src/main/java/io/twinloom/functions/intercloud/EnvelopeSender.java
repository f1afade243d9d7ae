package io.twinloom.functions.intercloud;

import io.twinloom.functions.circuit.CircuitBreaker;
import io.twinloom.functions.intercloud.Delivered.NotTaken;
import io.twinloom.functions.intercloud.Delivered.Taken;
import io.twinloom.functions.port.FunctionRuntime;
import io.twinloom.functions.telemetry.Envelope;
import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonSyntaxException;
import io.twinloom.json.Sha256;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/**
 * Sends measurements to a function of another cloud, each of which is taken or not by itself:
 * several in one request where the receiver takes that. What it does not take of a request as a
 * whole is sent again in halves, at last one by one, so that none fails for another one. Safe for
 * threads.
 */
public final class EnvelopeSender {

  /** How often an answer did not say what became of each event. */
  public static final String MALFORMED = "batch-answer-malformed";

  /** A receiver that takes no lists after all, an older one for example, gets none for so long. */
  static final Duration WITHOUT_LISTS = Duration.ofMinutes(5);

  private static final int KEY_DIGITS = 32;

  private final RemoteSender sender;
  private final boolean batches;
  private final FunctionRuntime runtime;
  private volatile Instant singlesUntil = Instant.MIN;

  /**
   * @param batches whether the receiver takes several events in one request
   */
  EnvelopeSender(RemoteSender sender, boolean batches, FunctionRuntime runtime) {
    this.sender = sender;
    this.batches = batches;
    this.runtime = runtime;
  }

  /**
   * Sends envelopes.
   *
   * @param count takes what happened and is worth a number
   * @return what became of each, in order
   */
  public List<Delivered> post(List<Envelope> envelopes, Consumer<String> count) {
    Sendings sendings = new Sendings(envelopes);
    boolean lists = batches && !runtime.clock().instant().isBefore(singlesUntil);
    if (lists && envelopes.size() > 1) {
      sendings.packed().forEach(part -> send(sendings, part, count));
    } else {
      SideBySide.run(envelopes.size(), i -> single(sendings, i));
    }
    return sendings.delivered();
  }

  private void send(Sendings sendings, Sendings.Part part, Consumer<String> count) {
    if (part.size() == 1 || runtime.clock().instant().isBefore(singlesUntil)) {
      SideBySide.run(part.size(), i -> single(sendings, part.from() + i));
      return;
    }
    String trace = runtime.traceIds().get();
    CircuitBreaker.Request request;
    try {
      request = sender.admitted(trace);
    } catch (RemoteException open) {
      sendings.notTaken(part, open);
      return;
    }
    if (request.isProbe()) {
      probe(sendings, part, request, count);
      return;
    }
    byte[] body = sendings.list(part);
    try {
      byte[] answer = sender.post(body, trace, "batch-" + key(body), request);
      if (!sendings.take(part, answer, sender.url())) {
        count.accept(MALFORMED);
        sendings.notTaken(part, RemoteException.malformed(sender.url(), 1, trace));
      }
    } catch (RemoteException e) {
      if (isOfTheWhole(e.status())) {
        halves(sendings, part, count);
      } else {
        sendings.notTaken(part, e);
      }
    }
  }

  /** One event finds out whether the receiver answers again; the others wait for that. */
  private void probe(
      Sendings sendings,
      Sendings.Part part,
      CircuitBreaker.Request request,
      Consumer<String> count) {
    single(sendings, part.from(), request);
    send(sendings, part.withoutFirst(), count);
  }

  /** A refusal that may be of one event only, or of the list as such. */
  private static boolean isOfTheWhole(int status) {
    return switch (status) {
      case 400, 409, 413, 415, 422 -> true;
      default -> false;
    };
  }

  private void halves(Sendings sendings, Sendings.Part part, Consumer<String> count) {
    send(sendings, part.firstHalf(), count);
    send(sendings, part.secondHalf(), count);
    if (part.size() == 2 && sendings.areTaken(part)) {
      // It refused both together and takes each: it knows no lists.
      singlesUntil = runtime.clock().instant().plus(WITHOUT_LISTS);
    }
  }

  private void single(Sendings sendings, int place) {
    try {
      single(sendings, place, sender.admitted(sendings.envelope(place).traceId()));
    } catch (RemoteException open) {
      sendings.put(place, new NotTaken(open));
    }
  }

  private void single(Sendings sendings, int place, CircuitBreaker.Request request) {
    byte[] body = sendings.body(place);
    String trace = sendings.envelope(place).traceId();
    try {
      byte[] answer = sender.post(body, trace, trace + "-" + key(body), request);
      sendings.put(place, new Taken(answer(answer)));
    } catch (RemoteException e) {
      sendings.put(place, new NotTaken(e));
    }
  }

  /** Of the bytes: what is made anew, with another time or other events, is another request. */
  private static String key(byte[] body) {
    return Sha256.hex(body).substring(0, KEY_DIGITS);
  }

  /** Another implementation's receiver may answer a success in other words. */
  private static JsonObject answer(byte[] body) {
    try {
      return Json.parse(body) instanceof JsonObject object ? object : JsonObject.EMPTY;
    } catch (JsonSyntaxException e) {
      return JsonObject.EMPTY;
    }
  }
}
