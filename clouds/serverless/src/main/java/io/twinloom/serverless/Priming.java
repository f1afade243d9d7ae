package io.twinloom.serverless;

import io.twinloom.model.function.FunctionSpec;
import io.twinloom.model.function.Need;
import java.util.Map;

/**
 * Makes the first call of a function while it starts, against nothing, so that the classes are
 * loaded by the time that somebody waits for it.
 */
public final class Priming {
  private Priming() {}

  /**
   * Makes the call that the function's row names, if the function uses the port on this cloud.
   *
   * @param calls by port; a port without a call is not primed
   */
  public static void of(ServerlessSettings settings, Map<Need, Runnable> calls) {
    FunctionSpec.of(settings.kind())
        .primed()
        .filter(need -> need.layer().isEmpty() || settings.resource(need).isPresent())
        .map(calls::get)
        .ifPresent(Runnable::run);
  }
}
