package io.twinloom.topology;

import io.twinloom.model.Layer;
import io.twinloom.model.Placement;
import io.twinloom.model.Project;
import io.twinloom.model.Provider;
import io.twinloom.model.function.FunctionSpec;
import io.twinloom.model.function.Remote;
import io.twinloom.model.text.Count;
import java.util.Optional;

/** What a function of a project's twin is for, in words. */
final class Purposes {
  private Purposes() {}

  static String of(FunctionSpec spec, Project project) {
    Placement placement = project.placement();
    String text =
        spec.purpose()
            .remote()
            .filter(remote -> sendsFar(spec, placement))
            .orElse(spec.purpose().text());
    for (Layer layer : Layer.values()) {
      String cloud = placement.of(layer).map(Provider::id).orElse("none");
      text = text.replace("{" + layer.title() + "}", cloud);
    }
    int hot = project.config().hotDays();
    return text.replace("{hot days}", days(hot))
        .replace("{hot and cold days}", days(hot + project.config().coldDays()));
  }

  private static boolean sendsFar(FunctionSpec spec, Placement placement) {
    Remote first = spec.sends().getFirst();
    Optional<Provider> receiver = placement.of(FunctionSpec.of(first.receiver()).layer());
    return !receiver.equals(placement.of(spec.layer()));
  }

  private static String days(int days) {
    return Count.of(days, "day");
  }
}
