package io.twinloom.cost.error;

import io.twinloom.model.error.ErrorCode;
import io.twinloom.model.error.ErrorFacts;

/** The codes of prices, usage and placements. */
public enum CostError implements ErrorCode {
  PRICES_INVALID(
      "A price list cannot be read, or does not say what something costs.",
      "Correct the price list; docs/cost.md explains its form."),
  PRICES_MISSING(
      "There is no price list for a cloud that the twin is on.",
      "Give one with --prices; docs/cost.md explains its form."),
  USAGE_INVALID(
      "The numbers of a twin's usage cannot be used.",
      "Correct the number; docs/cost.md lists all of them with their limits."),
  PLACEMENT_INVALID(
      "A layer cannot be placed like this.",
      "Name a layer and a cloud, such as l3_cold=google; 'twinloom plan' shows the layers.");

  private final ErrorFacts facts;

  CostError(String meaning, String fix) {
    this.facts = ErrorFacts.permanent(422, meaning, fix);
  }

  @Override
  public ErrorFacts facts() {
    return facts;
  }
}
