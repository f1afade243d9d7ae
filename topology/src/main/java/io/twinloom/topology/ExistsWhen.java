package io.twinloom.topology;

import io.twinloom.model.CloudConventions.TwinService;
import io.twinloom.model.FunctionKind;
import io.twinloom.model.Layer;
import io.twinloom.model.Placement;
import io.twinloom.model.Project;
import io.twinloom.model.Provider;
import io.twinloom.model.StoreLegs.Copy;
import io.twinloom.model.UserCode;
import io.twinloom.model.function.Existence;
import io.twinloom.model.function.FunctionSpec;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Whether a project's twin has a function, and on which clouds, by its row's condition. */
record ExistsWhen(Project project) {

  /**
   * The clouds on which the twin has a function: the one of its layer first, then those on which
   * the layer has other stores.
   */
  List<Provider> clouds(FunctionKind kind) {
    FunctionSpec spec = FunctionSpec.of(kind);
    if (spec.existence() instanceof Existence.DuringCopy copies) {
      return copying(spec, copies).map(List::of).orElse(List.of());
    }
    return carriers(layer(spec)).stream().filter(cloud -> test(spec, cloud)).toList();
  }

  /** The clouds from which a function sends: what copies has its connection before it is there. */
  List<Provider> senders(FunctionKind kind) {
    FunctionSpec spec = FunctionSpec.of(kind);
    return spec.existence() instanceof Existence.DuringCopy copies
        ? copies(spec, copies).map(Copy::from).toList()
        : clouds(kind);
  }

  /** The clouds to which a function copies from a cloud what a layer has. */
  List<Provider> copied(FunctionKind kind, Layer layer, Provider from) {
    FunctionSpec spec = FunctionSpec.of(kind);
    return copies(spec, new Existence.DuringCopy(List.of(layer)))
        .filter(copy -> copy.from() == from && copy.to() != from)
        .map(Copy::to)
        .toList();
  }

  /** The cloud of a function's layer, if the twin has the function there. */
  Optional<Provider> cloud(FunctionKind kind) {
    return project
        .placement()
        .of(layer(FunctionSpec.of(kind)))
        .filter(cloud -> clouds(kind).contains(cloud));
  }

  /** The layer that a function runs on: another one where the twin lacks its own. */
  Layer layer(FunctionSpec spec) {
    if (spec.existence() instanceof Existence.DuringCopy copies) {
      return copies.layers().stream()
          .filter(layer -> project.legs().of(layer).copy().isPresent())
          .findFirst()
          .map(layer -> source(spec, layer))
          .orElse(spec.layer());
    }
    return layer(spec, project.placement());
  }

  /** The layer on whose cloud is copied: another one where a layer keeps nothing of its own. */
  private Layer source(FunctionSpec spec, Layer copied) {
    boolean keepsNothing =
        project
            .legs()
            .of(copied)
            .copy()
            .filter(copy -> copy.from().conventions().twinService() == TwinService.PULLS)
            .isPresent();
    return copied == Layer.L4 && keepsNothing ? spec.layerWithout().orElse(copied) : copied;
  }

  static Layer layer(FunctionSpec spec, Placement placement) {
    return placement.of(spec.layer()).isPresent()
        ? spec.layer()
        : spec.layerWithout().orElse(spec.layer());
  }

  /** What takes the copies is on the one cloud, what copies on the other. */
  private Optional<Provider> copying(FunctionSpec spec, Existence.DuringCopy copies) {
    boolean takes = spec.receiver().isPresent();
    return copies(spec, copies)
        .filter(copy -> takes || copy.running())
        .findFirst()
        .map(takes ? Copy::to : Copy::from);
  }

  /** The copies of layers, each from the cloud where it is made. */
  private Stream<Copy> copies(FunctionSpec spec, Existence.DuringCopy copies) {
    return copies.layers().stream()
        .flatMap(
            layer -> project.legs().of(layer).copy().map(copy -> of(spec, layer, copy)).stream());
  }

  private Copy of(FunctionSpec spec, Layer layer, Copy copy) {
    Layer source = source(spec, layer);
    return source == layer
        ? copy
        : new Copy(project.placement().of(source).orElseThrow(), copy.to(), copy.running());
  }

  /** The clouds on which a layer has functions: the one where it is first. */
  List<Provider> carriers(Layer layer) {
    return project.legs().carriers(layer, project.placement());
  }

  private boolean test(FunctionSpec spec, Provider cloud) {
    return test(spec.existence(), spec, cloud);
  }

  private boolean test(Existence existence, FunctionSpec spec, Provider cloud) {
    return switch (existence) {
      case Existence.Always always -> true;
      case Existence.Switched switched -> isOn(switched.option());
      case Existence.Apart apart -> isApart(apart, spec, cloud);
      case Existence.TwinIsPushedTo pushed ->
          cloud.conventions().twinService() == TwinService.PUSHED;
      case Existence.WithCode code -> hasCode(code.role());
      case Existence.DuringCopy copy -> false;
      case Existence.All all -> all.parts().stream().allMatch(part -> test(part, spec, cloud));
    };
  }

  /**
   * What receives is there for each cloud from which something may be sent; what sends or reads,
   * for each cloud whose turn may come, or was and for which something may still wait.
   */
  private boolean isApart(Existence.Apart apart, FunctionSpec spec, Provider cloud) {
    Layer other = apart.one() == spec.layer() ? apart.other() : apart.one();
    if (takesCopies(spec)
        && project.legs().of(spec.layer()).copy().filter(c -> c.to() == cloud).isPresent()) {
      return true;
    }
    return Stream.concat(carriers(other).stream(), ownCarriers(spec)).anyMatch(c -> c != cloud);
  }

  /** What passes on within its layer is there for the layer's other clouds too. */
  private Stream<Provider> ownCarriers(FunctionSpec spec) {
    boolean passesOn =
        spec.sends().stream().anyMatch(to -> to.withinLayer() && to.receiver() == spec.kind());
    return passesOn ? carriers(spec.layer()).stream() : Stream.empty();
  }

  private static boolean takesCopies(FunctionSpec spec) {
    return FunctionSpec.of(FunctionKind.STORE_COPIER).sends().stream()
        .anyMatch(sent -> sent.receiver() == spec.kind());
  }

  private boolean isOn(Existence.Option option) {
    return switch (option) {
      case EVENT_CHECKING -> project.features().useEventChecking();
      case WORKFLOW -> project.features().triggerNotificationWorkflow();
      case FEEDBACK -> project.features().returnFeedbackToDevice();
      case HISTORY -> project.config().historyOverTiers();
    };
  }

  private boolean hasCode(UserCode.Role role) {
    return project.userCode().stream().anyMatch(code -> code.role() == role);
  }
}
