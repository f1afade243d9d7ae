package io.twinloom.functions.error;

import io.twinloom.functions.FunctionsError;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.error.ErrorCode;

/** A function's settings are missing or contradict one another: it does not start. */
public final class ConfigurationError extends TwinloomException {

  private ConfigurationError(ErrorCode error, String what, String where, String fix) {
    super(error, what, where, fix);
  }

  public static ConfigurationError missing(String variable) {
    return new ConfigurationError(
        FunctionsError.SETTING_MISSING,
        "The environment variable " + variable + " is missing or blank.",
        variable,
        "Set it; the deployer does so by itself, so deploy again.");
  }

  /**
   * A setting that cannot be used.
   *
   * @param why as the end of a sentence
   */
  public static ConfigurationError bad(String variable, String why) {
    return new ConfigurationError(
        FunctionsError.SETTING_BAD,
        "The environment variable " + variable + " cannot be used: " + why,
        variable,
        "Correct the project and deploy again.");
  }

  /** The cloud has no store of the kind that the function needs. */
  public static ConfigurationError noStore(String function, String store) {
    return new ConfigurationError(
        FunctionsError.SETTING_MISSING,
        "The " + function + " needs a " + store + " in its own cloud, and none is configured.",
        store,
        "Deploy the store and name it in the function's settings.");
  }
}
