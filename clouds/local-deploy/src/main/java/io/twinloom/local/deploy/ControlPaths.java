package io.twinloom.local.deploy;

/** The paths of the control protocol, which its server and its client share. */
final class ControlPaths {

  static final String STATUS = "/api/status";
  static final String QUERY = "/api/query";
  static final String RESTORE = "/api/restore";

  /** Followed by TwinMaker's name of the operation. */
  static final String TWIN = "/api/twin/";

  static final String DEAD_LETTERS = "/api/dead-letters";
  static final String REPLAY = "/api/dead-letters/replay";
  static final String DISCARD = "/api/dead-letters/discard";
  static final String ROTATE = "/api/tokens/rotate";
  static final String VERIFY = "/api/verify";
  static final String MOVE = "/api/move";
  static final String STOP = "/api/stop";

  private ControlPaths() {}
}
