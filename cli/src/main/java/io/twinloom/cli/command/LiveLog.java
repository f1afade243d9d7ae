package io.twinloom.cli.command;

import io.twinloom.cli.terminal.Output;
import io.twinloom.cli.terminal.Paint;
import io.twinloom.cli.terminal.ProgramName;
import io.twinloom.deployer.control.LogLine;
import io.twinloom.local.deploy.RunningTwin;
import io.twinloom.local.log.LogReader;
import io.twinloom.model.text.Count;
import java.util.Set;

/**
 * What a twin in the foreground shows as it happens: what user code prints, warnings and errors,
 * and new dead letters. Not for several threads.
 */
final class LiveLog {

  private static final Set<String> SHOWN = Set.of("WARN", "ERROR");

  private final RunningTwin twin;
  private final String named;
  private final Output output;
  private final LogReader.Follower log;
  private long deadLetters;

  /**
   * @param named the twin as another command takes it, see {@link ProjectCommand#sameTwin}
   */
  LiveLog(RunningTwin twin, String named, Output output) {
    this.twin = twin;
    this.named = named;
    this.output = output;
    this.log = twin.followNotes();
    this.deadLetters = twin.deadLetters();
    if (deadLetters > 0) {
      tell(deadLetters, "There " + (deadLetters == 1 ? "is " : "are "));
    }
  }

  /** Shows what is new. */
  void look() {
    log.poll(json -> show(new LogLine(json)));
    long now = twin.deadLetters();
    if (now > deadLetters) {
      tell(now - deadLetters, "");
    }
    deadLetters = now;
  }

  private void show(LogLine line) {
    boolean shown = LogText.isPrinted(line) || SHOWN.contains(line.level());
    if (shown && line.message().isPresent()) {
      output.say(LogText.brief(line, output));
    }
  }

  private void tell(long count, String before) {
    output.say(
        output.paint(
                Paint.RED,
                before
                    + Count.of(count, before.isEmpty() ? "new dead letter" : "dead letter")
                    + ": ")
            + ProgramName.get()
            + " dead-letters "
            + named);
  }
}
