package io.twinloom.functions.processing;

import io.twinloom.functions.intercloud.RemoteException;
import io.twinloom.functions.pipeline.FunctionBody;
import io.twinloom.functions.pipeline.Invocation;
import io.twinloom.functions.port.HotItem;
import io.twinloom.functions.port.InvocationLog.Level;
import io.twinloom.functions.port.Ports;
import io.twinloom.functions.settings.Environment;
import io.twinloom.functions.settings.RemoteRouteSetting;
import io.twinloom.functions.settings.RemoteRouteSetting.Route;
import io.twinloom.functions.settings.TwinInfo;
import io.twinloom.functions.telemetry.Envelope;
import io.twinloom.functions.telemetry.EventId;
import io.twinloom.functions.telemetry.Normalizer;
import io.twinloom.functions.telemetry.Normalizer.Normalized;
import io.twinloom.json.JsonObject;
import io.twinloom.model.Layer;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Stores a processed measurement, in its own cloud's hot store or through the writer of another
 * cloud; once it is stored, has the events checked and the twin updated, where there is either. An
 * update that the twin could not take it gets again as an event of its own.
 */
public final class Persister implements FunctionBody {

  private final Settings settings;
  private final Ports ports;
  private final Normalizer normalizer;
  private final HotWrite hot;
  private final TwinPush twinPush;

  /**
   * @param writer the way to the hot store
   * @param eventChecker what checks events; empty where events are not checked
   * @param twin the way to a twin service on another cloud
   * @param twinUpdater the function that updates a twin service on this cloud, if there is one
   */
  public record Settings(
      Route writer, Optional<String> eventChecker, Route twin, Optional<String> twinUpdater) {

    private static final RemoteRouteSetting WRITER =
        new RemoteRouteSetting("WRITER", Layer.L2, Layer.L3_HOT);
    private static final RemoteRouteSetting TWIN =
        new RemoteRouteSetting("TWIN", Layer.L2, Layer.L4);

    /**
     * Reads {@code REMOTE_WRITER_URL}, {@code REMOTE_TWIN_URL} and their tokens, {@code
     * USE_EVENT_CHECKING} (default false) and, where that is true, {@code
     * EVENT_CHECKER_LAMBDA_NAME} (required), and {@code TWIN_UPDATER_LAMBDA_NAME}.
     */
    public static Settings of(Environment environment, TwinInfo twin) {
      return new Settings(
          WRITER.route(environment, twin, List.of(TWIN)),
          environment.flag("USE_EVENT_CHECKING")
              ? Optional.of(environment.required("EVENT_CHECKER_LAMBDA_NAME"))
              : Optional.empty(),
          environment.url(TWIN.urlVariable()).isPresent()
              ? TWIN.route(environment, twin, List.of(WRITER))
              : new Route.Local(""),
          environment.optional("TWIN_UPDATER_LAMBDA_NAME"));
    }
  }

  public Persister(String name, Settings settings, TwinInfo twin, Ports ports) {
    this.settings = settings;
    this.ports = ports;
    this.normalizer = new Normalizer(twin::hasDevice);
    warn(name, settings.writer());
    warn(name, settings.twin());
    this.hot = HotWrite.along(settings.writer(), ports);
    this.twinPush = new TwinPush(name, settings, ports);
  }

  @Override
  public JsonObject run(JsonObject event, Invocation invocation) {
    Envelope envelope = Envelope.of(event, "L2", ports.clock(), ports.traceIds());
    invocation.cameFrom(envelope.sourceCloud(), envelope.traceId());
    if (TwinPush.isLeft(envelope)) {
      invocation.device(envelope.device());
      twinPush.finish(event, envelope, invocation);
    } else {
      persist(event, envelope, invocation);
    }
    return JsonObject.EMPTY;
  }

  private void persist(JsonObject event, Envelope envelope, Invocation invocation) {
    Normalized normal =
        normalizer.normalize(envelope.payload(), "", Optional.of(envelope.timestamp()));
    invocation.device(normal.device());
    String eventId = envelope.eventId().orElseGet(() -> EventId.ofItem(normal.message()));
    HotItem item;
    try {
      item = hot.store(envelope, normal, eventId, invocation);
    } catch (RemoteException e) {
      if (!e.isRefusal()) {
        throw e;
      }
      invocation.giveUp(ports.deadLetters(), event, e, e.attempts());
      return;
    }
    handOn(envelope.with(item.body(), item.eventId()), invocation);
  }

  /**
   * What fails before the rules are judged repeats the persister; what fails after it must not,
   * since their actions would run again. And they do not wait for a twin on another cloud.
   */
  private void handOn(Envelope stored, Invocation invocation) {
    twinPush.handOver(stored);
    settings.eventChecker().ifPresent(checker -> check(checker, stored));
    twinPush.post(stored, invocation);
  }

  private void check(String checker, Envelope stored) {
    Envelope sent =
        stored.sentOn(ports.cloud().connectionId(), "L2", stored.payload(), ports.clock());
    ports.invoker().invokeLater(checker, sent.toJson());
  }

  private void warn(String name, Route route) {
    if (route instanceof Route.Local local && !local.warning().isEmpty()) {
      ports.log().note(Level.WARN, name, "", local.warning(), Map.of());
    }
  }
}
