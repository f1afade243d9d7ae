package io.twinloom.topology;

import io.twinloom.model.FunctionKind;
import io.twinloom.model.Layer;
import io.twinloom.model.Provider;
import io.twinloom.model.UserCode;
import java.util.Optional;

/**
 * A function that a twin has.
 *
 * @param name {@code {twin}-…}: the name that functions call it by, and that its local endpoint has
 * @param cloudName the same in the alphabet, case and length of its cloud
 * @param exposed whether it has an HTTPS endpoint, guarded by a token
 * @param why why it exists, and why it is exposed if it is
 * @param userCode the code of a user function
 */
public record DeployedFunction(
    String name,
    String cloudName,
    FunctionKind kind,
    Provider cloud,
    Layer layer,
    boolean exposed,
    String why,
    Optional<UserCode> userCode) {

  /** What identifies it. */
  public FunctionId id() {
    return new FunctionId(cloud, name);
  }
}
