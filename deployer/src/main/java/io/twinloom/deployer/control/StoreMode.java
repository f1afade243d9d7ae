package io.twinloom.deployer.control;

/** What becomes of the data of a tier that moves. */
public enum StoreMode {
  /** It is copied into the new store. */
  COPY,
  /** It stays where it is, and is read there. */
  LEAVE
}
