package io.twinloom.aws.invoke;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.twinloom.aws.client.AwsClients;
import io.twinloom.aws.standin.BridgedFunctions;
import io.twinloom.aws.standin.ProductClients;
import io.twinloom.aws.standin.StateMachine;
import io.twinloom.aws.standin.Tables;
import io.twinloom.aws.store.S3DeadLetters;
import io.twinloom.functions.port.DeadLetter;
import io.twinloom.functions.port.InvocationException;
import io.twinloom.functions.port.InvocationException.Reason;
import io.twinloom.functions.port.Workflows;
import io.twinloom.functions.port.Workflows.Run;
import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.testkit.aws.StandIn;
import io.twinloom.testkit.aws.StandIns;
import io.twinloom.testkit.contract.WorkflowsContract;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.regions.Region;

/**
 * The state machine that Terraform makes, on moto's interpreter of Amazon States Language; its
 * functions are run by the official runtime client. Only the seconds between attempts are shorter.
 * moto (5.2.1) starts one execution a region, and fails on the second: so each test has its own.
 */
@Tag("full")
@ExtendWith(StandIns.class)
class StepFunctionsWorkflowsTest implements WorkflowsContract {

  @TempDir static Path folder;
  private static BridgedFunctions functions;
  private static StandIn moto;
  private static Iterator<Region> regions;
  private static AwsClients store;
  private AwsClients clients;
  private String letters;
  private String arn;

  @BeforeAll
  static void start() {
    functions = new BridgedFunctions(folder.resolve("functions.log"));
    moto = StandIns.motoWithLambdaAt(functions.front().port());
    StateMachine.interpreted(moto.uri());
    functions.front().also("/", StateMachine.passedOn(moto.uri()));
    regions = StateMachine.regions();
    store = ProductClients.of(Map.of("S3", moto.uri()));
  }

  @AfterAll
  static void stop() {
    if (moto != null) {
      moto.close();
    }
    if (functions != null) {
      functions.close();
    }
  }

  @BeforeEach
  void deploy() {
    clients = ProductClients.of(regions.next().id(), Map.of("SFN", moto.uri()));
    letters = Tables.bucket(store);
    arn = StateMachine.make(clients.stepFunctions().get(), letters);
  }

  @AfterEach
  void undefine() {
    functions.undefineAll();
  }

  @Override
  public void define(String name, UnaryOperator<JsonObject> code) {
    functions.define(name, code);
  }

  @Override
  public Workflows workflows() {
    return new StepFunctionsWorkflows(clients.stepFunctions());
  }

  @Override
  public String workflow() {
    return arn;
  }

  @Override
  public List<DeadLetter> deadLetters() {
    return store.s3().get().listObjectsV2(list -> list.bucket(letters)).contents().stream()
        .map(object -> store.s3().get().getObjectAsBytes(g -> g.bucket(letters).key(object.key())))
        .map(bytes -> S3DeadLetters.read(Json.parseObject(bytes.asByteArray())))
        .toList();
  }

  @Test
  void theKeyOfADeadLetterNamesTheFunctionThatFailed() {
    workflows().start(arn, new Run(List.of("plant-nobody", "plant-other"), JsonObject.EMPTY));
    await().atMost(patience()).until(() -> !deadLetters().isEmpty());
    assertThat(store.s3().get().listObjectsV2(list -> list.bucket(letters)).contents())
        .singleElement()
        .satisfies(
            o -> assertThat(o.key()).startsWith("dead-letters/plant-workflow/plant-nobody/"));
  }

  @Test
  @Disabled("moto runs one execution at a time; on Step Functions each is on its own")
  @Override
  public void runsDoNotHinderOneAnother() {
    throw new AssertionError("moto cannot show it");
  }

  @Test
  void aStateMachineThatThereIsNotSaysSo() {
    String none = arn.replaceAll("[^:]+$", "none");
    assertThatThrownBy(() -> workflows().start(none, new Run(List.of("f"), JsonObject.EMPTY)))
        .isInstanceOfSatisfying(
            InvocationException.class,
            e -> assertThat(e.reason()).isEqualTo(Reason.UNKNOWN_FUNCTION));
  }
}
