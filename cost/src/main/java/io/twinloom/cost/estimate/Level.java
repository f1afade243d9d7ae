package io.twinloom.cost.estimate;

/** Which of the three values of an estimate: ordered by what they make a twin cost. */
public enum Level {
  LOW,
  EXPECTED,
  HIGH
}
