package io.twinloom.functions.intercloud;

import io.twinloom.functions.intercloud.Delivered.NotTaken;
import io.twinloom.functions.intercloud.Delivered.Taken;
import io.twinloom.functions.telemetry.Envelope;
import io.twinloom.functions.telemetry.EventList;
import io.twinloom.json.Json;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonNumber;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonSyntaxException;
import io.twinloom.json.JsonValue;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Envelopes on their way to another cloud, as bytes, and what has become of each. */
final class Sendings {

  private static final int FAILED = 500;
  private static final int REFUSED_FROM = 400;
  private static final int STATUS_END = 600;

  private final List<Envelope> envelopes;
  private final byte[][] bodies;
  private final Delivered[] delivered;

  /** Those from {@code from} up to {@code to}, exclusive. */
  record Part(int from, int to) {

    int size() {
      return to - from;
    }

    Part withoutFirst() {
      return new Part(from + 1, to);
    }

    Part firstHalf() {
      return new Part(from, from + size() / 2);
    }

    Part secondHalf() {
      return new Part(from + size() / 2, to);
    }
  }

  Sendings(List<Envelope> envelopes) {
    this.envelopes = List.copyOf(envelopes);
    this.bodies =
        Json.bytesOfEach(envelopes.stream().map(Envelope::toJson).toList()).toArray(byte[][]::new);
    this.delivered = new Delivered[envelopes.size()];
  }

  Envelope envelope(int place) {
    return envelopes.get(place);
  }

  byte[] body(int place) {
    return bodies[place];
  }

  void put(int place, Delivered what) {
    delivered[place] = what;
  }

  void notTaken(Part part, RemoteException why) {
    Arrays.fill(delivered, part.from(), part.to(), new NotTaken(why));
  }

  boolean areTaken(Part part) {
    return Arrays.stream(delivered, part.from(), part.to()).allMatch(Taken.class::isInstance);
  }

  List<Delivered> delivered() {
    return Arrays.asList(delivered);
  }

  /** All of them in parts that a receiver takes at once. */
  List<Part> packed() {
    List<Part> parts = new ArrayList<>();
    int from = 0;
    long bytes = EventList.FRAME;
    for (int i = 0; i < bodies.length; i++) {
      long own = bodies[i].length + 1L;
      if (i > from && (i - from == EventList.MOST || bytes + own > EventList.MOST_BYTES)) {
        parts.add(new Part(from, i));
        from = i;
        bytes = EventList.FRAME;
      }
      bytes += own;
    }
    parts.add(new Part(from, bodies.length));
    return parts;
  }

  /** The body of a request with these. */
  byte[] list(Part part) {
    return EventList.bytes(Arrays.asList(bodies).subList(part.from(), part.to()));
  }

  /**
   * Takes the answer to such a request.
   *
   * @return false, with nothing taken, where it does not say what became of each
   */
  boolean take(Part part, byte[] answer, URI receiver) {
    JsonArray results;
    try {
      results =
          Json.parse(answer) instanceof JsonObject object
              ? object.array(EventList.RESULTS).orElse(JsonArray.EMPTY)
              : JsonArray.EMPTY;
    } catch (JsonSyntaxException e) {
      return false;
    }
    if (results.size() != part.size()) {
      return false;
    }
    Delivered[] read = new Delivered[part.size()];
    int i = 0;
    for (JsonValue result : results) {
      if (!(result instanceof JsonObject object)) {
        return false;
      }
      String status = object.text(EventList.STATUS).orElse("");
      if (status.equals(EventList.SUCCESS)) {
        read[i] = new Taken(object);
      } else if (status.equals(EventList.FAILED)) {
        read[i] = new NotTaken(failure(object, envelopes.get(part.from() + i), receiver));
      } else {
        return false;
      }
      i++;
    }
    System.arraycopy(read, 0, delivered, part.from(), read.length);
    return true;
  }

  private static RemoteException failure(JsonObject result, Envelope envelope, URI receiver) {
    return RemoteException.ofEvent(
        receiver,
        code(result.get(EventList.CODE)),
        EventList.cut(result.text(EventList.ERROR).orElse("no reason is given")),
        envelope.traceId());
  }

  /** What is no status of an error counts as one of the receiver. */
  private static int code(@Nullable JsonValue code) {
    if (code instanceof JsonNumber number && number.text().matches("[1-9][0-9]{2}")) {
      int status = Integer.parseInt(number.text());
      return status >= REFUSED_FROM && status < STATUS_END ? status : FAILED;
    }
    return FAILED;
  }
}
