package io.twinloom.cost.load;

import io.twinloom.cost.estimate.Decimals;
import io.twinloom.cost.load.FunctionLoad.Trigger;
import io.twinloom.cost.usage.UsageKey;
import io.twinloom.model.EventRule;
import io.twinloom.model.EventRule.ActionType;
import io.twinloom.model.Project;
import io.twinloom.model.UserCode;
import io.twinloom.topology.DeployedFunction;
import io.twinloom.topology.Schedule;
import io.twinloom.topology.Topology;
import java.math.BigDecimal;
import java.util.List;

/**
 * How often each function runs and for how long. Times are estimates for warm functions, an event,
 * in milliseconds; {@code functionTimeFactor} scales all but those of user code.
 */
final class FunctionLoads {

  /** What a mover needs to read, send and delete one item. */
  private static final BigDecimal MILLIS_OF_ITEM = Decimals.of("0.5");

  private static final BigDecimal MILLIS_OF_CHUNK = Decimals.of(200);
  private static final BigDecimal MILLIS_OF_IDLE_RUN = Decimals.of(100);

  private final Project project;
  private final Topology topology;
  private final Traffic traffic;
  private final Batching batching;

  FunctionLoads(Project project, Topology topology, Traffic traffic, Batching batching) {
    this.project = project;
    this.topology = topology;
    this.traffic = traffic;
    this.batching = batching;
  }

  /** The load of a function. Every kind of function has a case here. */
  FunctionLoad of(DeployedFunction function) {
    BigDecimal messages = traffic.messages();
    BigDecimal fired = traffic.fired();
    BigDecimal queries = traffic.queries();
    BigDecimal history = traffic.historyQueries();
    return switch (function.kind()) {
      case DISPATCHER -> events(messages, 20);
      case CONNECTOR -> events(messages, 60);
      case INGESTION -> received(messages, 20);
      case PROCESSOR -> processors(messages);
      case USER_PROCESSOR -> userProcessor(function);
      case PERSISTER -> events(messages, 30);
      case EVENT_CHECKER -> events(traffic.checked(), 5);
      case EVENT_ACTION -> userCode(acted(function), Trigger.QUEUE);
      case WORKFLOW -> workflow();
      case EVENT_FEEDBACK -> single(commands(), 60, Trigger.QUEUE);
      case USER_FEEDBACK -> userCode(commands(), Trigger.CALL);
      case FEEDBACK_GATEWAY -> single(commands(), 30, Trigger.CALL);
      case HOT_WRITER, TWIN_UPDATER -> received(messages, 20);
      case HOT_READER, HOT_READER_LAST_ENTRY -> single(half(queries), 30, Trigger.CALL);
      case DATA_CONNECTOR, DATA_CONNECTOR_LAST_ENTRY -> single(half(queries), 80, Trigger.CALL);
      case HISTORY_READER -> single(history, 500, Trigger.CALL);
      case COLD_READER, ARCHIVE_READER -> single(history, 300, Trigger.CALL);
      case HOT_TO_COLD_MOVER -> mover(function, movedItems().add(movedChunks()));
      case COLD_TO_ARCHIVE_MOVER -> mover(function, movedChunks());
      case COLD_WRITER, ARCHIVE_WRITER -> single(traffic.chunks(), 200, Trigger.CALL);
      // They run while a change of the twin copies, and not month by month.
      case HOT_COPY_WRITER, STORE_COPIER, TWIN_COPIER -> single(BigDecimal.ZERO, 200, Trigger.CALL);
    };
  }

  /** Commands to devices: one for each event that fires a rule with feedback. */
  BigDecimal commands() {
    return fired(project.rules().stream().filter(r -> r.action().feedback().isPresent()).count());
  }

  /** Runs of the workflow. */
  BigDecimal workflowRuns() {
    return fired(
        project.rules().stream().filter(r -> r.action().type() == ActionType.WORKFLOW).count());
  }

  /** What is fired of some of the rules, where all fire alike. */
  private BigDecimal fired(long rules) {
    int all = project.rules().size();
    return all == 0
        ? BigDecimal.ZERO
        : Decimals.divide(traffic.fired().multiply(Decimals.of(rules)), Decimals.of(all));
  }

  private FunctionLoad events(BigDecimal events, long millis) {
    BigDecimal invocations = Decimals.divide(events, batching.events());
    BigDecimal each = system(millis).multiply(batching.events());
    return new FunctionLoad(invocations, each, Trigger.QUEUE, traffic.eventBytes());
  }

  private FunctionLoad received(BigDecimal events, long millis) {
    BigDecimal requests = Decimals.divide(events, batching.events());
    BigDecimal each = system(millis).multiply(batching.events());
    return new FunctionLoad(requests, each, Trigger.CALL, traffic.eventBytes());
  }

  /** It waits for the user's code. */
  private FunctionLoad processors(BigDecimal messages) {
    FunctionLoad own = events(messages, 30);
    BigDecimal waiting = userMillis().multiply(batching.events());
    return new FunctionLoad(
        own.invocations(), own.millis().add(waiting), own.trigger(), own.eventBytes());
  }

  private FunctionLoad single(BigDecimal count, long millis, Trigger trigger) {
    return new FunctionLoad(count, system(millis), trigger, traffic.eventBytes());
  }

  private FunctionLoad userCode(BigDecimal count, Trigger trigger) {
    return new FunctionLoad(count, userMillis(), trigger, traffic.eventBytes());
  }

  private FunctionLoad workflow() {
    return new FunctionLoad(
        workflowRuns(), BigDecimal.ZERO, Trigger.WORKFLOW, traffic.eventBytes());
  }

  private FunctionLoad mover(DeployedFunction function, BigDecimal workMillis) {
    BigDecimal runs = BigDecimal.ZERO;
    for (Schedule schedule : topology.schedules()) {
      if (schedule.id().equals(function.id())) {
        runs = runs.add(CronRate.perMonth(schedule.cron()));
      }
    }
    BigDecimal each = runs.signum() == 0 ? workMillis : Decimals.divide(workMillis, runs);
    return new FunctionLoad(runs, MILLIS_OF_IDLE_RUN.add(each), Trigger.SCHEDULE, BigDecimal.ZERO);
  }

  private BigDecimal movedItems() {
    return scaled(traffic.messages().multiply(MILLIS_OF_ITEM));
  }

  private BigDecimal movedChunks() {
    return scaled(traffic.chunks().multiply(MILLIS_OF_CHUNK));
  }

  private BigDecimal system(long millis) {
    return scaled(Decimals.of(millis));
  }

  private BigDecimal scaled(BigDecimal millis) {
    return millis.multiply(traffic.of(UsageKey.TIME_FACTOR));
  }

  private BigDecimal userMillis() {
    return traffic.of(UsageKey.USER_TIME);
  }

  /** A dashboard asks as often for newest values as for ranges. */
  private static BigDecimal half(BigDecimal queries) {
    return queries.divide(BigDecimal.TWO);
  }

  /**
   * A call has the events of a batch that are for this processor; devices send alike. Where each
   * device has its own, a batch seldom has two for one.
   */
  private FunctionLoad userProcessor(DeployedFunction function) {
    BigDecimal share = share(function);
    BigDecimal events = batching.events().multiply(share).max(BigDecimal.ONE);
    BigDecimal calls = Decimals.divide(traffic.messages().multiply(share), events);
    return new FunctionLoad(
        calls, userMillis().multiply(events), Trigger.CALL, traffic.eventBytes());
  }

  /** The share of all messages that this processor of the user's gets. */
  private BigDecimal share(DeployedFunction function) {
    int devices = project.devices().size();
    if (devices == 0) {
      return BigDecimal.ZERO;
    }
    boolean shared =
        function.userCode().filter(c -> c.role() == UserCode.Role.DEFAULT_PROCESSOR).isPresent();
    long own =
        project.devices().stream().filter(d -> project.processorOf(d.id()).isPresent()).count();
    return Decimals.divide(Decimals.of(shared ? devices - own : 1), Decimals.of(devices));
  }

  private BigDecimal acted(DeployedFunction function) {
    List<EventRule> rules = project.rules();
    String name = function.userCode().map(UserCode::name).orElse("");
    return fired(
        rules.stream()
            .filter(
                rule ->
                    rule.action().functionName().equals(name)
                        || rule.action().functionNameB().filter(name::equals).isPresent())
            .count());
  }
}
