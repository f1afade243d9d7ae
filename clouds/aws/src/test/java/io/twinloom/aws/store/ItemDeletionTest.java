package io.twinloom.aws.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinloom.functions.port.HotStore.ItemPlace;
import io.twinloom.functions.port.StoreException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;

@DisplayName("a mover deletes what it has moved, as fast as the table takes it")
class ItemDeletionTest {

  private final AtomicInteger throttled = new AtomicInteger();
  private final AtomicInteger pauses = new AtomicInteger();
  private volatile boolean refuses;

  private final ItemDeletion deletion =
      new ItemDeletion(
          Table::new, "hot", new Pace(pause -> pauses.incrementAndGet(), System::nanoTime));

  @Test
  void aTableThatThrottlesForAWhileHasAllOfItInTheEnd() {
    throttled.set(35);
    assertThat(deletion.delete("d", places())).isEqualTo(200);
    assertThat(throttled.get()).isNotPositive();
    assertThat(pauses.get()).as("it goes on more slowly").isPositive();
  }

  @Test
  void aTableThatGivesNothingFailsTheRun() {
    throttled.set(Integer.MAX_VALUE);
    assertThatThrownBy(() -> deletion.delete("d", places()))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("ProvisionedThroughputExceededException");
  }

  @Test
  void whatIsRefusedForAnotherReasonIsNotTriedAgain() {
    refuses = true;
    assertThatThrownBy(() -> deletion.delete("d", places()))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("ValidationException");
    assertThat(pauses.get()).isZero();
  }

  private static List<ItemPlace> places() {
    return IntStream.range(0, 200).mapToObj(i -> new ItemPlace("t" + i, "e" + i)).toList();
  }

  /** A table that takes what it is asked, once it does not throttle any more. */
  private final class Table implements DynamoDbClient {
    @Override
    public DeleteItemResponse deleteItem(DeleteItemRequest request) {
      if (refuses) {
        throw DynamoDbException.builder().awsErrorDetails(details("ValidationException")).build();
      }
      if (throttled.getAndDecrement() > 0) {
        throw ProvisionedThroughputExceededException.builder()
            .awsErrorDetails(details("ProvisionedThroughputExceededException"))
            .build();
      }
      return DeleteItemResponse.builder().build();
    }

    private static AwsErrorDetails details(String code) {
      return AwsErrorDetails.builder().errorCode(code).build();
    }

    @Override
    public String serviceName() {
      return "dynamodb";
    }

    @Override
    public void close() {
      // Nothing is open.
    }
  }
}
