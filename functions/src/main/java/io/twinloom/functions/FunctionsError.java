package io.twinloom.functions;

import static io.twinloom.model.error.ErrorFacts.permanent;
import static io.twinloom.model.error.ErrorFacts.temporary;

import io.twinloom.model.error.ErrorCode;
import io.twinloom.model.error.ErrorFacts;

/** The codes that functions fail and refuse with. */
public enum FunctionsError implements ErrorCode {
  BODY(
      permanent(
          400, "The body of a request is missing or not a JSON object.", "Send a JSON object.")),
  CHUNK(
      permanent(
          400,
          "A chunk in a request is malformed.",
          "Send the body that cold-writer or archive-writer takes.")),
  CHUNK_CONFLICT(
      permanent(409, "The key of a chunk holds other content already.", "Take the next index.")),
  COMMAND(permanent(400, "A command to a device is malformed.", "Send a device id and a payload.")),
  COMMAND_NOT_TAKEN(
      permanent(
          409,
          "The device channel does not accept a command now.",
          "Replay the dead letter when the device is connected.")),
  ENVELOPE(
      permanent(
          400,
          "The envelope of an event between clouds is malformed.",
          "Send the envelope that docs/multi-cloud.md describes, to the function that "
              + "takes its type.")),
  HTTP_400(
      permanent(
          400,
          "A request was refused as malformed (outcome in the log).",
          "Correct the request as its answer says.")),
  HTTP_401(
      permanent(
          401,
          "A request to a reader without a valid token or signature was refused (outcome "
              + "in the log).",
          "Send the connection's token; after a rotation, the new one.")),
  HTTP_403(
      permanent(
          403,
          "A request to a receiver without a valid token or signature was refused "
              + "(outcome in the log).",
          "Send the connection's token; after a rotation, the new one.")),
  HTTP_404(
      permanent(
          404,
          "A request to a function without an endpoint was refused (outcome in the log).",
          "Call a function that has an endpoint; 'twinloom status' lists them.")),
  HTTP_405(
      permanent(
          405,
          "A request with a method that is not allowed was refused (outcome in the log).",
          "Use POST; readers take GET too.")),
  HTTP_409(
      permanent(
          409,
          "A signed request with the id of another one was refused (outcome in the log).",
          "Send each request with an id of its own.")),
  HTTP_413(
      permanent(
          413,
          "A request with a body that is too large was refused (outcome in the log).",
          "Send less in one request.")),
  INTERNAL(
      temporary(
          500,
          "A function failed unexpectedly: a fault of Twinloom.",
          "Report it with the log line.")),
  INVOKE_FUNCTION_FAILED(
      permanent(
          500,
          "A function that was invoked failed.",
          "See the message of that function, correct it, and replay the dead letter.")),
  INVOKE_LIMIT_EXCEEDED(
      permanent(
          500,
          "A function that was invoked exceeded its time or memory.",
          "Make the function do less for an event, or raise its limit.")),
  INVOKE_UNAVAILABLE(
      temporary(
          503,
          "A function could not be reached, or its event could not be stored.",
          "See the log of the cloud; the invocation is repeated automatically.")),
  INVOKE_UNKNOWN_FUNCTION(
      permanent(404, "A function that is invoked does not exist.", "Deploy the twin again.")),
  MESSAGE_DEVICE(
      permanent(
          400,
          "A message names no device, or another one than it came from.",
          "Send the id of a configured device.")),
  MESSAGE_SYNTAX(
      permanent(
          400,
          "A message is neither a valid JSON object nor a list of them.",
          "Let the device send a JSON object, or a list of 1 to 1,000.")),
  MESSAGE_TIME(
      permanent(
          400,
          "The timestamp of a message is missing or invalid.",
          "Send the time of the measurement as ISO 8601.")),
  MOVE(permanent(400, "A request to a mover is malformed.", "Give a time as ISO 8601.")),
  MOVE_OVERTAKEN(
      temporary(
          409,
          "Another run has taken over the plan of this mover's run.",
          "Nothing to do: the other run carries the plan out.")),
  QUERY(
      permanent(
          400,
          "The parameters of a query are invalid.",
          "Correct the parameter that the error names.")),
  REMOTE_ANSWER(
      permanent(
          502,
          "A remote reader answered with something else than a JSON object.",
          "Check that the connection's address is that of a reader.")),
  REMOTE_CIRCUIT_OPEN(
      temporary(
          503,
          "The circuit breaker of a connection is open: most of the last requests to the "
              + "receiver failed.",
          "Check the receiver; requests are sent again automatically once it answers.")),
  REMOTE_REFUSED(
      permanent(
          502,
          "A remote function refused a request.",
          "See the receiver's log for the reason, then replay the dead letter.")),
  REMOTE_UNAVAILABLE(
      temporary(
          503,
          "A remote function did not answer, or answered that it cannot now.",
          "Check that the receiver runs and can be reached; the request is sent again "
              + "automatically.")),
  SETTING_BAD(
      permanent(
          500,
          "An environment variable of a function has a value that cannot be used.",
          "Correct the project and deploy again.")),
  SETTING_MISSING(
      permanent(
          500,
          "An environment variable of a function is missing.",
          "Deploy again: the deployer sets it.")),
  STORE_FAILED(
      temporary(
          503,
          "A store failed.",
          "See the cause in the log; the operation is repeated automatically.")),
  STORE_MOVED(
      temporary(
          503,
          "The store behind a function has moved to another cloud.",
          "Nothing to do: senders get the new address, and what is put off is sent there.")),
  STORE_THROTTLED(
      temporary(
          503,
          "A store throttles.",
          "Nothing to do if it passes; else raise the store's capacity. The operation is repeated "
              + "automatically.")),
  STORE_UNAVAILABLE(
      temporary(
          503,
          "A store is full or cannot be reached.",
          "See that the store is there and has room; the operation is repeated automatically.")),
  TIER_ANSWER(
      permanent(
          502,
          "The reader of a tier answered in an unknown form.",
          "Check that the connection's address is that of a reader.")),
  TOO_LARGE(permanent(413, "A message or request is too large.", "Send less at once.")),
  TWIN_REFUSES(
      permanent(
          409,
          "The twin service that a twin moves to does not take the newest value of a property.",
          "See the log of its twin-updater, correct it, and deploy again; or take the change back "
              + "with 'twinloom deploy --cancel'.")),
  TWIN_UNKNOWN(
      permanent(
          404,
          "The twin has no entity, component or component type with this id.",
          "List what there is with ListEntities or ListComponentTypes.")),
  USER_LOGIC(
      temporary(500, "User code failed.", "Correct the code, deploy, and replay the dead letter.")),
  VERIFY_LATE(
      permanent(
          200,
          "A marked measurement of 'verify' arrived after its time limit and was dropped "
              + "(outcome in the log).",
          "Nothing to do; give 'verify' a longer limit if this happens often."));

  private final ErrorFacts facts;

  FunctionsError(ErrorFacts facts) {
    this.facts = facts;
  }

  @Override
  public ErrorFacts facts() {
    return facts;
  }

  /** The outcome of a request that is refused with this status before its function sees it. */
  public static FunctionsError ofStatus(int status) {
    return valueOf("HTTP_" + status);
  }
}
