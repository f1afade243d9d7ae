package io.twinloom.functions.twin;

import io.twinloom.functions.intercloud.Delivered;
import io.twinloom.functions.intercloud.EnvelopeSender;
import io.twinloom.functions.port.FunctionInvoker.Call;
import io.twinloom.functions.port.FunctionInvoker.Called;
import io.twinloom.functions.port.FunctionRuntime;
import io.twinloom.functions.port.TwinGraph.Value;
import io.twinloom.functions.telemetry.Envelope;
import io.twinloom.json.JsonObject;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.time.Timestamps;
import java.util.List;
import java.util.Optional;

/** The updater of the twin service that values are carried over to, on this cloud or another. */
final class NewUpdater {

  private final TwinCopier.Updater updater;
  private final TwinCopier.Ports ports;
  private final FunctionRuntime runtime;
  private final String trace;

  NewUpdater(TwinCopier.Updater updater, TwinCopier.Ports ports, String trace) {
    this.updater = updater;
    this.ports = ports;
    this.runtime = ports.senders().runtime();
    this.trace = trace;
  }

  /** A value that is carried over. */
  record Carried(String device, String property, Value value) {

    private JsonObject item() {
      return JsonObject.builder()
          .put("device_id", device)
          .put("timestamp", value.time())
          .put(property, value.value())
          .build();
    }
  }

  /** What it said of one of several values. */
  sealed interface Said {

    /** It took it; the answer may name components that have no such property. */
    record Taken(JsonObject answer) implements Said {}

    /** It did not. */
    record Not(TwinloomException why) implements Said {}
  }

  /** Sends values, and returns what it said of each, in order. */
  List<Said> send(List<Carried> values) {
    List<Envelope> envelopes = values.stream().map(this::envelope).toList();
    return switch (updater) {
      case TwinCopier.Updater.Remote(var route) -> {
        EnvelopeSender sender = ports.senders().envelopesTo(route);
        yield sender.post(envelopes, count -> {}).stream().map(NewUpdater::said).toList();
      }
      case TwinCopier.Updater.Local(String name) ->
          ports
              .invoker()
              .callAll(name, envelopes.stream().map(e -> new Call(e.toJson(), trace)).toList())
              .stream()
              .map(NewUpdater::said)
              .toList();
    };
  }

  /** One for each property: so the answer says of each whether it was taken. */
  private Envelope envelope(Carried carried) {
    return new Envelope(
        runtime.sourceCloud(),
        "L4",
        Envelope.TWIN_UPDATE,
        Timestamps.of(runtime.clock().instant()),
        carried.item(),
        trace,
        Optional.empty());
  }

  private static Said said(Delivered delivered) {
    return switch (delivered) {
      case Delivered.Taken(JsonObject answer) -> new Said.Taken(answer);
      case Delivered.NotTaken(var why) -> new Said.Not(why);
    };
  }

  private static Said said(Called called) {
    return switch (called) {
      case Called.Returned(JsonObject answer) -> new Said.Taken(answer);
      case Called.NotReturned(var why) -> new Said.Not(why);
    };
  }
}
