package io.twinloom.functions.processing;

import io.twinloom.functions.error.Refused;
import io.twinloom.functions.error.UserLogicError;
import io.twinloom.functions.pipeline.EventBody;
import io.twinloom.functions.pipeline.Invocation;
import io.twinloom.functions.port.FunctionInvoker;
import io.twinloom.functions.port.FunctionRuntime;
import io.twinloom.functions.port.InvocationException;
import io.twinloom.functions.port.InvocationLog.Level;
import io.twinloom.functions.settings.Environment;
import io.twinloom.functions.settings.TwinInfo;
import io.twinloom.functions.telemetry.BodyLimits;
import io.twinloom.functions.telemetry.Envelope;
import io.twinloom.functions.telemetry.SystemMembers;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonString;
import io.twinloom.json.JsonValue;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Calls a device's user code with its measurement, and passes the result to the persister. User
 * code cannot change the system's members; its failure is reported as {@code [USER_LOGIC_ERROR]}
 * with device and trace.
 */
public final class ProcessorWrapper implements EventBody {

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
  public JsonObject run(Envelope envelope, Invocation invocation) {
    String device = envelope.device();
    Optional<String> processor = twin.processorOf(device);
    JsonObject result =
        processor.isPresent()
            ? process(processor.get(), device, envelope, invocation)
            : envelope.payload();
    invocation.invokeLater(
        settings.persister(),
        envelope.sentOn(runtime.sourceCloud(), "L2", result, runtime.clock()).toJson());
    return JsonObject.EMPTY;
  }

  private JsonObject process(
      String processor, String device, Envelope envelope, Invocation invocation) {
    JsonObject result;
    try {
      result = invoker.call(processor, given(envelope.payload(), device), envelope.traceId());
      BodyLimits.checkEvent(result);
    } catch (InvocationException e) {
      throw UserLogicError.of(e, device, envelope.traceId(), code(device));
    } catch (Refused e) {
      throw UserLogicError.of(device, envelope.traceId(), e.what(), code(device));
    }
    return restored(result, device, envelope, invocation);
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
