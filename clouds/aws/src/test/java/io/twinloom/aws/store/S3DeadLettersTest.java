package io.twinloom.aws.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.aws.client.AwsClients;
import io.twinloom.aws.standin.ProductClients;
import io.twinloom.aws.standin.Tables;
import io.twinloom.functions.port.DeadLetter;
import io.twinloom.functions.port.DeadLetters;
import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.model.Names;
import io.twinloom.model.Names.Thing;
import io.twinloom.model.cloud.KnownClouds;
import io.twinloom.testkit.aws.StandIns;
import io.twinloom.testkit.contract.DeadLettersContract;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.s3.model.S3Object;

@Tag("full")
@ExtendWith(StandIns.class)
class S3DeadLettersTest implements DeadLettersContract {

  private static AwsClients clients;
  private String bucket;
  private DeadLetters letters;

  @BeforeAll
  static void connect() {
    clients = ProductClients.of(Map.of("S3", StandIns.moto().uri()));
  }

  @BeforeEach
  void open() {
    bucket = Tables.bucket(clients);
    letters =
        new S3DeadLetters(
            clients.s3(),
            bucket,
            "plant-dispatcher",
            InstantSource.system(),
            () -> UUID.randomUUID().toString());
  }

  @Override
  public DeadLetters deadLetters() {
    return letters;
  }

  private Stream<String> keys() {
    return clients
        .s3()
        .get()
        .listObjectsV2(list -> list.bucket(bucket).prefix("dead-letters/plant-dispatcher/"))
        .contents()
        .stream()
        .map(S3Object::key);
  }

  @Test
  void theKeyNamesTheWriterAndTheFunctionThatAReplayInvokes() {
    for (String function :
        List.of(
            "plant-Säge-processor",
            "theirs",
            "arn:aws:states:eu-central-1:123456789012:stateMachine:plant-workflow")) {
      letters.keep(new DeadLetter(function, JsonObject.EMPTY, "e", 1, ""));
    }
    assertThat(keys().map(key -> key.replaceFirst("/[^/]*$", "")))
        .containsExactlyInAnyOrder(
            "dead-letters/plant-dispatcher/"
                + Names.cloudName(KnownClouds.AWS, Thing.FUNCTION, "plant-Säge-processor"),
            "dead-letters/plant-dispatcher/theirs",
            "dead-letters/plant-dispatcher/plant-workflow");
  }

  @Override
  public List<DeadLetter> kept() {
    return keys()
        // Their names begin with the time.
        .sorted(Comparator.comparing(key -> key.substring(key.lastIndexOf('/'))))
        .map(key -> clients.s3().get().getObjectAsBytes(get -> get.bucket(bucket).key(key)))
        .map(bytes -> S3DeadLetters.read(Json.parseObject(bytes.asByteArray())))
        .toList();
  }
}
