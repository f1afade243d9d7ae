package io.twinloom.model.function;

import io.twinloom.model.FunctionKind;
import io.twinloom.model.Layer;
import io.twinloom.model.UserCode;
import io.twinloom.model.function.Existence.DuringCopy;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One row of the table of functions: what holds for a kind of function in every twin and on every
 * cloud.
 *
 * @param kind which function
 * @param place where it runs
 * @param content what its invocation runs
 * @param existence when a twin has it
 * @param purpose what it is for
 * @param ports what it uses of its cloud
 * @param calls whom it calls, and who calls it
 * @param running how it is run
 */
public record FunctionSpec(
    FunctionKind kind,
    Place place,
    Content content,
    Existence existence,
    Purpose purpose,
    Ports ports,
    Calls calls,
    Running running) {

  /**
   * Where a function runs.
   *
   * @param layer the layer it belongs to
   * @param without the layer on whose cloud it runs where a twin lacks its own
   */
  public record Place(Layer layer, Optional<Layer> without) {}

  /** What an invocation runs. */
  public enum Runs {
    /** Twinloom's own code, one artifact for all functions of a cloud. */
    SYSTEM_CODE,
    /** A package of the user's code. */
    USER_CODE,
    /** A definition that the cloud's workflow service interprets. */
    WORKFLOW
  }

  /**
   * What an invocation runs.
   *
   * @param code the role of the user's code that it is; empty for {@link Runs#SYSTEM_CODE} and
   *     {@link Runs#WORKFLOW}
   */
  public record Content(Runs runs, Optional<UserCode.Role> code) {
    public Content {
      if (code.isPresent() != (runs == Runs.USER_CODE)) {
        throw new IllegalArgumentException("A function runs " + runs + " with " + code);
      }
    }
  }

  /**
   * What a function uses of its cloud.
   *
   * @param needs the ports, and for a store what it does with it
   * @param primed the port whose first call somebody waits for: a host loads what that needs while
   *     it starts
   */
  public record Ports(Map<Need, Set<Access>> needs, Optional<Need> primed) {
    public Ports {
      needs = Collections.unmodifiableMap(new EnumMap<>(needs));
    }
  }

  /**
   * Whom a function calls, and who calls it.
   *
   * @param receiver what makes it a receiver; empty where it is none
   * @param invokes the functions that it invokes on its own cloud, in their order
   * @param sends the receivers that it calls on other clouds, in their order
   * @param switches which functions a setting of it says exist
   */
  public record Calls(
      Optional<Receiver> receiver,
      List<Callee> invokes,
      List<Remote> sends,
      List<Switch> switches) {
    public Calls {
      invokes = List.copyOf(invokes);
      sends = List.copyOf(sends);
      switches = List.copyOf(switches);
    }
  }

  /**
   * How a function is run.
   *
   * @param size its time and memory
   * @param rhythm how often it runs by itself
   * @param queue the queue of its name on which waits what it is handed asynchronously; empty where
   *     that waits where the cloud keeps it
   * @param verified how {@code verify} follows a measurement through it
   */
  public record Running(
      Size size,
      Optional<Rhythm> rhythm,
      Optional<QueueUse> queue,
      Optional<VerifyStep> verified) {}

  public Layer layer() {
    return place.layer();
  }

  public Optional<Layer> layerWithout() {
    return place.without();
  }

  public Runs runs() {
    return content.runs();
  }

  public Optional<UserCode.Role> code() {
    return content.code();
  }

  public Map<Need, Set<Access>> needs() {
    return ports.needs();
  }

  public Optional<Need> primed() {
    return ports.primed();
  }

  public Optional<Receiver> receiver() {
    return calls.receiver();
  }

  public List<Callee> invokes() {
    return calls.invokes();
  }

  public List<Remote> sends() {
    return calls.sends();
  }

  public List<Switch> switches() {
    return calls.switches();
  }

  public Size size() {
    return running.size();
  }

  public Optional<Rhythm> rhythm() {
    return running.rhythm();
  }

  public Optional<QueueUse> queue() {
    return running.queue();
  }

  public Optional<VerifyStep> verified() {
    return running.verified();
  }

  /** The row of a kind. */
  public static FunctionSpec of(FunctionKind kind) {
    return FunctionTable.row(kind);
  }

  /** The kinds that {@code verify} follows a measurement through in this way, in their order. */
  public static List<FunctionKind> verified(VerifyStep step) {
    return List.of(FunctionKind.values()).stream()
        .filter(kind -> of(kind).verified().filter(step::equals).isPresent())
        .toList();
  }

  /** Whether what it is handed asynchronously waits on a queue of its own. */
  public boolean queued() {
    return queue().isPresent();
  }

  /** Whether it is invoked asynchronously: of the user's code only actions are. */
  public boolean invokedLater() {
    return runs() != Runs.USER_CODE
        || code().filter(UserCode.Role.EVENT_ACTION::equals).isPresent();
  }

  /** Whether it uses this port. */
  public boolean needs(Need need) {
    return needs().containsKey(need);
  }

  /**
   * Whether it cannot do without this port: a store of its own layer is always on its cloud, one of
   * another layer may be elsewhere, and is then reached through a receiver. What copies the store
   * of one of several layers, or may run elsewhere, does not always have it.
   */
  public boolean requires(Need need) {
    boolean oneOfSeveral = existence instanceof DuringCopy(List<Layer> of) && of.size() > 1;
    boolean elsewhere = isCopier() && layerWithout().isPresent();
    return needs(need)
        && need.layer().filter(of -> of != layer() || oneOfSeveral || elsewhere).isEmpty();
  }

  /** Whether it copies for a change: it is there for that alone, and nothing is sent to it. */
  public boolean isCopier() {
    return existence instanceof DuringCopy && receiver().isEmpty();
  }

  /**
   * Whether it does nothing but answer what somebody wants to know, by itself or through others.
   */
  public boolean onlyReads() {
    List<Remote> others = sends().stream().filter(to -> !to.withinLayer()).toList();
    return receiver().filter(Receiver::isReader).isPresent()
        || !others.isEmpty() && others.stream().allMatch(to -> of(to.receiver()).onlyReads());
  }

  /** Whether it keeps something in the state that a cloud has beside the tiers. */
  public boolean keepsState() {
    return needs().keySet().stream().anyMatch(Need::isState);
  }
}
