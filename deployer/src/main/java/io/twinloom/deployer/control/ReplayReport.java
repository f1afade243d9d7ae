package io.twinloom.deployer.control;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What became of dead letters whose functions were to be invoked again.
 *
 * @param replayed how many are in their queues again, and no dead letters any more
 * @param left those that are dead letters still
 */
public record ReplayReport(int replayed, List<Left> left) {

  private static final String UNKNOWN = "There is no such dead letter.";

  /** A dead letter that stays one, and why. */
  public record Left(String id, String why) {}

  public ReplayReport {
    left = List.copyOf(left);
  }

  /**
   * Made of what became of each.
   *
   * @param asked the ids that were asked for; empty where it was all that there are
   * @param outcomes why a letter is left, by id; empty where it is not
   */
  public static ReplayReport of(List<String> asked, Map<String, Optional<String>> outcomes) {
    List<Left> left = new ArrayList<>();
    outcomes.forEach((id, why) -> why.ifPresent(text -> left.add(new Left(id, text))));
    int replayed = outcomes.size() - left.size();
    asked.stream()
        .filter(id -> !outcomes.containsKey(id))
        .forEach(id -> left.add(new Left(id, UNKNOWN)));
    return new ReplayReport(replayed, left);
  }
}
