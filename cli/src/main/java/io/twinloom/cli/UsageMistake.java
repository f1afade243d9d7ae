package io.twinloom.cli;

import io.twinloom.cli.command.Catalogue;
import io.twinloom.model.text.Nearest;
import io.twinloom.model.text.Printable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * What was wrong with a call.
 *
 * @param what in one sentence or two, with what was most likely meant
 */
record UsageMistake(String what) {

  /** Of what the parser found, which may not be what the user did: a misspelt option is missing. */
  static UsageMistake of(ParameterException e, List<String> args) {
    CommandSpec command = e.getCommandLine().getCommandSpec();
    if (e instanceof UnmatchedArgumentException unmatched && command.parent() == null) {
      List<String> words =
          unmatched.getUnmatched().stream().filter(word -> !word.startsWith("-")).toList();
      if (!words.isEmpty()) {
        return new UsageMistake(Catalogue.unknown(words.get(0)));
      }
    }
    if (e instanceof UnmatchedArgumentException || e instanceof MissingParameterException) {
      Collection<String> known = command.optionsMap().keySet();
      List<String> unknown =
          new ArrayList<>(
              args.stream().map(UsageMistake::name).filter(UsageMistake::isOption).toList());
      unknown.removeAll(known);
      if (!unknown.isEmpty()) {
        return new UsageMistake(unknownOption(unknown.get(0), known));
      }
    }
    return new UsageMistake(Printable.lines(String.valueOf(e.getMessage())));
  }

  private static String unknownOption(String name, Collection<String> known) {
    return "There is no option "
        + Printable.quoted(name)
        + "."
        + Nearest.to(name, known).map(near -> " Did you mean '" + near + "'?").orElse("");
  }

  private static boolean isOption(String argument) {
    return argument.startsWith("--") && argument.length() > 2;
  }

  /** An argument without the value behind its equals sign. */
  private static String name(String argument) {
    int equals = argument.indexOf('=');
    return equals < 0 ? argument : argument.substring(0, equals);
  }
}
