package io.twinloom.model.trace;

import io.twinloom.json.Sha256;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The header by which a request says of which trace it is.
 *
 * @see <a href="https://www.w3.org/TR/trace-context/#traceparent-header">Trace Context, 3.2</a>
 */
public final class TraceParent {

  /** The header's name. */
  public static final String HEADER = "traceparent";

  private static final int SPAN_DIGITS = 16;

  /** A later version may have more behind the flags. */
  private static final Pattern FORM =
      Pattern.compile("([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}(-.*)?");

  private TraceParent() {}

  /**
   * The header of a request.
   *
   * @param trace a {@link TraceId}; of another text there is no header
   * @param span of the function that sends it, see {@link #spanId}
   * @param sampled whether all that handle the trace are to record it
   */
  public static Optional<String> of(String trace, String span, boolean sampled) {
    return TraceId.isValid(trace)
        ? Optional.of("00-" + TraceId.w3c(trace) + "-" + span + (sampled ? "-01" : "-00"))
        : Optional.empty();
  }

  /** The trace that a header names, as a {@link TraceId}; empty where the header is malformed. */
  public static Optional<String> traceId(String header) {
    Matcher form = FORM.matcher(header.strip());
    if (!form.matches()
        || form.group(1).equals("ff")
        || form.group(1).equals("00") && form.group(4) != null
        || isZero(form.group(3))) {
      return Optional.empty();
    }
    return Optional.of(TraceId.ofW3c(form.group(2))).filter(TraceId::isValid);
  }

  private static boolean isZero(String digits) {
    return digits.chars().allMatch(c -> c == '0');
  }

  /**
   * The id of the span that an invocation is: the same wherever it is made.
   *
   * @param cloud the id of the cloud that the function runs on
   * @param attempt of the trace's invocations of this function, from 1
   */
  public static String spanId(String trace, String cloud, String function, int attempt) {
    return Sha256.hex(trace + "|" + cloud + "|" + function + "|" + attempt)
        .substring(0, SPAN_DIGITS);
  }
}
