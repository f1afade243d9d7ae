package io.twinloom.aws.invoke;

import io.twinloom.functions.port.InvocationException;
import io.twinloom.functions.port.Workflows;
import io.twinloom.json.Json;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import io.twinloom.model.Names;
import io.twinloom.model.Names.Thing;
import io.twinloom.model.cloud.KnownClouds;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.InvalidArnException;
import software.amazon.awssdk.services.sfn.model.StartExecutionRequest;
import software.amazon.awssdk.services.sfn.model.StateMachineDeletingException;
import software.amazon.awssdk.services.sfn.model.StateMachineDoesNotExistException;

/**
 * Workflows as executions of a state machine, whose ARN is what they are called by. An execution
 * has no name of ours: a run that is replayed would be refused as one that has been.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html">StartExecution</a>
 */
public final class StepFunctionsWorkflows implements Workflows {
  private final Supplier<SfnClient> client;

  public StepFunctionsWorkflows(Supplier<SfnClient> client) {
    this.client = client;
  }

  @Override
  public void start(String workflow, Run run) {
    StartExecutionRequest request =
        StartExecutionRequest.builder()
            .stateMachineArn(workflow)
            .input(Json.text(input(run)))
            .build();
    try {
      var unused = client.get().startExecution(request);
    } catch (StateMachineDoesNotExistException
        | StateMachineDeletingException
        | InvalidArnException e) {
      throw InvocationException.unknown(
          "There is no state machine " + workflow, workflow, "Deploy again: that makes it.", e);
    } catch (SdkException e) {
      throw Unanswered.failure("Step Functions did not take the run", workflow, e);
    }
  }

  /**
   * The run with its functions by their names on AWS, which a state machine cannot make, and with a
   * trace, empty where it has none: a state machine fails on what is not there.
   */
  private static JsonObject input(Run run) {
    return run.toJson().toBuilder()
        .put("trace_id", run.input().text("trace_id").orElse(""))
        .put(
            "functions",
            JsonArray.ofTexts(
                run.functions().stream()
                    .map(name -> Names.cloudName(KnownClouds.AWS, Thing.FUNCTION, name))
                    .toList()))
        .build();
  }
}
