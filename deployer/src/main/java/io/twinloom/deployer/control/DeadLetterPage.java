package io.twinloom.deployer.control;

import java.util.List;

/**
 * Dead letters, the oldest first.
 *
 * @param total how many there are, on this page or not
 */
public record DeadLetterPage(List<DeadLetterEntry> items, long total) {
  public DeadLetterPage {
    items = List.copyOf(items);
  }
}
