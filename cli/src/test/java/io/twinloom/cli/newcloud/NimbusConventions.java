package io.twinloom.cli.newcloud;

import io.twinloom.model.CloudConventions;
import io.twinloom.model.HierarchyFile;
import io.twinloom.model.Names.Thing;
import io.twinloom.model.NamingRule;
import io.twinloom.model.WorkflowFile;
import java.util.List;
import java.util.Optional;

/** A cloud that there is not, whose names are short and small. */
public final class NimbusConventions implements CloudConventions {

  private static final NamingRule NAMES =
      new NamingRule(NamingRule.LOWER + "-", 40, "a-z", NamingRule.LOWER, NamingRule.NOTHING);

  @Override
  public int order() {
    return 9;
  }

  @Override
  public String id() {
    return "nimbus";
  }

  @Override
  public CredentialKeys credentials() {
    return new CredentialKeys(List.of("nimbus_key"), List.of("nimbus_region"));
  }

  @Override
  public NamingRule naming(Thing thing) {
    return NAMES;
  }

  @Override
  public String codeFolder() {
    return "nimbus_functions/";
  }

  @Override
  public WorkflowFile workflow() {
    return new WorkflowFile.OfText("state_machines/nimbus.txt", (text, findings) -> {});
  }

  @Override
  public Optional<String> workflowSetting() {
    return Optional.empty();
  }

  @Override
  public Optional<HierarchyFile> hierarchy() {
    return Optional.empty();
  }

  @Override
  public TwinService twinService() {
    return TwinService.PUSHED;
  }

  @Override
  public boolean viewReadsThroughTwin() {
    return false;
  }

  @Override
  public boolean viewNeedsAdmin() {
    return false;
  }

  @Override
  public Optional<String> sceneFile() {
    return Optional.empty();
  }
}
