package io.twinloom.model.function;

import io.twinloom.model.Layer;
import io.twinloom.model.UserCode;
import java.util.List;

/** When a twin has a function. */
public sealed interface Existence {

  /** A switch of the project. */
  enum Option {
    EVENT_CHECKING("useEventChecking"),
    WORKFLOW("triggerNotificationWorkflow"),
    FEEDBACK("returnFeedbackToDevice"),
    HISTORY("history_over_tiers");

    private final String setting;

    Option(String setting) {
      this.setting = setting;
    }

    /** Its name in the project's configuration. */
    public String setting() {
      return setting;
    }
  }

  /** In every twin. */
  record Always() implements Existence {}

  /** Where a switch is on. */
  record Switched(Option option) implements Existence {}

  /** Where there are both layers, and on different clouds. */
  record Apart(Layer one, Layer other) implements Existence {}

  /** Where the service of layer 4 is sent the newest values, and does not fetch them itself. */
  record TwinIsPushedTo() implements Existence {}

  /** Where the project has code for it; one for each folder of that role. */
  record WithCode(UserCode.Role role) implements Existence {}

  /**
   * Only while a change of a deployed twin copies a store, or a twin's newest values, of one of
   * these layers: the phase of the change says on which clouds.
   */
  record DuringCopy(List<Layer> layers) implements Existence {
    public DuringCopy {
      layers = List.copyOf(layers);
    }
  }

  /** Where each of these holds. */
  record All(List<Existence> parts) implements Existence {
    public All {
      parts = List.copyOf(parts);
    }
  }

  /** The condition for people. */
  default String words() {
    return switch (this) {
      case Always always -> "always";
      case Switched switched -> "`" + switched.option().setting() + "`";
      case Apart apart -> apart.one().title() + " cloud ≠ " + apart.other().title() + " cloud";
      case TwinIsPushedTo pushed -> "L4's service is pushed to";
      case DuringCopy copy ->
          "a change copies "
              + String.join(" or ", copy.layers().stream().map(Layer::title).toList());
      case WithCode code ->
          switch (code.role()) {
            case PROCESSOR, DEFAULT_PROCESSOR -> "one per device that has code, and a default one";
            case EVENT_ACTION -> "one per action that the rules name";
            case EVENT_FEEDBACK -> "there is feedback code";
          };
      case All all -> String.join(", ", all.parts().stream().map(Existence::words).toList());
    };
  }
}
