package io.twinloom.cli.command;

import io.twinloom.cli.terminal.Columns;
import io.twinloom.cli.terminal.ExitCode;
import io.twinloom.cli.terminal.Output;
import io.twinloom.deployer.control.RotationReport;
import io.twinloom.deployer.control.TokenList;
import io.twinloom.deployer.control.codec.TokensJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tokens}: the connections' tokens, never shown themselves. */
@Command(
    name = "tokens",
    description = {
      "List the connections and the digests of their tokens, never the tokens; or give connections"
          + " new ones while the twin runs.",
      "",
      "  twinloom tokens my-twin",
      "  twinloom tokens my-twin rotate"
    })
final class TokensCommand extends DeployedCommand {

  /** What to do with them. */
  enum Action {
    list,
    rotate
  }

  @Parameters(
      index = "1",
      arity = "0..1",
      defaultValue = "list",
      description = "list (the default) or rotate.")
  private Action action = Action.list;

  @Parameters(
      index = "2",
      arity = "0..1",
      paramLabel = "ID",
      description = "Rotate only this connection (default: all).")
  private @Nullable String connection;

  @Option(
      names = "--drop-former",
      description =
          "End former tokens at once, also those of dashboards, which may not have the new one.")
  private boolean dropFormer;

  @Override
  protected int run(Output output) {
    return action == Action.rotate ? rotate(output) : list(output);
  }

  private int rotate(Output output) {
    RotationReport report = running().rotateTokens(Optional.ofNullable(connection), dropFormer);
    List<String> lines = new ArrayList<>();
    for (RotationReport.Rotated one : report.rotated()) {
      lines.add(
          String.format(
              Locale.ROOT,
              "%-40s %s",
              one.id(),
              one.formerValid()
                  ? "new token; the former one is valid until the next rotation"
                  : "new token"));
    }
    if (lines.isEmpty()) {
      lines.add("No connections: all layers are on one cloud.");
    }
    output.result(TokensJson.write(report), lines);
    return ExitCode.DONE;
  }

  private int list(Output output) {
    TokenList list = TokenList.of(target().connections());
    List<String> lines = new ArrayList<>();
    for (TokenList.Token token : list.tokens()) {
      lines.add(
          String.format(
              Locale.ROOT,
              "%-40s %-7s %s %s",
              token.id(),
              token.provider().id(),
              Columns.left(token.function(), 24),
              String.join(", ", token.fingerprints())));
    }
    if (lines.isEmpty()) {
      lines.add("No connections: nothing was deployed yet, or all layers are on one cloud.");
    }
    output.result(TokensJson.write(list), lines);
    return ExitCode.DONE;
  }
}
