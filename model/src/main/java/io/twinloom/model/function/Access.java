package io.twinloom.model.function;

/** What a function does with a store. */
public enum Access {
  LIST,
  READ,
  WRITE,
  DELETE,
  /** Ask for what must be restored before it can be read. */
  RESTORE
}
