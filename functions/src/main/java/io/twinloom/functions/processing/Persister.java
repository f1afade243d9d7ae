package io.twinloom.functions.processing;

import io.twinloom.functions.event.DevicesWithRules;
import io.twinloom.functions.hot.HotRecorder.Measured;
import io.twinloom.functions.hot.HotRecorder.Recorded;
import io.twinloom.functions.intercloud.RemoteSenders;
import io.twinloom.functions.outcome.Outcome;
import io.twinloom.functions.outcome.Outcome.Done;
import io.twinloom.functions.pipeline.BatchFunction;
import io.twinloom.functions.pipeline.Failures;
import io.twinloom.functions.pipeline.FutureCheck;
import io.twinloom.functions.port.FunctionRuntime;
import io.twinloom.functions.port.Handed;
import io.twinloom.functions.port.HotItem;
import io.twinloom.functions.port.HotStore;
import io.twinloom.functions.processing.HotWrite.Incoming;
import io.twinloom.functions.settings.Environment;
import io.twinloom.functions.settings.PreviousRoute;
import io.twinloom.functions.settings.RemoteRouteSetting;
import io.twinloom.functions.settings.RemoteRouteSetting.Route;
import io.twinloom.functions.settings.TwinInfo;
import io.twinloom.functions.telemetry.Envelope;
import io.twinloom.functions.telemetry.EventId;
import io.twinloom.functions.telemetry.Normalizer;
import io.twinloom.functions.telemetry.Normalizer.Normalized;
import io.twinloom.json.JsonObject;
import io.twinloom.model.CloudConventions.TwinService;
import io.twinloom.model.Layer;
import io.twinloom.model.Provider;
import io.twinloom.model.VerifyMark;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Stores a processed measurement, in its own cloud's hot store or through the writer of another
 * cloud; then has it checked, where its device has rules, and the twin updated, where there is one.
 * An update of a twin on another cloud comes to it again as an event of its own, which it sends.
 */
public final class Persister implements BatchFunction {

  private final Settings settings;
  private final FunctionRuntime runtime;
  private final Normalizer normalizer;
  private final FutureCheck future;
  private final HotWrite hot;
  private final TwinPush twinPush;
  private final Set<String> devicesWithRules;

  /**
   * @param writer the way to the hot store
   * @param eventChecker what checks events; empty where events are not checked
   * @param twin the way to a twin service on another cloud
   * @param twinUpdater the function that updates a twin service on this cloud, if there is one
   * @param furtherTwins the ways to twin services on further clouds, while layer 4 moves
   */
  public record Settings(
      Route writer,
      Optional<String> eventChecker,
      Route twin,
      Optional<String> twinUpdater,
      List<PreviousRoute> furtherTwins) {

    private static final RemoteRouteSetting WRITER =
        new RemoteRouteSetting("WRITER", Layer.L2, Layer.L3_HOT);
    private static final RemoteRouteSetting TWIN =
        new RemoteRouteSetting("TWIN", Layer.L2, Layer.L4);

    /**
     * Reads {@code REMOTE_WRITER_URL}, {@code REMOTE_TWIN_URL} and their tokens, {@code
     * USE_EVENT_CHECKING} (default false) and, where that is true, {@code
     * EVENT_CHECKER_LAMBDA_NAME} (required), and {@code TWIN_UPDATER_LAMBDA_NAME}; while layer 4
     * moves, {@code REMOTE_PREVIOUS_1_TWIN_URL} and so on.
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
          environment.optional("TWIN_UPDATER_LAMBDA_NAME"),
          PreviousRoute.of("TWIN", Layer.L2, Layer.L4, Persister::isPushedTo, environment, twin));
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
    this.devicesWithRules =
        settings.eventChecker().isPresent() ? DevicesWithRules.of(twin) : Set.of();
  }

  @Override
  public List<String> warnings() {
    return Stream.concat(
            Stream.of(settings.writer(), settings.twin())
                .flatMap(route -> route.warnings().stream()),
            PreviousRoute.warnings(settings.furtherTwins()).stream())
        .toList();
  }

  @Override
  public List<Outcome> run(List<Item> items) {
    Outcome[] outcomes = new Outcome[items.size()];
    List<Integer> updates = new ArrayList<>();
    List<Integer> stored = new ArrayList<>();
    List<Incoming> measurements = new ArrayList<>();
    for (int i = 0; i < outcomes.length; i++) {
      Item item = items.get(i);
      if (TwinPush.isUpdate(item.envelope())) {
        updates.add(i);
        continue;
      }
      try {
        measurements.add(measured(item));
        stored.add(i);
      } catch (RuntimeException e) {
        outcomes[i] = item.invocation().failure(e);
      }
    }
    if (!measurements.isEmpty()) {
      List<Recorded> recorded = hot.store(measurements);
      for (int i = 0; i < recorded.size(); i++) {
        outcomes[stored.get(i)] = outcome(recorded.get(i), measurements.get(i));
      }
    }
    if (!updates.isEmpty()) {
      List<Outcome> sent =
          twinPush.send(
              updates.stream().map(place -> items.get(place).envelope()).toList(),
              items.getFirst().invocation()::count);
      for (int i = 0; i < sent.size(); i++) {
        outcomes[updates.get(i)] = sent.get(i);
      }
    }
    return Arrays.asList(outcomes);
  }

  private Incoming measured(Item item) {
    Envelope envelope = item.envelope();
    Normalized normal =
        normalizer.normalize(envelope.payload(), "", Optional.of(envelope.timestamp()));
    future.check(normal, item.invocation());
    String eventId = envelope.eventId().orElseGet(() -> EventId.ofItem(normal.message()));
    return new Incoming(envelope, new Measured(normal, eventId, item.invocation()));
  }

  private Outcome outcome(Recorded recorded, Incoming incoming) {
    return switch (recorded) {
      case Recorded.Failed failed -> Failures.outcome(failed.why());
      case Recorded.Stored done -> {
        Optional<String> checker =
            settings.eventChecker().filter(name -> isChecked(incoming.measured().measurement()));
        yield checker.isPresent() || twinPush.isNeeded()
            ? followed(incoming, done.item(), checker)
            : Done.NOTHING;
      }
    };
  }

  private Outcome followed(Incoming incoming, HotItem stored, Optional<String> checker) {
    Envelope envelope = incoming.envelope().with(stored.body(), stored.eventId());
    List<Handed> next = new ArrayList<>();
    twinPush.here(envelope).ifPresent(next::add);
    checker.ifPresent(name -> next.add(checked(name, envelope)));
    next.addAll(twinPush.elsewhere(envelope, incoming.measured().invocation().function()));
    return new Done(next, JsonObject.EMPTY);
  }

  /** Whether a cloud's twin service is sent its values: another one fetches them itself. */
  private static boolean isPushedTo(String cloud) {
    return Provider.of(cloud)
        .filter(of -> of.conventions().twinService() == TwinService.PUSHED)
        .isPresent();
  }

  /** What no rule is about needs no checking; a marked measurement tries the way all the same. */
  private boolean isChecked(Normalized measurement) {
    return devicesWithRules.contains(measurement.device())
        || VerifyMark.isOn(measurement.message());
  }

  private Handed checked(String checker, Envelope stored) {
    return Handed.to(
        checker,
        stored.sentOn(runtime.sourceCloud(), "L2", stored.payload(), runtime.clock()).toJson());
  }
}
