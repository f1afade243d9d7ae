package io.twinloom.topology;

import io.twinloom.model.CloudConventions.TwinService;
import io.twinloom.model.FunctionKind;
import io.twinloom.model.Layer;
import io.twinloom.model.Placement;
import io.twinloom.model.Project;
import io.twinloom.model.Provider;
import io.twinloom.model.UserCode;
import io.twinloom.model.function.Existence;
import io.twinloom.model.function.FunctionSpec;
import java.util.Optional;

/** Whether a project's twin has a function, by its row's condition. */
record ExistsWhen(Project project) {

  /** Whether a condition holds. */
  boolean test(Existence existence) {
    return switch (existence) {
      case Existence.Always always -> true;
      case Existence.Switched switched -> isOn(switched.option());
      case Existence.Apart apart -> {
        Optional<Provider> one = project.placement().of(apart.one());
        Optional<Provider> other = project.placement().of(apart.other());
        yield one.isPresent() && other.isPresent() && !one.equals(other);
      }
      case Existence.TwinIsPushedTo pushed -> isPushedTo(project.placement());
      case Existence.WithCode code -> hasCode(code.role());
      // What a change adds is decided by its phases; a project alone has none.
      case Existence.DuringCopy copy -> false;
      case Existence.All all -> all.parts().stream().allMatch(this::test);
    };
  }

  /** Whether the twin service is sent its data, instead of asking the readers for it. */
  static boolean isPushedTo(Placement placement) {
    return placement
        .l4()
        .filter(l4 -> l4.conventions().twinService() == TwinService.PUSHED)
        .isPresent();
  }

  /** The layer that a function runs on: another one where the twin lacks its own. */
  static Layer layer(FunctionSpec spec, Placement placement) {
    return placement.of(spec.layer()).isPresent()
        ? spec.layer()
        : spec.layerWithout().orElse(spec.layer());
  }

  /** The cloud of a function, if the twin has it. */
  Optional<Provider> cloud(FunctionKind kind) {
    FunctionSpec spec = FunctionSpec.of(kind);
    return test(spec.existence())
        ? project.placement().of(layer(spec, project.placement()))
        : Optional.empty();
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
