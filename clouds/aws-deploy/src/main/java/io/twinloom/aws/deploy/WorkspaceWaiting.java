package io.twinloom.aws.deploy;

import io.twinloom.deployer.Pause;
import io.twinloom.model.TwinloomException;
import java.time.Duration;
import java.util.function.Supplier;
import software.amazon.awssdk.services.iottwinmaker.IoTTwinMakerClient;
import software.amazon.awssdk.services.iottwinmaker.model.ResourceNotFoundException;
import software.amazon.awssdk.services.iottwinmaker.model.State;
import software.amazon.awssdk.services.iottwinmaker.model.Status;

/** Waits for what TwinMaker works on after it has answered. */
final class WorkspaceWaiting {

  private static final Duration STEP = Duration.ofMillis(250);
  private static final Duration LIMIT = Duration.ofMinutes(5);

  private final Supplier<IoTTwinMakerClient> twinMaker;
  private final String workspace;
  private final Pause pause =
      Pause.sleeping("Waiting for TwinMaker was interrupted.", "Run it again.");

  WorkspaceWaiting(Supplier<IoTTwinMakerClient> twinMaker, String workspace) {
    this.twinMaker = twinMaker;
    this.workspace = workspace;
  }

  /** Until a component type is ready. */
  void type(String type) {
    await(
        "component type " + type,
        () ->
            twinMaker
                .get()
                .getComponentType(r -> r.workspaceId(workspace).componentTypeId(type))
                .status());
  }

  /** Until an entity is ready. */
  void entity(String entity) {
    await(
        "entity " + entity,
        () -> twinMaker.get().getEntity(r -> r.workspaceId(workspace).entityId(entity)).status());
  }

  private void await(String what, Supplier<Status> status) {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (true) {
      Status now = status.get();
      if (now.state() == State.ACTIVE) {
        return;
      }
      if (now.state() == State.ERROR || System.nanoTime() >= end) {
        String why = now.error() == null ? "it is not ready yet" : now.error().message();
        throw new TwinloomException(
            AwsDeployError.TWIN_ENTITY,
            "TwinMaker did not make the " + what + ": " + why,
            workspace,
            "Deploy again; if it stays so, destroy and deploy.");
      }
      pause.of(STEP);
    }
  }

  /** Until an entity is removed. */
  void gone(String entity) {
    long end = System.nanoTime() + LIMIT.toNanos();
    try {
      while (System.nanoTime() < end) {
        var unused = twinMaker.get().getEntity(r -> r.workspaceId(workspace).entityId(entity));
        pause.of(STEP);
      }
    } catch (ResourceNotFoundException e) {
      return;
    }
    throw new TwinloomException(
        AwsDeployError.TWIN_ENTITY,
        "TwinMaker did not remove the entity " + entity + ".",
        workspace,
        "Destroy again.");
  }
}
