package io.twinloom.model.function;

import io.twinloom.model.FunctionKind;
import io.twinloom.model.Layer;
import io.twinloom.model.UserCode;
import io.twinloom.model.function.FunctionSpec.Runs;
import io.twinloom.model.function.QueueUse.WaitsFor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a row is made of: all but kind, layer and purpose has a value for most functions. */
final class FunctionSpecBuilder {
  private final FunctionKind kind;
  private final Layer layer;
  private final Map<Need, Set<Access>> needs = new EnumMap<>(Need.class);
  private final List<Callee> invokes = new ArrayList<>();
  private final List<Remote> sends = new ArrayList<>();
  private final List<Switch> switches = new ArrayList<>();
  private Purpose purpose;
  private Optional<Layer> layerWithout = Optional.empty();
  private Runs runs = Runs.SYSTEM_CODE;
  private Optional<UserCode.Role> code = Optional.empty();
  private Existence existence = new Existence.Always();
  private Optional<Receiver> receiver = Optional.empty();
  private Size size = FunctionTable.USUAL;
  private Optional<Rhythm> rhythm = Optional.empty();
  private Optional<QueueUse> queue = Optional.empty();
  private Optional<Need> primed = Optional.empty();
  private Optional<VerifyStep> verified = Optional.empty();

  FunctionSpecBuilder(FunctionKind kind, Layer layer, String purpose) {
    this.kind = kind;
    this.layer = layer;
    this.purpose = new Purpose(purpose, Optional.empty());
  }

  FunctionSpecBuilder purposeWhereRemote(String text) {
    purpose = new Purpose(purpose.text(), Optional.of(text));
    return this;
  }

  FunctionSpecBuilder orWithoutIt(Layer other) {
    layerWithout = Optional.of(other);
    return this;
  }

  FunctionSpecBuilder runs(UserCode.Role role) {
    runs = Runs.USER_CODE;
    code = Optional.of(role);
    return this;
  }

  FunctionSpecBuilder isWorkflow() {
    runs = Runs.WORKFLOW;
    return this;
  }

  FunctionSpecBuilder exists(Existence... all) {
    existence = all.length == 1 ? all[0] : new Existence.All(List.of(all));
    return this;
  }

  FunctionSpecBuilder receives(String variable) {
    receiver = Optional.of(Receiver.pushed(variable, "", false));
    return this;
  }

  /** A receiver at which a repeat would have an effect. */
  FunctionSpecBuilder receivesOnce(String variable, String idSuffix) {
    receiver = Optional.of(Receiver.pushed(variable, idSuffix, true));
    return needs(Need.RECORDED_ANSWERS);
  }

  /** A receiver, one request to which may hold several events. */
  FunctionSpecBuilder takesLists() {
    receiver = receiver.map(Receiver::takingLists);
    return this;
  }

  FunctionSpecBuilder isRead(String variable, boolean view, String why) {
    String suffix = "_" + kind.id().replace('-', '_');
    receiver = Optional.of(Receiver.pulled(variable, suffix, why, view));
    return this;
  }

  FunctionSpecBuilder needs(Need need, Access... how) {
    needs.put(need, Collections.unmodifiableSet(new LinkedHashSet<>(List.of(how))));
    return this;
  }

  FunctionSpecBuilder invokes(FunctionKind callee, String variable) {
    return invokes(new Callee.Named(callee, variable));
  }

  FunctionSpecBuilder invokes(Callee callee) {
    invokes.add(callee);
    return needs(callee instanceof Callee.Workflow ? Need.WORKFLOWS : Need.INVOKER);
  }

  FunctionSpecBuilder sends(FunctionKind to) {
    sends.add(new Remote(to, false, false));
    return needs(Need.REMOTE);
  }

  FunctionSpecBuilder sendsOrRedelivers(FunctionKind to) {
    sends.add(new Remote(to, true, false));
    return needs(Need.REMOTE);
  }

  /** Calls what the receiver's layer has on another cloud while the twin is being changed. */
  FunctionSpecBuilder sendsWithinLayer(FunctionKind to) {
    sends.add(new Remote(to, false, true));
    return needs(Need.REMOTE);
  }

  private FunctionSpecBuilder switches(String variable, FunctionKind on) {
    switches.add(new Switch(variable, on));
    return this;
  }

  /** Its settings say which of the functions that follow from events exist. */
  FunctionSpecBuilder switchedByEvents() {
    return switches("USE_EVENT_CHECKING", FunctionKind.EVENT_CHECKER)
        .switches("USE_WORKFLOW", FunctionKind.WORKFLOW)
        .switches("USE_FEEDBACK", FunctionKind.EVENT_FEEDBACK);
  }

  FunctionSpecBuilder size(Size own) {
    size = own;
    return this;
  }

  FunctionSpecBuilder runs(Rhythm often) {
    rhythm = Optional.of(often);
    return this;
  }

  /** Events wait for it on a queue of its own. */
  FunctionSpecBuilder isQueued() {
    return isQueued(WaitsFor.NOTHING);
  }

  FunctionSpecBuilder isQueued(WaitsFor waitsFor) {
    return isQueued(new QueueUse(false, FunctionTable.USUAL_AT_ONCE, waitsFor));
  }

  FunctionSpecBuilder isQueued(QueueUse use) {
    queue = Optional.of(use);
    return this;
  }

  FunctionSpecBuilder primes(Need port) {
    primed = Optional.of(port);
    return this;
  }

  FunctionSpecBuilder verified(VerifyStep step) {
    verified = Optional.of(step);
    return this;
  }

  FunctionSpec build() {
    return new FunctionSpec(
        kind,
        new FunctionSpec.Place(layer, layerWithout),
        new FunctionSpec.Content(runs, code),
        existence,
        purpose,
        new FunctionSpec.Ports(needs, primed),
        new FunctionSpec.Calls(receiver, invokes, sends, switches),
        new FunctionSpec.Running(size, rhythm, queue, verified));
  }
}
