package io.twinloom.model.function;

import static io.twinloom.model.FunctionKind.ARCHIVE_READER;
import static io.twinloom.model.FunctionKind.ARCHIVE_WRITER;
import static io.twinloom.model.FunctionKind.COLD_READER;
import static io.twinloom.model.FunctionKind.COLD_WRITER;
import static io.twinloom.model.FunctionKind.CONNECTOR;
import static io.twinloom.model.FunctionKind.EVENT_ACTION;
import static io.twinloom.model.FunctionKind.EVENT_CHECKER;
import static io.twinloom.model.FunctionKind.EVENT_FEEDBACK;
import static io.twinloom.model.FunctionKind.FEEDBACK_GATEWAY;
import static io.twinloom.model.FunctionKind.HOT_COPY_WRITER;
import static io.twinloom.model.FunctionKind.HOT_READER;
import static io.twinloom.model.FunctionKind.HOT_READER_LAST_ENTRY;
import static io.twinloom.model.FunctionKind.HOT_WRITER;
import static io.twinloom.model.FunctionKind.INGESTION;
import static io.twinloom.model.FunctionKind.PERSISTER;
import static io.twinloom.model.FunctionKind.PROCESSOR;
import static io.twinloom.model.FunctionKind.TWIN_UPDATER;
import static io.twinloom.model.FunctionKind.USER_FEEDBACK;
import static io.twinloom.model.FunctionKind.USER_PROCESSOR;
import static io.twinloom.model.FunctionKind.WORKFLOW;
import static io.twinloom.model.Layer.L1;
import static io.twinloom.model.Layer.L2;
import static io.twinloom.model.Layer.L3_ARCHIVE;
import static io.twinloom.model.Layer.L3_COLD;
import static io.twinloom.model.Layer.L3_HOT;
import static io.twinloom.model.Layer.L4;
import static io.twinloom.model.function.Access.DELETE;
import static io.twinloom.model.function.Access.LIST;
import static io.twinloom.model.function.Access.READ;
import static io.twinloom.model.function.Access.RESTORE;
import static io.twinloom.model.function.Access.WRITE;
import static io.twinloom.model.function.Need.ARCHIVE_STORE;
import static io.twinloom.model.function.Need.COLD_STORE;
import static io.twinloom.model.function.Need.DEAD_LETTERS;
import static io.twinloom.model.function.Need.DEVICES;
import static io.twinloom.model.function.Need.HOT_STORE;
import static io.twinloom.model.function.Need.INVOKER;
import static io.twinloom.model.function.Need.MOVE_PLANS;
import static io.twinloom.model.function.Need.SEEN_DEVICES;
import static io.twinloom.model.function.Need.TWIN_GRAPH;

import io.twinloom.model.EventRule.ActionType;
import io.twinloom.model.FunctionKind;
import io.twinloom.model.Layer;
import io.twinloom.model.UserCode.Role;
import io.twinloom.model.function.Existence.Apart;
import io.twinloom.model.function.Existence.DuringCopy;
import io.twinloom.model.function.Existence.Option;
import io.twinloom.model.function.Existence.Switched;
import io.twinloom.model.function.Existence.TwinIsPushedTo;
import io.twinloom.model.function.Existence.WithCode;
import io.twinloom.model.function.QueueUse.WaitsFor;
import java.util.List;

/**
 * The table of functions: one row a kind. Only the row that is asked for is made, since a function
 * on a cloud needs its own while somebody waits for it to start.
 */
final class FunctionTable {

  /** A receiver's caller waits for 30 s. */
  static final Size USUAL = new Size(30, 512);

  /** A sender's calls may take three retries of 30 s each. */
  private static final Size SENDER = new Size(150, 512);

  private static final Size USER_CODE = new Size(30, 256);

  /** It waits for the user's code, which has 30 s, and has that again for itself. */
  private static final Size CALLER = new Size(60, 512);

  /** It waits for the user's code, and then sends. */
  private static final Size CALLER_AND_SENDER = new Size(180, 512);

  /** It continues where it stopped, so it takes all the time there is. */
  private static final Size MOVER = new Size(900, 1024);

  private static final Size CHUNK_WRITER = new Size(30, 1024);

  private static final Size HISTORY = new Size(60, 1024);

  /** So many messages of a queue are handled at once, and of those that all measurements pass. */
  static final int USUAL_AT_ONCE = 20;

  private static final int MOST_AT_ONCE = 50;

  private static final String HOT_STORE_READ = "L4 on {cloud} reads the hot store through it";
  private static final String HISTORY_READ = "the history is read on {cloud}";

  private FunctionTable() {}

  static FunctionSpec row(FunctionKind kind) {
    return switch (kind) {
      case DISPATCHER ->
          of(kind, L1, "normalises what the devices send and invokes what processes it")
              .needs(DEAD_LETTERS)
              .needs(SEEN_DEVICES, WRITE)
              .invokes(new Callee.Suffixed(CONNECTOR, "TARGET_FUNCTION_SUFFIX"))
              .invokes(new Callee.Suffixed(PROCESSOR, "TARGET_FUNCTION_SUFFIX"))
              .primes(INVOKER)
              .verified(VerifyStep.INBOUND)
              .isQueued(new QueueUse(true, MOST_AT_ONCE, WaitsFor.NOTHING))
              .build();
      case CONNECTOR ->
          of(kind, L1, "sends measurements to L2, which is on {L2}")
              .exists(new Apart(L1, L2))
              .needs(DEAD_LETTERS)
              .sends(INGESTION)
              .size(SENDER)
              .verified(VerifyStep.INBOUND)
              .isQueued(WaitsFor.STORE_OR_CLOUD)
              .build();
      case FEEDBACK_GATEWAY ->
          of(kind, L1, "passes L2's commands to the devices")
              .exists(new Switched(Option.FEEDBACK), new Apart(L1, L2))
              .receivesOnce("REMOTE_FEEDBACK", "_feedback")
              .needs(DEVICES)
              .needs(SEEN_DEVICES, READ)
              .sendsWithinLayer(FEEDBACK_GATEWAY)
              .build();
      case INGESTION ->
          of(kind, L2, "receives the measurements of L1, which is on {L1}")
              .exists(new Apart(L1, L2))
              .receivesOnce("REMOTE_INGESTION", "")
              .takesLists()
              .invokes(new Callee.ByConvention(PROCESSOR))
              .primes(INVOKER)
              .verified(VerifyStep.INBOUND)
              .build();
      case PROCESSOR ->
          of(kind, L2, "runs the user's code on each event")
              .invokes(new Callee.ByConvention(USER_PROCESSOR))
              .invokes(PERSISTER, "PERSISTER_LAMBDA_NAME")
              .size(CALLER)
              .primes(INVOKER)
              .verified(VerifyStep.INBOUND)
              .isQueued(WaitsFor.USER_CODE)
              .build();
      case USER_PROCESSOR ->
          of(kind, L2, "the user's code for a device, or for devices without code of their own")
              .runs(Role.PROCESSOR)
              .exists(new WithCode(Role.PROCESSOR))
              .size(USER_CODE)
              .build();
      case PERSISTER ->
          of(kind, L2, "writes each event to the hot store")
              .purposeWhereRemote("sends each event to the hot store, which is on {L3 hot}")
              .needs(HOT_STORE, WRITE)
              .needs(DEAD_LETTERS)
              .invokes(EVENT_CHECKER, "EVENT_CHECKER_LAMBDA_NAME")
              .invokes(TWIN_UPDATER, "TWIN_UPDATER_LAMBDA_NAME")
              .sends(HOT_WRITER)
              .sendsOrRedelivers(TWIN_UPDATER)
              .switchedByEvents()
              .size(SENDER)
              .primes(HOT_STORE)
              .verified(VerifyStep.INBOUND)
              .isQueued(new QueueUse(false, MOST_AT_ONCE, WaitsFor.STORE_OR_CLOUD))
              .build();
      case EVENT_CHECKER ->
          of(kind, L2, "evaluates the rules, since useEventChecking is on")
              .exists(new Switched(Option.EVENT_CHECKING))
              .needs(DEAD_LETTERS)
              .invokes(new Callee.OfRule(EVENT_ACTION, ActionType.FUNCTION))
              .invokes(new Callee.Workflow(WORKFLOW))
              .invokes(EVENT_FEEDBACK, "EVENT_FEEDBACK_LAMBDA_NAME")
              .switchedByEvents()
              .size(CALLER)
              .primes(INVOKER)
              .verified(VerifyStep.AFTER_STORING)
              .isQueued()
              .build();
      case EVENT_ACTION ->
          of(kind, L2, "the user's code for an event action")
              .runs(Role.EVENT_ACTION)
              .exists(new Switched(Option.EVENT_CHECKING), new WithCode(Role.EVENT_ACTION))
              .size(USER_CODE)
              .build();
      case WORKFLOW ->
          of(kind, L2, "runs two functions in turn, since triggerNotificationWorkflow is on")
              .isWorkflow()
              .exists(new Switched(Option.WORKFLOW))
              .invokes(new Callee.OfRule(EVENT_ACTION, ActionType.WORKFLOW))
              .build();
      case EVENT_FEEDBACK ->
          of(kind, L2, "sends commands to devices, since returnFeedbackToDevice is on")
              .exists(new Switched(Option.FEEDBACK))
              .needs(DEVICES)
              .needs(SEEN_DEVICES, READ)
              .needs(DEAD_LETTERS)
              .invokes(USER_FEEDBACK, "USER_FEEDBACK_LAMBDA_NAME")
              .sends(FEEDBACK_GATEWAY)
              .size(CALLER_AND_SENDER)
              .isQueued()
              .build();
      case USER_FEEDBACK ->
          of(kind, L2, "the user's code that makes what devices are sent")
              .runs(Role.EVENT_FEEDBACK)
              .exists(new Switched(Option.FEEDBACK), new WithCode(Role.EVENT_FEEDBACK))
              .size(USER_CODE)
              .build();
      case HOT_WRITER ->
          of(kind, L3_HOT, "lets L2 write to the hot store, and nothing else")
              .exists(new Apart(L2, L3_HOT))
              .receives("REMOTE_WRITER")
              .takesLists()
              .needs(HOT_STORE, WRITE)
              .primes(HOT_STORE)
              .verified(VerifyStep.INBOUND)
              .build();
      case HOT_COPY_WRITER ->
          of(kind, L3_HOT, "takes the items of the store that this one replaces")
              .exists(new DuringCopy(List.of(L3_HOT)))
              .receives("REMOTE_COPY_WRITER")
              .needs(HOT_STORE, WRITE, READ)
              .size(CHUNK_WRITER)
              .build();
      case HOT_READER ->
          of(kind, L3_HOT, "answers range queries on the hot store")
              .isRead("REMOTE_READER", true, HOT_STORE_READ)
              .needs(HOT_STORE, READ)
              .sendsWithinLayer(HOT_READER)
              .primes(HOT_STORE)
              .build();
      case HOT_READER_LAST_ENTRY ->
          of(kind, L3_HOT, "answers with the newest values of the hot store")
              .isRead("REMOTE_READER", true, HOT_STORE_READ)
              .needs(HOT_STORE, READ)
              .sendsWithinLayer(HOT_READER_LAST_ENTRY)
              .primes(HOT_STORE)
              .build();
      case HOT_TO_COLD_MOVER ->
          of(kind, L3_HOT, "moves what is older than {hot days} to the cold store")
              .needs(HOT_STORE, READ, DELETE)
              .needs(COLD_STORE, WRITE, READ)
              .needs(MOVE_PLANS)
              .sends(COLD_WRITER)
              .size(MOVER)
              .runs(Rhythm.DAILY)
              .build();
      case COLD_WRITER ->
          of(kind, L3_COLD, "writes chunks to the cold store")
              .exists(new Apart(L3_HOT, L3_COLD))
              .receives("REMOTE_COLD_WRITER")
              .needs(COLD_STORE, WRITE, READ)
              .size(CHUNK_WRITER)
              .build();
      case COLD_READER ->
          of(kind, L3_COLD, "reads the cold store for the history, since history_over_tiers is on")
              .exists(new Switched(Option.HISTORY))
              .isRead("REMOTE_COLD_READER", false, HISTORY_READ)
              .needs(COLD_STORE, LIST, READ)
              .build();
      case COLD_TO_ARCHIVE_MOVER ->
          of(kind, L3_COLD, "moves what is older than {hot and cold days} to the archive")
              .needs(COLD_STORE, LIST, READ, DELETE)
              .needs(ARCHIVE_STORE, WRITE, READ)
              .needs(MOVE_PLANS)
              .sends(ARCHIVE_WRITER)
              .size(MOVER)
              .runs(Rhythm.WEEKLY)
              .build();
      case ARCHIVE_WRITER ->
          of(kind, L3_ARCHIVE, "writes chunks to the archive")
              .exists(new Apart(L3_COLD, L3_ARCHIVE))
              .receives("REMOTE_ARCHIVE_WRITER")
              .needs(ARCHIVE_STORE, WRITE, READ)
              .size(CHUNK_WRITER)
              .build();
      case ARCHIVE_READER ->
          of(kind, L3_ARCHIVE, "reads the archive for the history, since history_over_tiers is on")
              .exists(new Switched(Option.HISTORY))
              .isRead("REMOTE_ARCHIVE_READER", false, HISTORY_READ)
              .needs(ARCHIVE_STORE, LIST, READ)
              .build();
      case STORE_COPIER ->
          of(kind, L3_HOT, "copies a store to the one that replaces it")
              .exists(new DuringCopy(List.of(L3_HOT, L3_COLD, L3_ARCHIVE)))
              .needs(HOT_STORE, READ)
              .needs(COLD_STORE, LIST, READ)
              .needs(ARCHIVE_STORE, LIST, READ, RESTORE)
              .needs(MOVE_PLANS)
              .sendsWithinLayer(HOT_COPY_WRITER)
              .sendsWithinLayer(COLD_WRITER)
              .sendsWithinLayer(ARCHIVE_WRITER)
              .size(MOVER)
              .runs(Rhythm.CONTINUED)
              .build();
      case DATA_CONNECTOR ->
          of(kind, L4, "stands in for the hot reader, which is on {L3 hot}")
              .exists(new Apart(L3_HOT, L4))
              .invokes(HOT_READER, "LOCAL_HOT_READER_NAME")
              .sends(HOT_READER)
              .verified(VerifyStep.READ_BACK)
              .build();
      case DATA_CONNECTOR_LAST_ENTRY ->
          of(kind, L4, "stands in for the reader of newest values, which is on {L3 hot}")
              .exists(new Apart(L3_HOT, L4))
              .invokes(HOT_READER_LAST_ENTRY, "LOCAL_HOT_READER_NAME")
              .sends(HOT_READER_LAST_ENTRY)
              .build();
      case HISTORY_READER ->
          of(kind, L4, "answers range queries over all tiers, since history_over_tiers is on")
              .orWithoutIt(L3_HOT)
              .exists(new Switched(Option.HISTORY))
              .invokes(HOT_READER, "LOCAL_HOT_READER_NAME")
              .invokes(COLD_READER, "LOCAL_COLD_READER_NAME")
              .invokes(ARCHIVE_READER, "LOCAL_ARCHIVE_READER_NAME")
              .sends(HOT_READER)
              .sends(COLD_READER)
              .sends(ARCHIVE_READER)
              .size(HISTORY)
              .verified(VerifyStep.READ_BACK)
              .build();
      case TWIN_UPDATER ->
          of(kind, L4, "applies the newest values to the twin graph")
              .exists(new TwinIsPushedTo())
              .receives("REMOTE_TWIN")
              .takesLists()
              .needs(TWIN_GRAPH, READ, WRITE)
              .verified(VerifyStep.AFTER_STORING)
              .isQueued()
              .build();
      case TWIN_COPIER ->
          of(kind, L4, "sends the newest value of each property to the new twin-updater")
              .orWithoutIt(L3_HOT)
              .exists(new DuringCopy(List.of(L4)))
              .needs(TWIN_GRAPH, READ)
              .needs(MOVE_PLANS)
              .invokes(HOT_READER, "LOCAL_HOT_READER_NAME")
              .invokes(COLD_READER, "LOCAL_COLD_READER_NAME")
              .invokes(ARCHIVE_READER, "LOCAL_ARCHIVE_READER_NAME")
              .invokes(TWIN_UPDATER, "TWIN_UPDATER_LAMBDA_NAME")
              .sends(COLD_READER)
              .sends(ARCHIVE_READER)
              .sends(TWIN_UPDATER)
              .size(MOVER)
              .runs(Rhythm.CONTINUED)
              .build();
    };
  }

  private static FunctionSpecBuilder of(FunctionKind kind, Layer layer, String purpose) {
    return new FunctionSpecBuilder(kind, layer, purpose);
  }
}
