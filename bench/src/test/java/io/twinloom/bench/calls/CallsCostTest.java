package io.twinloom.bench.calls;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.bench.calls.CallsBench.Setting;
import io.twinloom.cost.estimate.Level;
import io.twinloom.cost.price.BuiltInPrices;
import io.twinloom.cost.price.Meter;
import io.twinloom.cost.price.PriceList;
import io.twinloom.model.cloud.KnownClouds;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("full")
@DisplayName("the table of what a million measurements cost on AWS")
class CallsCostTest {

  private static final Path PAGE = Path.of("../docs/deploying-to-aws.md");

  /** What each event took by itself, before there were queues: 3 KB were logged of it. */
  private static final Taken ALONE = new Taken(5, 0, 3_000);

  /** What one event takes: invocations, requests to queues, bytes of log. */
  private record Taken(double invocations, double requests, double logBytes) {
    static Taken of(Calls calls) {
      double events = calls.setting().events();
      int invocations =
          calls.invocations().values().stream().mapToInt(Integer::intValue).sum()
              + calls.userCalls();
      return new Taken(
          invocations / events,
          (calls.sends() + 2.0 * calls.receives()) / events,
          calls.logBytes() / events);
    }
  }

  @Test
  void itIsWhatTheCountedCallsAndThePriceListSay() throws IOException {
    List<Taken> columns =
        List.of(
            ALONE,
            Taken.of(CallsBench.run(new Setting(100, 1_000, true, false))),
            Taken.of(CallsBench.run(new Setting(10_000, 2_000, true, false))));
    PriceList prices = BuiltInPrices.read().of(KnownClouds.AWS);
    List<Row> rows =
        List.of(
            row(
                "IoT Core: a message, a rule and its action",
                columns,
                t -> million(prices, "iot-messages", 1).add(million(prices, "iot-rules", 2))),
            row(
                "DynamoDB: a write, a deletion",
                columns,
                t -> million(prices, "dynamodb-writes", 2)),
            row(
                "Lambda: invocations",
                columns,
                t -> million(prices, "lambda-requests", t.invocations())),
            row("SQS: requests", columns, t -> million(prices, "sqs-requests", t.requests())),
            // How many events have a line of their own depends on their traces, which are random.
            row(
                "logs, in tenths",
                columns,
                t ->
                    million(prices, "logs", t.logBytes() / 1e9).setScale(1, RoundingMode.CEILING)));
    List<String> table = new ArrayList<>();
    rows.forEach(row -> table.add(row.text()));
    table.add(Row.sum(rows).text());
    assertThat(Files.readString(PAGE)).contains(String.join("\n", table));
  }

  /** A line of the table, in cents rounded up. */
  private record Row(String name, List<BigDecimal> dollars) {
    static Row sum(List<Row> rows) {
      List<BigDecimal> sums = new ArrayList<>();
      for (int column = 0; column < rows.getFirst().dollars().size(); column++) {
        BigDecimal sum = BigDecimal.ZERO;
        for (Row row : rows) {
          sum = sum.add(row.dollars().get(column));
        }
        sums.add(sum);
      }
      return new Row("**sum**", sums);
    }

    String text() {
      return dollars.stream()
          .map(BigDecimal::toPlainString)
          .collect(Collectors.joining(" | ", "| " + name + " | ", " |"));
    }
  }

  private static Row row(String name, List<Taken> columns, Function<Taken, BigDecimal> dollars) {
    return new Row(
        name,
        columns.stream().map(t -> dollars.apply(t).setScale(2, RoundingMode.CEILING)).toList());
  }

  /** What a million times so many cost. */
  private static BigDecimal million(PriceList prices, String meter, double each) {
    Meter found = prices.meters().get(meter);
    assertThat(found).as(meter).isNotNull();
    return found
        .tariff()
        .firstPrice()
        .at(Level.EXPECTED)
        .multiply(BigDecimal.valueOf(each * 1_000_000))
        .divide(found.per());
  }
}
