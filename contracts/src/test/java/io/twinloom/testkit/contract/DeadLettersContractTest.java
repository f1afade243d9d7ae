package io.twinloom.testkit.contract;

import io.twinloom.functions.port.DeadLetter;
import io.twinloom.functions.port.DeadLetters;
import java.util.ArrayList;
import java.util.List;

/** A list fulfils the contract: so the contract can be fulfilled. */
class DeadLettersContractTest implements DeadLettersContract {

  private final List<DeadLetter> letters = new ArrayList<>();

  @Override
  public DeadLetters deadLetters() {
    return letters::add;
  }

  @Override
  public List<DeadLetter> kept() {
    return letters;
  }
}
