package io.twinloom.aws.store;

import io.twinloom.aws.store.StateTable.Condition;
import io.twinloom.functions.port.RecordedAnswers;
import io.twinloom.json.Sha256;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What receivers on AWS have answered. DynamoDB removes a row some time after its {@code expires},
 * often days later: whether its time is over is decided here, by {@code kept_until}.
 *
 * @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/TTL.html">DynamoDB
 *     time to live</a>
 */
public final class DynamoRecordedAnswers implements RecordedAnswers {
  private static final String PREFIX = "answer#";
  private static final String SORT = "answer";
  private static final String ANSWER = "answer";
  private static final String DIGEST = "content_sha256";

  /** Nothing that may still be asked for is removed, whatever the clocks say. */
  private static final Duration MARGIN = Duration.ofHours(1);

  private final StateTable table;

  public DynamoRecordedAnswers(StateTable table) {
    this.table = table;
  }

  /** A sender chooses its requests' ids, and a key has a limit: its digest has always the same. */
  private static String key(String request) {
    return PREFIX + Sha256.hex(request);
  }

  @Override
  public Optional<Recorded> find(String request, Instant now) {
    return table
        .get(key(request), SORT)
        .filter(row -> Long.parseLong(number(row, "kept_until")) >= now.toEpochMilli())
        .flatMap(DynamoRecordedAnswers::recorded);
  }

  /** An earlier version's row has no digest: it is not known what was asked for. */
  private static Optional<Recorded> recorded(Map<String, AttributeValue> row) {
    AttributeValue digest = row.get(DIGEST);
    AttributeValue answer = row.get(ANSWER);
    return digest == null || answer == null
        ? Optional.empty()
        : Optional.of(new Recorded(digest.s(), answer.b().asByteArray()));
  }

  private static String number(Map<String, AttributeValue> row, String attribute) {
    AttributeValue value = row.get(attribute);
    return value == null ? "0" : value.n();
  }

  @Override
  public void record(String request, Recorded recorded, Instant now, Instant until) {
    Map<String, AttributeValue> row = StateTable.row(key(request), SORT);
    row.put(DIGEST, AttributeValue.fromS(recorded.contentSha256()));
    row.put(ANSWER, AttributeValue.fromB(SdkBytes.fromByteArray(recorded.answer())));
    row.put("kept_until", AttributeValue.fromN(Long.toString(until.toEpochMilli())));
    row.put("expires", AttributeValue.fromN(Long.toString(until.plus(MARGIN).getEpochSecond())));
    var unused =
        table.put(
            row,
            new Condition(
                "attribute_not_exists(pk) OR kept_until < :now",
                Map.of(":now", AttributeValue.fromN(Long.toString(now.toEpochMilli())))));
  }
}
