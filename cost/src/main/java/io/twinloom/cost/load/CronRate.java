package io.twinloom.cost.load;

import io.twinloom.cost.estimate.Decimals;
import java.math.BigDecimal;
import java.util.List;

/** How often a schedule's five fields of cron come true in a month. */
final class CronRate {

  private CronRate() {}

  /** Runs in a month, on average. */
  static BigDecimal perMonth(String cron) {
    List<String> fields = List.of(cron.trim().split("\\s+", -1));
    if (fields.size() != 5) {
      throw new IllegalArgumentException("not five fields: " + cron);
    }
    BigDecimal perDay = chosen(fields.get(0), 60).multiply(chosen(fields.get(1), 24));
    BigDecimal months = Decimals.divide(chosen(fields.get(3), 12), Decimals.of(12));
    boolean byDayOfMonth = !fields.get(2).equals("*");
    BigDecimal days =
        byDayOfMonth
            ? chosen(fields.get(2), 31)
            : Decimals.DAYS.multiply(Decimals.divide(chosen(fields.get(4), 7), Decimals.of(7)));
    return perDay.multiply(days).multiply(months);
  }

  /** How many of the values of a field are chosen. */
  private static BigDecimal chosen(String field, int values) {
    long count = 0;
    for (String part : field.split(",", -1)) {
      String[] step = part.split("/", 2);
      long range = values;
      if (!step[0].equals("*")) {
        String[] ends = step[0].split("-", 2);
        range = ends.length == 2 ? Long.parseLong(ends[1]) - Long.parseLong(ends[0]) + 1 : 1;
      }
      long every = step.length == 2 ? Long.parseLong(step[1]) : 1;
      count += Math.ceilDiv(range, every);
    }
    return Decimals.of(count);
  }
}
