package io.twinloom.model.reading;

import static io.twinloom.model.reading.Mistake.of;
import static io.twinloom.model.reading.TestProject.good;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BadCodeTest {

  @ParameterizedTest(name = "{0}")
  @MethodSource({"forms", "folders"})
  void aMistakeIsReportedAtItsPlace(Mistake mistake) {
    mistake.check();
  }

  static Stream<Mistake> forms() {
    return Stream.of(
        of("a folder without an entry point", good().with("processors/belt-1/readme.txt", "x"))
            .error("TL-CODE-FORM", "processors/belt-1", 0, "")
            .saying("process(event)"),
        of("an entry point with another name", good().with("processors/belt-1/Process.py", "x"))
            .error("TL-CODE-FORM", "processors/belt-1", 0, "")
            .saying("only \"Process.py\"", "Name the file process.py"),
        of("an entry point in a folder below", good().with("processors/belt-1/src/process.py", "x"))
            .error("TL-CODE-FORM", "processors/belt-1", 0, "")
            .saying("src/process.py"),
        of("two entry points", good().with("processors/oven-1/main.py", "x"))
            .error("TL-CODE-AMBIGUOUS", "processors/oven-1", 0, "")
            .saying("main.py and process.py"),
        of("Python and Java in one folder", good().with("processors/oven-1/P.java", "x"))
            .error("TL-CODE-AMBIGUOUS", "processors/oven-1", 0, ""),
        of(
                "an action without an entry point",
                good().without("event_actions/alarm").with("event_actions/alarm/notes.md", "x"))
            .error("TL-CODE-FORM", "event_actions/alarm", 0, ""),
        of(
                "feedback without an entry point",
                good().without("event_feedback").with("event_feedback/notes.md", "x"))
            .error("TL-CODE-FORM", "event_feedback", 0, ""));
  }

  static Stream<Mistake> folders() {
    return Stream.of(
        of("code for no device", good().with("processors/oven1/process.py", "x"))
            .warning("TL-CODE-UNUSED", "processors/oven1", 0, "")
            .saying("Did you mean \"oven-1\"?"),
        of("an action for no rule", good().with("event_actions/allarm/process.py", "x"))
            .warning("TL-CODE-UNUSED", "event_actions/allarm", 0, "")
            .saying("Did you mean \"alarm\"?"),
        of("code without a folder of its own", good().with("processors/belt-1.py", "x"))
            .warning("TL-CODE-NO-FOLDER", "processors/belt-1.py", 0, "")
            .saying("processors/belt-1/process.py"),
        of(
                "a processor only for another cloud",
                good().with("lambda_functions/processors/belt-1/process.py", "x"))
            .error("TL-CODE-OTHER-CLOUD", "lambda_functions/processors/belt-1", 0, "")
            .saying("L2 is on azure", "azure_functions/processors/belt-1"),
        of(
                "a default processor only for another cloud",
                good()
                    .without("processors/default_processor")
                    .with("cloud_functions/processors/default_processor/main.py", "x"))
            .error("TL-CODE-OTHER-CLOUD", "cloud_functions/processors/default_processor", 0, ""),
        of(
                "an action only for another cloud",
                good()
                    .without("event_actions/alarm")
                    .with("lambda_functions/event_actions/alarm/process.py", "x"))
            .error("TL-CODE-OTHER-CLOUD", "lambda_functions/event_actions/alarm", 0, ""),
        of(
                "feedback only for another cloud",
                good()
                    .without("event_feedback")
                    .with("lambda_functions/event-feedback/process.py", "x"))
            .error("TL-CODE-OTHER-CLOUD", "lambda_functions/event-feedback", 0, "")
            .saying("azure_functions/event-feedback"),
        of(
                "the same code for its cloud and for every cloud",
                good().with("azure_functions/processors/oven-1/process.py", "x"))
            .warning("TL-CODE-TWICE", "processors/oven-1", 0, "")
            .saying("azure_functions/processors/oven-1"));
  }
}
