package io.twinloom.testkit.contract;

import io.twinloom.functions.fake.MemoryAnswers;
import io.twinloom.functions.port.RecordedAnswers;

class RecordedAnswersContractTest implements RecordedAnswersContract {

  private final RecordedAnswers answers = new MemoryAnswers();

  @Override
  public RecordedAnswers answers() {
    return answers;
  }
}
