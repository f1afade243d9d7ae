package io.twinloom.functions.outcome;

import io.twinloom.functions.port.Handed;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import io.twinloom.model.TwinloomException;
import java.util.List;
import java.util.Optional;

/** What a function has made of one event. */
public sealed interface Outcome {

  /**
   * It is done, once all that it passes on is taken.
   *
   * @param next what other functions of this cloud are invoked with, asynchronously
   * @param answer what a caller that waits gets; an object without members where there is nothing
   *     to tell
   * @param lacking why it comes again all the same, once {@code next} is taken: something else that
   *     it causes cannot be done now; empty where nothing is lacking
   */
  record Done(List<Handed> next, JsonValue answer, Optional<TwinloomException> lacking)
      implements Outcome {

    /** Nothing follows from it. */
    public static final Done NOTHING = answering(JsonObject.EMPTY);

    public Done {
      next = List.copyOf(next);
    }

    /** Done, with what follows. */
    public Done(List<Handed> next, JsonValue answer) {
      this(next, answer, Optional.empty());
    }

    /** Done, with an answer. */
    public static Done answering(JsonValue answer) {
      return new Done(List.of(), answer);
    }

    /** Done, once another function has it. */
    public static Done handing(Handed next) {
      return new Done(List.of(next), JsonObject.EMPTY);
    }
  }

  /** It failed, which counts as an attempt. */
  record Failed(TwinloomException why) implements Outcome {}

  /** It could not be tried now, for a reason that says nothing of the event: no attempt. */
  record PutOff(TwinloomException why) implements Outcome {}

  /**
   * It is a dead letter, since it would fail again as it is.
   *
   * @param attempts how often it was tried
   */
  record GivenUp(TwinloomException why, int attempts) implements Outcome {}
}
