package io.twinloom.cli.command;

import io.twinloom.deployer.control.ChangeOrder;
import io.twinloom.deployer.control.StoreMode;
import io.twinloom.deployer.control.codec.ChangeOrderJson;
import io.twinloom.local.LocalOptions;
import io.twinloom.local.deploy.InterruptedChange;
import io.twinloom.local.deploy.LocalRun;
import io.twinloom.model.Layer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** What becomes of the data of tiers that a change of the twin moves to another cloud. */
final class ChangeOptions {

  private static final String LEAVE = "--leave-data";
  private static final String COPY = "--copy-data";
  private static final String DELETE = "--delete-data";
  private static final String ALL = "all";

  @Option(
      names = LEAVE,
      split = ",",
      arity = "0..1",
      fallbackValue = ALL,
      paramLabel = "LAYER",
      converter = Tier.class,
      description =
          "Leave what a layer that moves has stored where it is, where it stays readable: l3_hot,"
              + " l3_cold, l3_archive; without one, of all of them.")
  private List<Tiers> leave = List.of();

  @Option(
      names = COPY,
      split = ",",
      paramLabel = "LAYER",
      converter = Tier.class,
      description =
          "Copy it to the new cloud, which is what is done unless an archive must be restored first or,"
              + " on the clouds, there is more than 1 GiB.")
  private List<Tiers> copy = List.of();

  @Option(
      names = DELETE,
      split = ",",
      paramLabel = "CLOUD:STORE",
      converter = StoreArgument.class,
      description =
          "Former stores that a change may remove with what they hold, once that was copied: asks for"
              + " the twin's name, unless --yes is given; on the clouds, stores that the plan names,"
              + " for which --yes alone does not answer.")
  private List<String> delete = List.of();

  /** One tier or all of them. */
  record Tiers(List<Layer> layers) {}

  /** Reads the name of a tier. */
  static final class Tier implements ITypeConverter<Tiers> {
    @Override
    public Tiers convert(String text) {
      if (text.equals(ALL)) {
        return new Tiers(List.of(Layer.L3_HOT, Layer.L3_COLD, Layer.L3_ARCHIVE));
      }
      try {
        return new Tiers(List.of(ChangeOrderJson.tier(text)));
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(
            "'" + text + "' is none of l3_hot, l3_cold and l3_archive");
      }
    }
  }

  /** Whether any of them is given. */
  boolean isGiven() {
    return !leave.isEmpty() || !copy.isEmpty() || !delete.isEmpty();
  }

  /** Why they are refused where a change goes on first in which the twin ended, for people. */
  Optional<String> refusedFor(InterruptedChange first) {
    return isGiven()
        ? Optional.of(
            first.text() + ". " + String.join(", ", arguments()) + " is not for that one.")
        : Optional.empty();
  }

  /** What cannot be meant at once, for people. */
  Optional<String> contradiction() {
    Set<Layer> both = tiers(leave);
    both.retainAll(tiers(copy));
    return both.stream()
        .findFirst()
        .map(
            tier ->
                LEAVE
                    + " and "
                    + COPY
                    + " both name "
                    + name(tier)
                    + ": what it has stored is either left or copied.");
  }

  private static Set<Layer> tiers(List<Tiers> given) {
    Set<Layer> all = EnumSet.noneOf(Layer.class);
    given.forEach(tiers -> all.addAll(tiers.layers()));
    return all;
  }

  /** The stores whose content may be deleted. */
  List<String> deleted() {
    return delete;
  }

  /** What is wanted of a change of a twin on this machine. */
  ChangeOrder order(LocalOptions options) {
    return order("", LocalRun.modes(options));
  }

  /** What is wanted of a change to a version of a twin on the clouds. */
  ChangeOrder order(String version) {
    return order(version, Map.of());
  }

  private ChangeOrder order(String version, Map<Layer, StoreMode> otherwise) {
    Map<Layer, StoreMode> modes = new EnumMap<>(Layer.class);
    modes.putAll(otherwise);
    leave.forEach(tiers -> tiers.layers().forEach(tier -> modes.put(tier, StoreMode.LEAVE)));
    copy.forEach(tiers -> tiers.layers().forEach(tier -> modes.put(tier, StoreMode.COPY)));
    return ChangeOrder.make(version, modes, Set.copyOf(delete));
  }

  /** The same as arguments of a command. */
  List<String> arguments() {
    List<String> arguments = new ArrayList<>();
    leave.forEach(tiers -> tiers.layers().forEach(t -> arguments.add(LEAVE + "=" + name(t))));
    copy.forEach(tiers -> tiers.layers().forEach(t -> arguments.add(COPY + "=" + name(t))));
    delete.forEach(store -> arguments.add(DELETE + "=" + store));
    return arguments;
  }

  private static String name(Layer tier) {
    return tier.name().toLowerCase(Locale.ROOT);
  }
}
