package io.twinloom.cli.command;

import io.twinloom.cli.terminal.ExitCode;
import io.twinloom.cli.terminal.Output;
import io.twinloom.deployer.PreparedProject;
import io.twinloom.deployer.control.ChangeOrder;
import io.twinloom.deployer.control.StatusReport;
import io.twinloom.deployer.control.StoreStatus;
import io.twinloom.deployer.control.StoreStatus.Role;
import io.twinloom.deployer.control.TwinControl;
import io.twinloom.deployer.control.codec.StatusJson;
import io.twinloom.deployer.terraform.PlannedChanges;
import io.twinloom.model.Layer;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** {@code retire}: the end of what a change has left in use. */
@Command(
    name = "retire",
    description = {
      "End what a change has left in use: the former store of a tier that was moved, the former",
      "device endpoint (l1), or the former view (l5).",
      "",
      "  twinloom retire my-twin l1",
      "  twinloom retire my-twin l3_hot",
      "  twinloom retire my-twin l3_hot --copy",
      "  twinloom retire my-twin l3_cold --delete-data=CLOUD:my-twin-cold-iot-data"
    })
final class RetireCommand extends DeployedCommand {

  @Parameters(
      index = "1",
      paramLabel = "LAYER",
      converter = Retired.class,
      description = "l1, l3_hot, l3_cold, l3_archive or l5.")
  private Layer layer = Layer.L3_HOT;

  @Option(
      names = "--copy",
      description = "Copy what the former store holds into the new one first.")
  private boolean copy;

  @Option(
      names = "--delete-data",
      arity = "0..1",
      fallbackValue = "",
      paramLabel = "STORE",
      description =
          "Delete what the former store holds; STORE is CLOUD:NAME, as status shows it, and is needed"
              + " where there are several. Asks for the store's name; with --yes it does not.")
  private @Nullable String deleteData;

  @Option(
      names = "--anyway",
      description = "With l1: end it also where devices have used it within seven days.")
  private boolean anyway;

  @Option(names = "--yes", description = "Answer the question with yes.")
  private boolean yes;

  /** Reads the name of a layer that can be on a former cloud too. */
  static final class Retired implements ITypeConverter<Layer> {

    private static final Set<Layer> LAYERS =
        EnumSet.of(Layer.L1, Layer.L3_HOT, Layer.L3_COLD, Layer.L3_ARCHIVE, Layer.L5);

    @Override
    public Layer convert(String text) {
      return LAYERS.stream()
          .filter(layer -> layer.name().equalsIgnoreCase(text))
          .findFirst()
          .orElseThrow(
              () ->
                  new TypeConversionException(
                      "'" + text + "' is none of l1, l3_hot, l3_cold, l3_archive and l5"));
    }
  }

  @Override
  protected int run(Output output) {
    if ((copy || deleteData != null) && !layer.isTier()) {
      throw badUsage("--copy and --delete-data are for the store of a tier: l1 and l5 have none.");
    }
    if (anyway && layer != Layer.L1) {
      throw badUsage("--anyway is for the device endpoint: give it with l1.");
    }
    TwinControl twin = running();
    List<StoreStatus> former = former(twin.status());
    if (former.isEmpty()) {
      output.result(
          StatusJson.write(twin.status()),
          List.of(layer.title() + " is on its present cloud alone: nothing is to be ended."));
      return ExitCode.DONE;
    }
    Optional<StoreStatus> deleted =
        Optional.ofNullable(deleteData).map(name -> named(name, former));
    if (deleted.isPresent() && !mayGo(deleted.get(), output)) {
      output.say("Nothing was changed.");
      return ExitCode.FAILED;
    }
    ChangeOrder order =
        layer.isTier()
            ? ChangeOrder.retire(
                layer, copy, deleted.map(RetireCommand::name).map(Set::of).orElse(Set.of()))
            : ChangeOrder.retire(layer, anyway);
    StatusReport status = isCloud() ? onClouds(order, output) : here(twin, order, output);
    List<StoreStatus> left = former(status);
    output.result(
        StatusJson.write(status),
        List.of(
            left.isEmpty()
                ? layer.title() + " is on its present cloud alone."
                : layer.title()
                    + " still has "
                    + String.join(", ", left.stream().map(RetireCommand::name).toList())
                    + "."));
    return ExitCode.DONE;
  }

  private StatusReport here(TwinControl twin, ChangeOrder order, Output output) {
    var unused = twin.change(order);
    LocalTargets.asked(data(), terminal()).follow(step -> output.say(step + "."));
    return twin.status();
  }

  private StatusReport onClouds(ChangeOrder order, Output output) {
    PreparedProject project = valid();
    Cancelling cancelling = Cancelling.ofThisThread();
    try {
      return cloudTarget(changes -> agreed(changes, output))
          .retire(project, order, step -> output.say(step + "."))
          .status();
    } finally {
      cancelling.close();
    }
  }

  private boolean agreed(PlannedChanges changes, Output output) {
    ChangeLines.text(changes, output).forEach(output::say);
    return yes
        || Question.agreed(
            "Make these changes? Type yes:", "yes", "Give --yes where they are wanted.", output);
  }

  /** What the layer has on former clouds. */
  private List<StoreStatus> former(StatusReport status) {
    return status.stores().stream()
        .filter(store -> store.tier() == layer && store.role() != Role.CURRENT)
        .toList();
  }

  /** The one of this name, or the only one where none is named. */
  private StoreStatus named(String name, List<StoreStatus> former) {
    List<StoreStatus> meant =
        former.stream().filter(store -> name.isEmpty() || name.equals(name(store))).toList();
    if (meant.size() != 1) {
      throw badUsage(
          (name.isEmpty() ? "There are several former stores" : "There is no former store " + name)
              + ": give --delete-data with the name of one, "
              + String.join(" or ", former.stream().map(RetireCommand::name).toList())
              + ".");
    }
    return meant.getFirst();
  }

  private static String name(StoreStatus store) {
    return store.cloud().id() + ":" + store.name();
  }

  private boolean mayGo(StoreStatus store, Output output) {
    String read =
        store.role() == Role.PREVIOUS
            ? " It is still read: what only it has cannot be read any more."
            : "";
    return yes
        || Question.agreed(
            "This deletes what the store holds." + read + " Type " + name(store) + " to go on:",
            name(store),
            "Give --delete-data=" + name(store) + " --yes where what it holds may go.",
            output);
  }
}
