package io.twinloom.cli.command;

import io.twinloom.cli.error.CliError;
import io.twinloom.cli.terminal.ExitCode;
import io.twinloom.cli.terminal.Output;
import io.twinloom.cost.bill.Bill;
import io.twinloom.cost.codec.CostJson;
import io.twinloom.deployer.PreparedProject;
import io.twinloom.model.TwinloomException;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code cost}: what the twin costs a month on the clouds. */
@Command(
    name = "cost",
    description = {
      "Say what the twin costs a month on the clouds, line by line, without asking any of them.",
      "",
      "  twinloom cost my-twin",
      "  twinloom cost my-twin --usage usage.json --budget 200",
      "  twinloom cost my-twin --measured --window 1m --json | jq .total"
    })
final class CostCommand extends PricedCommand {

  @Option(
      names = "--budget",
      paramLabel = "N",
      description = "End with exit code 1 where more is expected than this.")
  private @Nullable BigDecimal budget;

  @Option(names = "--all", description = "Show every line, also those without an amount.")
  private boolean all;

  @Override
  protected int run(Output output) throws Exception {
    return withProject(output, project -> price(project, output));
  }

  private int price(PreparedProject prepared, Output output) {
    Basis basis = basis(prepared.project(), output);
    Bill bill = basis.model().cost(prepared.project(), basis.usage());
    String twin = prepared.project().config().name();
    output.result(
        CostJson.of(bill, basis.usage(), basis.prices(), basis.warnings()),
        new CostText(twin, bill, basis.usage(), basis.prices(), all).lines());
    BigDecimal most = budget;
    if (most == null || bill.total().expected().compareTo(most) <= 0) {
      return ExitCode.DONE;
    }
    output.complain(
        new TwinloomException(
            CliError.BUDGET_EXCEEDED,
            "The twin is expected to cost "
                + Money.of(bill.total().expected())
                + " "
                + bill.currency()
                + " a month, which is more than the budget of "
                + Money.of(most)
                + ".",
            named()));
    return ExitCode.FAILED;
  }
}
