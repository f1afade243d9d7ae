package io.twinloom.cost.codec;

import io.twinloom.cost.estimate.Estimate;
import io.twinloom.json.JsonNumber;
import io.twinloom.json.JsonObject;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** Numbers of results. What is computed is exact; results have eight digits after the point. */
final class Numbers {

  private static final int DIGITS = 8;

  private Numbers() {}

  static JsonNumber of(BigDecimal value) {
    BigDecimal rounded = value.setScale(DIGITS, RoundingMode.HALF_UP).stripTrailingZeros();
    return new JsonNumber(rounded.signum() == 0 ? "0" : rounded.toPlainString());
  }

  /** A number of things. */
  static JsonNumber whole(BigDecimal value) {
    return new JsonNumber(value.setScale(0, RoundingMode.HALF_UP).toPlainString());
  }

  static JsonObject of(Estimate value) {
    return JsonObject.builder()
        .put("low", of(value.low()))
        .put("expected", of(value.expected()))
        .put("high", of(value.high()))
        .build();
  }
}
