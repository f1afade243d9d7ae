package io.twinloom.functions.port;

import io.twinloom.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Invokes other functions of the same cloud, by name, without waiting for them. */
@FunctionalInterface
public interface AsyncInvoker {

  /**
   * Invokes a function asynchronously, at least once; failures are tried again and end as a dead
   * letter. When this returns, the event is at least as safe as what caused it: the caller may
   * report success.
   *
   * @throws InvocationException if the function is unknown or the event cannot be kept
   */
  void invokeLater(String function, JsonObject event);

  /**
   * Why nothing can be passed on at the moment, whatever it is; empty where that is not known
   * before it is tried.
   */
  default Optional<InvocationException> whyFull() {
    return Optional.empty();
  }

  /**
   * Passes on what the events of one run have caused, each as {@link #invokeLater} does. What is
   * refused leaves what other events cause alone; what the same event causes behind it is not
   * passed on, since the event comes again, unless what is refused stands for itself.
   *
   * @param byCause for each event of the run, in order, what it passes on
   * @return for each of these, in the same places, why it was refused; empty where it is taken
   */
  default List<List<Optional<InvocationException>>> handOn(List<List<Handed>> byCause) {
    List<List<Optional<InvocationException>>> all = new ArrayList<>(byCause.size());
    for (List<Handed> caused : byCause) {
      List<Optional<InvocationException>> refusals = new ArrayList<>(caused.size());
      Optional<InvocationException> failed = Optional.empty();
      for (Handed handed : caused) {
        Optional<InvocationException> refusal = failed.isPresent() ? failed : refusal(handed);
        refusals.add(refusal);
        failed = handed.replayable() ? failed : refusal;
      }
      all.add(refusals);
    }
    return all;
  }

  private Optional<InvocationException> refusal(Handed handed) {
    try {
      invokeLater(handed.function(), handed.event());
      return Optional.empty();
    } catch (InvocationException e) {
      return Optional.of(e);
    }
  }
}
