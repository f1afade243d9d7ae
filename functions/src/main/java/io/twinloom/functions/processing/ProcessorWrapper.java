package io.twinloom.functions.processing;

import io.twinloom.functions.error.Refused;
import io.twinloom.functions.error.UserLogicError;
import io.twinloom.functions.outcome.Outcome;
import io.twinloom.functions.outcome.Outcome.Done;
import io.twinloom.functions.pipeline.BatchFunction;
import io.twinloom.functions.pipeline.Failures;
import io.twinloom.functions.pipeline.Invocation;
import io.twinloom.functions.port.FunctionInvoker;
import io.twinloom.functions.port.FunctionInvoker.Call;
import io.twinloom.functions.port.FunctionInvoker.Called;
import io.twinloom.functions.port.FunctionRuntime;
import io.twinloom.functions.port.Handed;
import io.twinloom.functions.port.InvocationLog.Level;
import io.twinloom.functions.settings.Environment;
import io.twinloom.functions.settings.TwinInfo;
import io.twinloom.functions.telemetry.BodyLimits;
import io.twinloom.functions.telemetry.Envelope;
import io.twinloom.functions.telemetry.Normalizer;
import io.twinloom.functions.telemetry.SystemMembers;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonString;
import io.twinloom.json.JsonValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Calls a device's user code with its measurement, and passes the result to the persister: all that
 * one user function is given together, in one call. User code cannot change the system's members;
 * its failure is reported as {@code [USER_LOGIC_ERROR]} with device and trace.
 */
public final class ProcessorWrapper implements BatchFunction {

  private static final String SECOND_NAME = "iotDeviceId";

  private final Settings settings;
  private final TwinInfo twin;
  private final FunctionInvoker invoker;
  private final FunctionRuntime runtime;

  /**
   * @param persister the function that is invoked with the result
   */
  public record Settings(String persister) {
    /** Reads {@code PERSISTER_LAMBDA_NAME} (required). */
    public static Settings of(Environment environment) {
      return new Settings(environment.required("PERSISTER_LAMBDA_NAME"));
    }
  }

  public ProcessorWrapper(
      Settings settings, TwinInfo twin, FunctionInvoker invoker, FunctionRuntime runtime) {
    this.settings = settings;
    this.twin = twin;
    this.invoker = invoker;
    this.runtime = runtime;
  }

  @Override
  public String lane(Supplier<JsonObject> event) {
    return event
        .get()
        .object(Envelope.PAYLOAD)
        .flatMap(payload -> payload.text(Normalizer.DEVICE_ID))
        .flatMap(twin::processorOf)
        .orElse("");
  }

  @Override
  public List<Outcome> run(List<Item> items) {
    Outcome[] outcomes = new Outcome[items.size()];
    Map<String, List<Integer>> byProcessor = new LinkedHashMap<>();
    for (int i = 0; i < outcomes.length; i++) {
      Item item = items.get(i);
      try {
        Optional<String> processor = twin.processorOf(item.envelope().device());
        if (processor.isPresent()) {
          byProcessor.computeIfAbsent(processor.get(), name -> new ArrayList<>()).add(i);
        } else {
          outcomes[i] = passedOn(item.envelope(), item.envelope().payload());
        }
      } catch (RuntimeException e) {
        outcomes[i] = item.invocation().failure(e);
      }
    }
    byProcessor.forEach((processor, places) -> process(processor, places, items, outcomes));
    return Arrays.asList(outcomes);
  }

  private Outcome passedOn(Envelope envelope, JsonObject result) {
    return Done.handing(
        Handed.to(
            settings.persister(),
            envelope.sentOn(runtime.sourceCloud(), "L2", result, runtime.clock()).toJson()));
  }

  private void process(
      String processor, List<Integer> places, List<Item> items, Outcome[] outcomes) {
    List<Call> calls =
        places.stream()
            .map(place -> items.get(place).envelope())
            .map(e -> new Call(given(e.payload(), e.device()), e.traceId()))
            .toList();
    List<Called> ended = invoker.callAll(processor, calls);
    for (int i = 0; i < ended.size(); i++) {
      Item item = items.get(places.get(i));
      outcomes[places.get(i)] = outcome(ended.get(i), item);
    }
  }

  private Outcome outcome(Called called, Item item) {
    Envelope envelope = item.envelope();
    String device = envelope.device();
    return switch (called) {
      case Called.NotReturned not ->
          Failures.outcome(UserLogicError.of(not.why(), device, envelope.traceId(), code(device)));
      case Called.Returned returned -> {
        try {
          BodyLimits.checkEvent(returned.result());
          yield passedOn(
              envelope, restored(returned.result(), device, envelope, item.invocation()));
        } catch (Refused e) {
          yield Failures.outcome(
              UserLogicError.of(device, envelope.traceId(), e.what(), code(device)));
        }
      }
    };
  }

  private static String code(String device) {
    return "processors/" + device;
  }

  /** The event as the user's code knows it. */
  private static JsonObject given(JsonObject payload, String device) {
    JsonObject.Builder given = payload.toBuilder().remove("id").remove(Envelope.EVENT_ID);
    if (!payload.has(SECOND_NAME)) {
      given.put(SECOND_NAME, device);
    }
    return given.build();
  }

  private static JsonObject restored(
      JsonObject result, String device, Envelope envelope, Invocation invocation) {
    JsonObject.Builder restored = result.toBuilder();
    if (isText(result.get(SECOND_NAME), device)) {
      restored.remove(SECOND_NAME);
    }
    for (String name : SystemMembers.KEPT_FROM_USER_CODE) {
      JsonValue returned = result.get(name);
      JsonValue own = systemValue(name, envelope);
      // The envelope carries the event's id; the payload needs no second one.
      if (own == null || name.equals(Envelope.EVENT_ID)) {
        restored.remove(name);
      } else if (!own.equals(returned)) {
        restored.put(name, own);
      }
      if (returned != null && !returned.equals(own)) {
        invocation.count("system-field-restored");
        invocation.note(
            Level.WARN,
            "The processor changed " + name + ", which belongs to the system: it is restored.",
            Map.of("device", device));
      }
    }
    return restored.build();
  }

  private static @Nullable JsonValue systemValue(String name, Envelope envelope) {
    return switch (name) {
      case Envelope.EVENT_ID -> envelope.eventId().map(JsonString::new).orElse(null);
      // The store gives it when the item is stored.
      case "id" -> null;
      default -> envelope.payload().get(name);
    };
  }

  private static boolean isText(@Nullable JsonValue value, String expected) {
    return value instanceof JsonString text && text.value().equals(expected);
  }
}
