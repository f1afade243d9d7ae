package io.twinloom.topology;

import io.twinloom.model.Provider;

/**
 * One thing that one function may do on its own cloud. What stands in no permission it may not do,
 * except for what every function may: write its log and keep its dead letters.
 *
 * @param cloud where the function is, and what it may do it to
 * @param function the name of the function that may
 * @param target the name of the function, store or topic that it may do it to; its own name where
 *     it does it for itself
 */
public record Permission(Provider cloud, String function, Action action, String target) {

  /** The function that may. */
  public FunctionId id() {
    return new FunctionId(cloud, function);
  }

  /** What can be allowed. */
  public enum Action {
    /** Call a function or hand it an event. */
    INVOKE,
    /** Start a run of the workflow. */
    RUN_WORKFLOW,
    /** Query items of the hot store. */
    READ_ITEMS,
    /** Put items into the hot store under a condition. */
    WRITE_ITEMS,
    /** Take items out of the hot store. */
    DELETE_ITEMS,
    /** List the keys of a bucket. */
    LIST_OBJECTS,
    /** Read objects of a bucket, their digests among them. */
    READ_OBJECTS,
    /** Put objects into a bucket under a condition. */
    WRITE_OBJECTS,
    /** Take objects out of a bucket. */
    DELETE_OBJECTS,
    /** Ask for objects that must be restored before they can be read. */
    RESTORE_OBJECTS,
    /** Read entities of the twin graph. */
    READ_GRAPH,
    /** Set property values in the twin graph. */
    WRITE_GRAPH,
    /** Publish to the devices' command topic. */
    SEND_COMMANDS,
    /** Keep what a mover set out to do until it is done; the target is the mover. */
    KEEP_PLANS,
    /** Keep for a while what was answered to signed requests; the target is the receiver. */
    KEEP_ANSWERS,
    /** Share with its other processes which receivers do not answer; the target is the sender. */
    KEEP_CIRCUITS,
    /** Count the runs of a message of its queue that began and did not end. */
    KEEP_RUNS,
    /** Note which devices use the cloud; the target is the function. */
    NOTE_DEVICES,
    /** Look up whether a device uses the cloud; the target is the function. */
    FIND_DEVICES;

    /** Whether the target is a store. */
    public boolean isOnStore() {
      return switch (this) {
        case INVOKE,
            RUN_WORKFLOW,
            SEND_COMMANDS,
            KEEP_PLANS,
            KEEP_ANSWERS,
            KEEP_CIRCUITS,
            KEEP_RUNS,
            NOTE_DEVICES,
            FIND_DEVICES ->
            false;
        case READ_ITEMS,
            WRITE_ITEMS,
            DELETE_ITEMS,
            LIST_OBJECTS,
            READ_OBJECTS,
            WRITE_OBJECTS,
            DELETE_OBJECTS,
            RESTORE_OBJECTS,
            READ_GRAPH,
            WRITE_GRAPH ->
            true;
      };
    }

    /** Whether the target is a function. */
    public boolean isOnFunction() {
      return this == INVOKE || this == RUN_WORKFLOW;
    }
  }
}
