package io.twinloom.model.reading;

import io.twinloom.json.Located;
import io.twinloom.model.Layer;
import io.twinloom.model.Placement;
import io.twinloom.model.ProblemCollector;
import io.twinloom.model.Provider;
import io.twinloom.model.error.ModelError;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code config_providers.json}. */
final class ProvidersFile {
  static final String PATH = "config_providers.json";

  private ProvidersFile() {}

  private static List<String> orNone() {
    List<String> choices = new ArrayList<>(Provider.ids());
    choices.add("none");
    return choices;
  }

  /** The cloud of a layer that may have none. */
  record Choice(Optional<Provider> cloud) {}

  /** What is known of the placement: what is missing or wrong is null. */
  record Found(@Nullable Provider l2, @Nullable Choice l4, @Nullable Placement whole) {
    static final Found NOTHING = new Found(null, null, null);
  }

  static Found read(Located root, ProblemCollector problems) {
    Members members = Members.of(root, problems, "Write {\"layer_1_provider\": \"aws\", …}.");
    if (members == null) {
      return Found.NOTHING;
    }
    Provider l1 = cloud(members, Layer.L1, problems);
    Provider l2 = cloud(members, Layer.L2, problems);
    Provider hot = cloud(members, Layer.L3_HOT, problems);
    Provider cold = cloud(members, Layer.L3_COLD, problems);
    Provider archive = cloud(members, Layer.L3_ARCHIVE, problems);
    Choice l4 =
        choice(members, Layer.L4, hot == null ? null : new Choice(Optional.of(hot)), problems);
    Choice l5 = choice(members, Layer.L5, l4, problems);
    members.done();
    if (l1 == null || l2 == null || hot == null || cold == null || archive == null) {
      return new Found(l2, l4, null);
    }
    return l4 == null || l5 == null
        ? new Found(l2, l4, null)
        : new Found(l2, l4, new Placement(l1, l2, hot, cold, archive, l4.cloud, l5.cloud));
  }

  private static @Nullable Provider cloud(Members members, Layer layer, ProblemCollector problems) {
    String fix =
        "Write the cloud of " + layer.title() + ": " + Quoting.either(Provider.ids()) + ".";
    String name = members.text(layer.configKey(), fix);
    if (name == null) {
      return null;
    }
    Optional<Provider> provider = Provider.of(name);
    if (provider.isEmpty()) {
      unknown(members, layer, name, Provider.ids(), problems);
    }
    return provider.orElse(null);
  }

  /** Null where it is wrong, or where it depends on a layer that is. */
  private static @Nullable Choice choice(
      Members members, Layer layer, @Nullable Choice absent, ProblemCollector problems) {
    if (members.optional(layer.configKey()) == null) {
      return absent;
    }
    String fix = "Write the cloud of " + layer.title() + ": " + Quoting.either(orNone()) + ".";
    String name = members.optionalText(layer.configKey(), fix);
    if (name == null) {
      return null;
    }
    if (name.equals("none")) {
      return new Choice(Optional.empty());
    }
    Optional<Provider> provider = Provider.of(name);
    if (provider.isEmpty()) {
      unknown(members, layer, name, orNone(), problems);
      return null;
    }
    return new Choice(provider);
  }

  private static void unknown(
      Members members, Layer layer, String name, List<String> choices, ProblemCollector problems) {
    Located at = members.optional(layer.configKey());
    if (at != null) {
      boolean isNone = name.equals("none");
      List<String> near = new ArrayList<>(choices);
      Provider.all().forEach(cloud -> near.add(cloud.connectionId()));
      String meant = Quoting.nearest(name, near);
      String hint =
          meant == null || isNone
              ? ""
              : "Did you mean \"" + Provider.of(meant).map(Provider::id).orElse(meant) + "\"? ";
      problems.error(
          ModelError.PROVIDER_UNKNOWN,
          at,
          isNone
              ? layer.title() + " cannot be \"none\": every twin has this layer."
              : "\""
                  + layer.configKey()
                  + "\" is "
                  + Quoting.quoted(name)
                  + ", which is not a cloud.",
          hint + "Write " + Quoting.either(choices) + ".");
    }
  }
}
