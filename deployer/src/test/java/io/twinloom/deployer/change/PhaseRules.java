package io.twinloom.deployer.change;

import io.twinloom.model.CloudSettings;
import io.twinloom.model.Features;
import io.twinloom.model.FunctionKind;
import io.twinloom.model.Hierarchy;
import io.twinloom.model.Layer;
import io.twinloom.model.Legs;
import io.twinloom.model.Placement;
import io.twinloom.model.Project;
import io.twinloom.model.Provider;
import io.twinloom.model.StoreLegs.Leg;
import io.twinloom.model.StoreLegs.Use;
import io.twinloom.model.TwinConfig;
import io.twinloom.model.function.FunctionSpec;
import io.twinloom.topology.Connection;
import io.twinloom.topology.DeployedFunction;
import io.twinloom.topology.FunctionId;
import io.twinloom.topology.FunctionSettings;
import io.twinloom.topology.Topology;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What must hold of two phases that follow one another, whichever function has the settings of the
 * one and whichever those of the other, so that no measurement is lost, refused, stored twice for
 * ever, or not readable meanwhile.
 */
final class PhaseRules {

  private static final Features ALL = new Features(true, true, true, false, false);

  private final List<String> broken = new ArrayList<>();

  private PhaseRules() {}

  /** What is broken on the way from a layout through phases. */
  static List<String> broken(Layout from, List<Phase> phases) {
    PhaseRules rules = new PhaseRules();
    Laid before = Laid.out(from);
    Optional<Phase.Kind> last = Optional.empty();
    for (Phase phase : phases) {
      Laid after = Laid.out(phase.layout());
      rules.check(before, last, after, phase);
      before = after;
      last = Optional.of(phase.kind());
    }
    return rules.broken;
  }

  /**
   * A layout, and what follows from it.
   *
   * @param callees what each function invokes on its own cloud
   */
  private record Laid(Layout layout, Topology topology, Map<FunctionId, List<String>> callees) {

    static Laid out(Layout layout) {
      Project project = project(layout);
      Topology topology = Topology.of(project);
      Map<String, String> tokens = new HashMap<>();
      topology.connections().forEach(c -> tokens.put(c.id(), "token"));
      Map<FunctionId, List<String>> callees = new HashMap<>();
      FunctionSettings.apart(project, topology, tokens)
          .forEach((id, settings) -> callees.put(id, invoked(settings.open())));
      return new Laid(layout, topology, callees);
    }
  }

  private static Project project(Layout layout) {
    TwinConfig.Signing off = new TwinConfig.Signing(TwinConfig.SigningMode.OFF, Map.of());
    return new Project(
            new TwinConfig("mill", 7, 30, TwinConfig.Mode.PRODUCTION, true, false, off),
            layout.placement(),
            Project.Fleet.of(List.of()),
            new Project.Automation(List.of(), ALL),
            new Hierarchy(List.of(), false),
            List.of(),
            List.of(),
            CloudSettings.NONE)
        .withLegs(layout.placement(), layout.legs());
  }

  private void check(Laid from, Optional<Phase.Kind> last, Laid to, Phase phase) {
    Layout before = from.layout();
    Topology one = from.topology();
    Topology other = to.topology();
    addresses(one, other, phase);
    callees(from, to, phase);
    senders(other, phase);
    removals(one, other, phase);
    drained(before, last, phase, Layer.L1);
    drained(before, last, phase, Layer.L2);
    GraphRules graphs = new GraphRules(what -> fault(phase, what));
    graphs.reads(before, last, phase);
    graphs.copier(one, other, phase);
    for (Layer tier : ChangePlan.TIERS) {
      reads(before, phase.layout(), tier, phase);
      unread(before, last, phase, tier);
      copies(before, phase, tier);
    }
    ChangePlan.MOVING.forEach(layer -> fences(before, phase, layer));
    movers(before, phase);
  }

  private void fault(Phase phase, String what) {
    broken.add(phase.kind() + " of " + phase.layer() + ": " + what);
  }

  /** What a sender of either phase may send to takes that in both. */
  private void addresses(Topology one, Topology other, Phase phase) {
    for (Topology topology : List.of(one, other)) {
      for (Connection c : topology.connections()) {
        boolean sentInBoth =
            c.senders().stream()
                .anyMatch(
                    s ->
                        Stream.of(one, other)
                            .allMatch(
                                t ->
                                    t.functions().stream()
                                        .anyMatch(
                                            f -> f.name().equals(s) && f.cloud() == c.from())));
        boolean takenInBoth =
            Stream.of(one, other)
                .allMatch(t -> t.connections().stream().anyMatch(d -> d.id().equals(c.id())));
        if (sentInBoth && !takenInBoth) {
          fault(phase, c.id() + " is not there in both");
        }
      }
    }
  }

  /** What a function of either phase invokes on its cloud is there in both. */
  private void callees(Laid from, Laid to, Phase phase) {
    Topology one = from.topology();
    Topology other = to.topology();
    for (Laid laid : List.of(from, to)) {
      laid.callees()
          .forEach(
              (id, callees) -> {
                if (one.function(id).isEmpty() || other.function(id).isEmpty()) {
                  return;
                }
                for (String callee : callees) {
                  FunctionId called = new FunctionId(id.cloud(), callee);
                  if (one.function(called).isEmpty() || other.function(called).isEmpty()) {
                    fault(phase, id + " invokes " + callee + ", which is not there in both");
                  }
                }
              });
    }
  }

  private static List<String> invoked(Map<String, String> settings) {
    List<String> invoked = new ArrayList<>();
    settings.forEach(
        (variable, value) -> {
          if (variable.equals("TARGET_FUNCTION_SUFFIX")) {
            invoked.add("mill" + value);
          } else if (variable.endsWith("_LAMBDA_NAME")) {
            invoked.add(value);
          }
        });
    return invoked;
  }

  /** Layers 1 and 2 end on a cloud only after it was closed and nothing waited there. */
  private void drained(Layout before, Optional<Phase.Kind> last, Phase phase, Layer layer) {
    for (Leg leg : before.legs().of(layer).others()) {
      boolean gone =
          phase.layout().legs().of(layer).on(leg.cloud()).isEmpty()
              && !phase.layout().placement().of(layer).equals(Optional.of(leg.cloud()));
      if (gone && leg.use().isHolding() && !leg.fenced()) {
        fault(phase, leg.cloud() + " is removed and may be sent something");
      }
      if (gone && leg.use().isHolding() && !last.equals(Optional.of(Phase.Kind.DRAIN))) {
        fault(phase, leg.cloud() + " is removed, and something may wait there");
      }
    }
  }

  /** A receiver that nothing sends to has no token, and warns of that at its start. */
  private void senders(Topology topology, Phase phase) {
    for (DeployedFunction f : topology.functions()) {
      FunctionSpec spec = FunctionSpec.of(f.kind());
      if (spec.receiver().isPresent()
          && !spec.onlyReads()
          && !spec.queued()
          && ChangePlan.MOVING.contains(f.layer())
          && topology.connections().stream().noneMatch(c -> c.receiver().equals(f))) {
        fault(phase, f.kind() + " on " + f.cloud().id() + " is sent nothing");
      }
    }
  }

  private void removals(Topology one, Topology other, Phase phase) {
    if (phase.kind() == Phase.Kind.CONTRACT) {
      return;
    }
    for (DeployedFunction f : one.functions()) {
      if (other.function(f.id()).isEmpty() && !FunctionSpec.of(f.kind()).isCopier()) {
        fault(phase, f.id() + " is removed");
      }
    }
    for (Connection c : one.connections()) {
      if (other.connections().stream().noneMatch(d -> d.id().equals(c.id()))) {
        fault(phase, c.id() + " is removed");
      }
    }
  }

  /** What is written in either phase is read by the readers of both. */
  private void reads(Layout before, Layout after, Layer tier, Phase phase) {
    Set<Provider> needed = new HashSet<>();
    for (Layout layout : List.of(before, after)) {
      layout.placement().of(tier).ifPresent(needed::add);
    }
    for (Layout layout : List.of(before, after)) {
      Set<Provider> read = new HashSet<>();
      layout.placement().of(tier).ifPresent(read::add);
      read.addAll(layout.legs().of(tier).read());
      if (!read.containsAll(needed)) {
        fault(phase, "readers read " + read + ", and " + needed + " are written");
      }
    }
  }

  /** A store that holds something is read until all of it was found in another one. */
  private void unread(Layout before, Optional<Phase.Kind> last, Phase phase, Layer tier) {
    for (Leg leg : before.legs().of(tier).others()) {
      Optional<Leg> now = phase.layout().legs().of(tier).on(leg.cloud());
      boolean current = phase.layout().placement().of(tier).equals(Optional.of(leg.cloud()));
      boolean read = current || now.filter(l -> l.use().isRead()).isPresent();
      if (leg.use() == Use.READ && !read && !last.equals(Optional.of(Phase.Kind.VERIFY))) {
        fault(phase, leg.cloud() + " is not read any more, and was not compared");
      }
      if (leg.use() == Use.RETAINED && read) {
        fault(phase, leg.cloud() + " is read as it was left");
      }
      if (leg.use().isRead() && now.filter(Leg::isActive).isEmpty() && !current) {
        fault(phase, leg.cloud() + " is removed while it is read");
      }
    }
  }

  /** A store is closed once nobody writes it, and never while somebody does. */
  private void fences(Layout before, Phase phase, Layer tier) {
    for (Leg leg : phase.layout().legs().of(tier).others()) {
      boolean written = before.placement().of(tier).equals(Optional.of(leg.cloud()));
      if (leg.fenced() && written) {
        fault(phase, leg.cloud() + " is closed while it is written");
      }
    }
    Legs legs = phase.layout().legs();
    phase
        .layout()
        .placement()
        .of(tier)
        .filter(cloud -> legs.isFenced(tier, cloud))
        .ifPresent(cloud -> fault(phase, cloud + " is written and closed"));
  }

  private void copies(Layout before, Phase phase, Layer tier) {
    if (phase.layer() != tier
        || phase.kind() != Phase.Kind.COPY && phase.kind() != Phase.Kind.VERIFY) {
      return;
    }
    var copy = phase.layout().legs().of(tier).copy();
    if (copy.isEmpty() || !copy.get().running()) {
      fault(phase, "nothing copies");
    } else if (!before.legs().isFenced(tier, copy.get().from())) {
      fault(phase, "what is copied is not closed");
    }
    for (FunctionKind mover : deleting(tier)) {
      if (!before.legs().suspended().contains(mover)
          || !phase.layout().legs().suspended().contains(mover)) {
        fault(phase, mover + " deletes while a copy is made");
      }
    }
  }

  private static Set<FunctionKind> deleting(Layer tier) {
    return switch (tier) {
      case L3_HOT -> EnumSet.of(FunctionKind.HOT_TO_COLD_MOVER);
      case L3_COLD -> EnumSet.of(FunctionKind.COLD_TO_ARCHIVE_MOVER);
      case L1, L2, L3_ARCHIVE, L4, L5 -> EnumSet.noneOf(FunctionKind.class);
    };
  }

  /** A mover's source and target change only while it has nothing open. */
  private void movers(Layout before, Phase phase) {
    Layout after = phase.layout();
    for (FunctionKind mover : after.legs().suspended()) {
      if (!before.legs().suspended().contains(mover) && phase.kind() != Phase.Kind.IDLE_MOVERS) {
        fault(phase, mover + " stops in the middle of a plan");
      }
    }
    target(FunctionKind.HOT_TO_COLD_MOVER, Layer.L3_HOT, Layer.L3_COLD, before, phase);
    target(FunctionKind.COLD_TO_ARCHIVE_MOVER, Layer.L3_COLD, Layer.L3_ARCHIVE, before, phase);
  }

  private void target(FunctionKind mover, Layer source, Layer target, Layout before, Phase phase) {
    Placement one = before.placement();
    Placement other = phase.layout().placement();
    boolean moved =
        !one.of(target).equals(other.of(target)) || !one.of(source).equals(other.of(source));
    if (moved && !before.legs().suspended().contains(mover)) {
      fault(phase, mover + " gets another store with a plan open");
    }
  }
}
