package io.twinloom.functions.processing;

import io.twinloom.functions.intercloud.RemoteSenders;
import io.twinloom.functions.pipeline.EventBody;
import io.twinloom.functions.pipeline.FutureCheck;
import io.twinloom.functions.pipeline.Invocation;
import io.twinloom.functions.port.FunctionRuntime;
import io.twinloom.functions.port.HotItem;
import io.twinloom.functions.port.HotStore;
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
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Stores a processed measurement, in its own cloud's hot store or through the writer of another
 * cloud; then has its events checked and the twin updated, where there is either. An update that a
 * twin on another cloud cannot take yet comes to it again as an event of its own.
 */
public final class Persister implements EventBody {

  private final Settings settings;
  private final FunctionRuntime runtime;
  private final Normalizer normalizer;
  private final FutureCheck future;
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

  /**
   * @param hotStore this cloud's; empty where the hot tier is on another one
   * @throws io.twinloom.functions.error.ConfigurationError if it is needed and empty
   */
  public Persister(
      Settings settings,
      TwinInfo twin,
      Optional<HotStore> hotStore,
      RemoteSenders senders,
      FunctionRuntime runtime) {
    this.settings = settings;
    this.runtime = runtime;
    this.normalizer = new Normalizer(twin::hasDevice);
    this.future = new FutureCheck(runtime.clock());
    this.hot = HotWrite.along(settings.writer(), hotStore, senders, runtime);
    this.twinPush = new TwinPush(settings, senders, runtime);
  }

  @Override
  public List<String> warnings() {
    return Stream.of(settings.writer(), settings.twin())
        .flatMap(route -> route.warnings().stream())
        .toList();
  }

  @Override
  public JsonObject run(Envelope envelope, Invocation invocation) {
    if (TwinPush.isDeferred(envelope)) {
      twinPush.retry(envelope, invocation);
    } else {
      persist(envelope, invocation);
    }
    return JsonObject.EMPTY;
  }

  private void persist(Envelope envelope, Invocation invocation) {
    Normalized normal =
        normalizer.normalize(envelope.payload(), "", Optional.of(envelope.timestamp()));
    future.check(normal, invocation);
    String eventId = envelope.eventId().orElseGet(() -> EventId.ofItem(normal.message()));
    HotItem item = hot.store(envelope, normal, eventId, invocation);
    passOn(envelope.with(item.body(), item.eventId()), invocation);
  }

  /**
   * A failure before the events are checked repeats the persister; one after that must not, since
   * the rules' actions would run again. And rules do not wait for a twin on another cloud.
   */
  private void passOn(Envelope stored, Invocation invocation) {
    twinPush.invokeUpdater(stored, invocation);
    settings.eventChecker().ifPresent(checker -> check(checker, stored, invocation));
    twinPush.post(stored, invocation);
  }

  private void check(String checker, Envelope stored, Invocation invocation) {
    Envelope sent = stored.sentOn(runtime.sourceCloud(), "L2", stored.payload(), runtime.clock());
    invocation.invokeLater(checker, sent.toJson());
  }
}
