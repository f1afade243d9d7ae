package io.twinloom.model.cloud;

import io.twinloom.model.trace.TraceId;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The header by which services of AWS say of which trace a request is; X-Ray shows a trace under
 * the same id as it has elsewhere, written otherwise.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/xray/latest/devguide/xray-concepts.html#xray-concepts-tracingheader">
 *     Tracing header</a>
 */
public final class AmazonTrace {

  /** The header's name. */
  public static final String HEADER = "X-Amzn-Trace-Id";

  private static final int TIME_DIGITS = 8;

  /** Other fields may stand beside it, in any order. */
  private static final Pattern ROOT =
      Pattern.compile("(?:^|;)\\s*Root=1-([0-9a-f]{8})-([0-9a-f]{24})\\s*(?:;|$)");

  private AmazonTrace() {}

  /**
   * The header of a request.
   *
   * @param trace a {@link TraceId}; of another text there is no header
   * @param span of the function that sends it
   * @param sampled whether X-Ray is to record it where it is switched on
   */
  public static Optional<String> of(String trace, String span, boolean sampled) {
    if (!TraceId.isValid(trace)) {
      return Optional.empty();
    }
    String digits = TraceId.w3c(trace);
    return Optional.of(
        "Root=1-"
            + digits.substring(0, TIME_DIGITS)
            + "-"
            + digits.substring(TIME_DIGITS)
            + ";Parent="
            + span
            + ";Sampled="
            + (sampled ? 1 : 0));
  }

  /** The trace that a header names, as a {@link TraceId}; empty where the header is malformed. */
  public static Optional<String> traceId(String header) {
    Matcher root = ROOT.matcher(header);
    return root.find()
        ? Optional.of(TraceId.ofW3c(root.group(1) + root.group(2))).filter(TraceId::isValid)
        : Optional.empty();
  }
}
