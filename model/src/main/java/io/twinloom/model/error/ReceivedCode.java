package io.twinloom.model.error;

/**
 * The code of an error that another process reported. It can be one that this version has no
 * constant for.
 *
 * @param code as the other process wrote it
 */
public record ReceivedCode(String code, ErrorFacts facts) implements ErrorCode {

  @Override
  public String name() {
    return code;
  }
}
