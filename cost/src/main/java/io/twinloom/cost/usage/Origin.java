package io.twinloom.cost.usage;

/** Where a number of the usage is from; an earlier one holds over a later one. */
public enum Origin {
  USAGE_FILE("the usage file"),
  MEASURED("measured"),
  PROJECT_INPUT("inputParamsUsed of config_optimization.json"),
  DERIVED("the project"),
  ASSUMED("assumed");

  private final String words;

  Origin(String words) {
    this.words = words;
  }

  /** The origin for people. */
  public String words() {
    return words;
  }
}
