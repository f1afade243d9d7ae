package io.twinloom.functions.pipeline;

import io.twinloom.functions.FunctionsError;
import io.twinloom.functions.error.Refused;
import io.twinloom.functions.outcome.Outcome;
import io.twinloom.functions.outcome.Outcome.Done;
import io.twinloom.functions.outcome.Outcome.Failed;
import io.twinloom.functions.outcome.Outcome.GivenUp;
import io.twinloom.functions.outcome.Outcome.PutOff;
import io.twinloom.functions.port.FunctionRuntime;
import io.twinloom.functions.port.Handed;
import io.twinloom.functions.telemetry.DeviceMessage;
import io.twinloom.json.JsonObject;
import io.twinloom.model.TwinloomException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One run of a function on a device's message. Where that is a list, each of its measurements is
 * accepted or refused by itself; what fails for another reason has all of the list come again,
 * whose measurements overwrite themselves. Used by one thread.
 */
final class MessageRun {

  private final MessageBody function;
  private final Invocation invocation;
  private final FunctionRuntime runtime;
  private final List<Listed> listed = new ArrayList<>();

  /** A measurement of a list. */
  private record Listed(DeviceMessage measurement, Ended ended) {}

  /**
   * @param invocation of the message as a whole
   */
  MessageRun(MessageBody function, Invocation invocation, FunctionRuntime runtime) {
    this.function = function;
    this.invocation = invocation;
    this.runtime = runtime;
  }

  Outcome run(JsonObject event) {
    DeviceMessage message = message(event);
    invocation.device(message.channelDevice());
    List<DeviceMessage> measurements = function.measurements(message);
    if (measurements.size() == 1 && measurements.getFirst().place().equals(message.place())) {
      return function.run(message, invocation);
    }
    List<Handed> next = new ArrayList<>();
    Optional<TwinloomException> lacking = Optional.empty();
    for (DeviceMessage measurement : measurements) {
      Invocation own = invocation.ofPart(runtime.traceIds().get());
      Outcome outcome = run(measurement, own);
      listed.add(new Listed(measurement, new Ended(own, withoutNext(outcome))));
      switch (outcome) {
        case Done done -> next.addAll(done.next());
        case GivenUp given -> own.outcome(given.why().code());
        case Failed failed -> lacking = Optional.of(failed.why());
        case PutOff putOff -> lacking = Optional.of(putOff.why());
      }
    }
    return new Done(next, JsonObject.EMPTY, lacking);
  }

  private Outcome run(DeviceMessage measurement, Invocation own) {
    try {
      return function.run(measurement, own);
    } catch (RuntimeException e) {
      return own.failure(e);
    }
  }

  private static Outcome withoutNext(Outcome outcome) {
    return outcome instanceof Done done ? Done.answering(done.answer()) : outcome;
  }

  private static DeviceMessage message(JsonObject event) {
    try {
      return DeviceMessage.of(event);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw Refused.of(
          FunctionsError.MESSAGE_SYNTAX,
          "The event is not a device message.",
          "Let the device send a JSON object, or a list of them.");
    }
  }

  /**
   * Ends a list whose measurements were passed on: keeps those that were refused, and counts.
   *
   * @throws TwinloomException if one cannot be kept
   */
  void settle() {
    for (Listed one : listed) {
      if (one.ended().outcome() instanceof GivenUp given) {
        one.ended()
            .invocation()
            .deadLetter(one.measurement().toEvent(), given.why(), given.attempts());
      }
    }
    for (int i = 1; i < listed.size(); i++) {
      invocation.count(Invocation.LISTED);
    }
  }

  /**
   * What became of the measurements of a list.
   *
   * @param message of all of it: one that did not end well has those come again that did
   * @return none where the message is no list
   */
  List<Ended> ended(Outcome message) {
    if (message instanceof Done) {
      return listed.stream().map(Listed::ended).toList();
    }
    return listed.isEmpty() ? List.of() : List.of(new Ended(invocation, message));
  }
}
